"""The command `sheet`: which paper its options mean."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapapp.cli import main
from mapapp.journeys.bureau import Bureau


@pytest.fixture(autouse=True)
def instance(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_INSTANCE", str(bureau.settings.instance))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["sheet", *words])


@pytest.mark.parametrize(
    ("words", "name", "head"),
    [
        (["--chain", "turquoise", "--paper", "a3"], "图.pdf", b"%PDF"),
        (["--public"], "图.png", b"\x89PNG"),
        (["--place", "经开区", "--period", "2023"], "图.pdf", b"%PDF"),
        (["--county", "420304"], "页.pdf", b"%PDF"),
        (["--county", "郧阳区", "--public"], "页.docx", b"PK"),
        (["--chain", "turquoise", "--one-page"], "页.docx", b"PK"),
        (["--county", "420304", "--paper", "A4"], "图.png", b"\x89PNG"),
    ],
)
def test_each_paper_is_written(tmp_path: Path, words: list[str], name: str, head: bytes) -> None:
    out = tmp_path / name
    result = run(*words, "--output", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(head)
    assert "已写入" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--chain", "turquoise", "--output", "图.gif"], ".pdf 或 .png"),
        (["--county", "420304", "--output", "页.png"], ".pdf 或 .docx"),
        (["--chain", "turquoise", "--paper", "B9", "--output", "图.pdf"], "B9"),
        (["--one-page", "--output", "页.pdf"], "--county 县市区"),
        (["--chain", "没有的链", "--output", "图.pdf"], "没有的链"),
        (["--chain", "turquoise", "--stage", "动工", "--output", "图.pdf"], "动工"),
    ],
)
def test_what_cannot_be_is_refused(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output
