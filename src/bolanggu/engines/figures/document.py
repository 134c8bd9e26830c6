"""Document (文件): the text of a TXT, HTML, DOCX or PDF file; offsets of what is read refer to that text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

from bolanggu.values.fault import Fault

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIDDEN = {"script", "style", "template", "noscript", "head"}
_BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "table",
    "ul",
    "ol",
    "blockquote",
}


def load(file: Path) -> str:
    """The text of ``file``: raw for TXT, a blank line between blocks of HTML and DOCX and pages of PDF.

    No newline is translated.

    Raises
    ------
    Fault
        The file is missing, empty, not UTF-8, or of a kind that cannot be read.
    """
    if not file.is_file():
        raise Fault(str(file), "there is no such file")
    kind = file.suffix.lower()
    if kind == ".docx":
        text = _docx(file)
    elif kind == ".pdf":
        text = _pdf(file)
    else:
        try:
            text = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise Fault(str(file), f"byte {error.start} is not UTF-8; save the file as UTF-8") from error
        text = _html(text) if kind in (".html", ".htm") else text
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise Fault(str(file), "the file is empty; a text is needed")
    return text


def _pdf(file: Path) -> str:
    """The text layer, a line a printed line; what is broken inside a sentence is mended by the reader."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(file).pages]
    except (PyPdfError, ValueError, KeyError, OSError, RecursionError) as error:
        raise Fault(str(file), f"this PDF cannot be read ({error}); save it as UTF-8 text") from error
    if not any(page.strip() for page in pages):
        raise Fault(str(file), "this PDF has pictures of text only; run it through character recognition first")
    return "\n\n".join(pages)


def _docx(file: Path) -> str:
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    try:
        with zipfile.ZipFile(file) as archive:
            root: Element = etree.fromstring(
                archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
            )
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise Fault(str(file), "this is not a Word document (.docx)") from error
    return "\n\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{_WORD}t")) for paragraph in root.iter(f"{_WORD}p")
    )


def _html(text: str) -> str:
    from lxml import html  # type: ignore[import-untyped,unused-ignore]

    root = html.document_fromstring(text or "<p></p>")
    pieces: list[str] = []
    _walk(root, pieces)
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()


def _walk(node: Element, pieces: list[str]) -> None:
    """Append the visible text of ``node`` in order, a blank line around blocks."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag and tag not in _HIDDEN:
        block = "\n\n" if tag in _BLOCKS else "\n" if tag == "br" else ""
        pieces.append(block + (node.text or ""))
        for child in node:
            _walk(child, pieces)
        pieces.append(block)
    pieces.append(node.tail or "")
