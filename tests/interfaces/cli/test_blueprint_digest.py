"""`bolanggu blueprint digest` writes a page, a sheet and the data; bad input ends with 2."""

import json

import pytest
from typer.testing import CliRunner

from bolanggu.interfaces.cli.blueprint import app

REPORT = "示例市工作报告\n\n2025年出口3001亿元、增长24.6%。\n"


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_the_answer_names_the_files(report, tmp_path):
    result = CliRunner().invoke(app, ["digest", str(report), "--out", str(tmp_path / "o"), "--json"])
    assert result.exit_code == 0
    paths = json.loads(result.stdout)["paths"]
    assert [path.rsplit("/")[-1] for path in paths] == ["index.html", "digest.pdf", "digest.json"]


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_bad_input(tmp_path, content):
    file = tmp_path / "x.txt"
    if content is not None:
        file.write_bytes(content)
    assert CliRunner().invoke(app, ["digest", str(file), "--out", str(tmp_path / "o")]).exit_code == 2
