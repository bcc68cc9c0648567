"""A chain taken away as a picture: by the page, by the command line, with characters lacking."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from chains import UnknownName
from mapapp.cli import main
from mapapp.draw.typeface import Typefaces
from mapapp.journeys import chain_sheet
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_view import view_chain
from mapapp.journeys.selection import Selection

HEADS = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}


@pytest.mark.parametrize("kind", HEADS)
def test_the_page_gives_each_kind(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"/chain/picture.{kind}?chain=power_battery&place=420304&paper=A3")
    assert answer.status_code == 200
    assert answer.data.startswith(HEADS[kind])
    assert answer.mimetype == chain_sheet.KINDS[kind]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query",
    ["gif?chain=power_battery", "pdf?chain=power_battery&paper=B9", "pdf", "pdf?chain=none"],
)
def test_what_there_is_not_is_not_found(client: FlaskClient, query: str) -> None:
    assert client.get(f"/chain/picture.{query}").status_code == 404


def test_the_picture_says_what_it_shows(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", Selection())
    svg = chain_sheet.chain_sheet(bureau, view, "svg").data.decode()
    for words in (
        "十堰市新型动力电池产业链图",
        "39 个环节",
        "口径：",
        "来源：",
        "最近一条消息",
        "回收回流",
        f"制图：{bureau.today:%Y-%m-%d}",
    ):
        assert words in svg
    assert "远景动力" in svg
    for status, count in view.counts.items():
        assert f"{status.label} {count}" in svg


def test_unknown_kinds_and_papers_are_refused(bureau: Bureau) -> None:
    view = view_chain(bureau, "tourism_wellness", Selection())
    with pytest.raises(UnknownName, match="gif"):
        chain_sheet.chain_sheet(bureau, view, "gif")
    with pytest.raises(UnknownName, match="B9"):
        chain_sheet.chain_sheet(bureau, view, "pdf", "B9")


def test_a_character_that_no_typeface_holds_is_named(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Typefaces.face
    monkeypatch.setattr(
        Typefaces, "face", lambda self, c, bold=False: None if c == "隔" else whole(self, c, bold)
    )
    drawn = []
    write = chain_sheet.to_pdf
    monkeypatch.setattr(
        chain_sheet, "to_pdf", lambda sheet, faces: drawn.append(sheet) or write(sheet, faces)
    )
    view = view_chain(bureau, "power_battery", Selection())
    assert chain_sheet.chain_sheet(bureau, view, "pdf").data.startswith(b"%PDF")
    words = [shape.text for shape in drawn[0].shapes if hasattr(shape, "text")]
    assert any("U+9694" in line and "〓" in line for line in words)
    assert any(re.match("〓膜", line) for line in words)
    assert not any("隔" in line for line in words)
    assert "隔（U+9694）" in chain_sheet.check_typefaces(bureau)


def test_start_up_names_the_typeface(bureau: Bureau) -> None:
    assert chain_sheet.check_typefaces(bureau).startswith("字体：")


def test_the_command_writes_a_file(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LIANTU_INSTANCE", str(bureau.settings.instance))
    out = tmp_path / "图.pdf"
    words = ["picture", "--chain", "新型动力电池", "--paper", "a3", "--output", str(out)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")
    wrong = CliRunner().invoke(main, [*words[:-1], str(tmp_path / "图.gif")])
    assert wrong.exit_code == 2
    assert ".svg、.png 或 .pdf" in wrong.output
