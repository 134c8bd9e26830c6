"""Documents: text, web page and Word file give the same reading; what cannot be read is named."""

from __future__ import annotations

import zipfile

import pytest

from bolanggu.engines.figures import read
from bolanggu.engines.figures.document import load
from bolanggu.values.fault import Fault

SENTENCE = "2024年，全市出口3586亿元、增长24.6%。"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_text_is_read_without_newline_translation(tmp_path):
    file = tmp_path / "report.txt"
    file.write_bytes(f"\r\n{SENTENCE}".encode())
    text = load(file)
    assert text.startswith("\r\n")
    assert [text[figure.start : figure.end] for figure in read(text).figures] == ["3586亿元", "24.6%"]


def test_a_web_page_shows_its_words_only(tmp_path):
    file = tmp_path / "report.html"
    file.write_text(
        f"<html><head><title>1亿元</title></head><body><script>var a='5亿元'</script><p>{SENTENCE}</p></body></html>",
        "utf-8",
    )
    assert [figure.value for figure in read(load(file)).figures] == [358600000000, 24.6]


def test_a_word_file(tmp_path):
    file = tmp_path / "report.docx"
    with zipfile.ZipFile(file, "w") as archive:
        body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("word/document.xml", body)
    assert [figure.value for figure in read(load(file)).figures] == [358600000000, 24.6]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b" \n", "empty"),
        ("latin.txt", "é".encode("latin-1"), "not UTF-8"),
        ("broken.docx", b"PK", "not a Word document"),
        ("report.pdf", b"%PDF", "PDF"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, content, words):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Fault, match=words):
        load(file)


def test_a_pdf_reads_like_its_text(tmp_path):
    import typst

    from bolanggu.market.documents.typesetting import font_folders

    source = tmp_path / "report.typ"
    source.write_text(
        '#set text(font: "Noto Sans CJK SC")\n#set page(width: 70mm)\n'
        "2025年，示例市完成出口额3001亿元，同比增长24.6%，其中市场采购贸易方式出口1200亿元。\n#pagebreak()\n"
        "全市经营主体达到123万户。",
        encoding="utf-8",
    )
    made = tmp_path / "report.pdf"
    fonts = [str(folder) for folder in font_folders()]
    made.write_bytes(typst.compile(str(source), font_paths=fonts, ignore_system_fonts=True))
    values = [figure.value for figure in read(load(made)).figures]
    assert values == [300100000000, 24.6, 120000000000, 1230000]
