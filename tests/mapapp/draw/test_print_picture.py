"""The chain on paper: what a printer, a reader with a search box and a hostile name get."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from chains import Chain, Edge, Link, Status
from mapapp.config import ROOT
from mapapp.draw.palette import FRAMES
from mapapp.draw.print_link import PrintMark, draw_sign
from mapapp.draw.print_picture import LEAST, Caption, draw_sheet
from mapapp.draw.sheet import Paper, Sheet, Text, hatching, plain
from mapapp.draw.sheet_file import LARGEST, to_pdf, to_png, to_svg
from mapapp.draw.typeface import NoTypeface, Typefaces, find_typefaces
from mapapp.journeys.bureau import Bureau

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("甲市某链产业链图", "口径：全市。", ("来源：公开报道。",), "制图：2026-01-02")
SHEETS = (Paper.A4, Paper.A3, Paper.A1)
CHAINS = ["biomedicine", "food_beverage", "new_energy_vehicle", "power_battery"]


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces(())


def marks(chain: Chain, firms: tuple[str, ...] = ()) -> dict[str, PrintMark]:
    statuses = list(Status)
    return {
        name: PrintMark(statuses[n % len(statuses)], 50.0, n % 4 == 0, False, firms)
        for n, name in enumerate(chain.links)
    }


def small(name: str) -> Chain:
    links = {name: Link(name, "上游"), "乙环节": Link("乙环节", "下游")}
    return Chain("x", "某链", ("上游", "下游"), links, (Edge(name, "乙环节", 0.2),))


def read(pdf: bytes) -> tuple[str, tuple[float, float]]:
    """The text of the first page without blanks, and its size in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = re.sub(r"\s", "", page.get_textpage().get_text_bounded())
    size = page.get_size()
    assert len(document) == 1
    document.close()
    return text, size


@pytest.mark.parametrize("name", CHAINS)
def test_every_link_can_be_read_and_searched(
    bureau: Bureau, typefaces: Typefaces, name: str
) -> None:
    chain = bureau.catalogue.chain(name)
    sheet = draw_sheet(chain, marks(chain), CAPTION, Paper.A4)
    assert typefaces.lacking(sheet.letters()) == []
    text, size = read(to_pdf(sheet, typefaces))
    assert size == pytest.approx((841.89, 595.28), abs=0.1)
    for words in (CAPTION.title, *CAPTION.sources, CAPTION.made, *(s.label for s in Status)):
        assert words.replace(" ", "") in text
    for link in chain.links:
        first = max(re.split(r"[/()（）、]", link), key=len)[:3]
        assert first in text, link


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("paper", SHEETS)
def test_all_stands_on_the_sheet_and_none_is_too_small(
    bureau: Bureau, name: str, paper: Paper
) -> None:
    chain = bureau.catalogue.chain(name)
    sheet = draw_sheet(chain, marks(chain, ("湖北某新能源科技股份有限公司",)), CAPTION, paper)
    wide, high = paper.size
    for shape in sheet.shapes:
        if isinstance(shape, Text):
            assert shape.size >= LEAST, shape
            assert 0 <= shape.x <= wide
            assert 0 <= shape.y <= high
        else:
            assert all(
                -1 <= x <= wide + 1 and -1 <= y <= high + 1 for _, ps in shape.steps for x, y in ps
            )


def test_two_sheets_of_one_process_keep_their_own_characters(typefaces: Typefaces) -> None:
    for word in ("甲乙丙丁", "鄂湘赣皖"):
        chain = small(word)
        pdf = to_pdf(draw_sheet(chain, marks(chain), CAPTION, Paper.A4), typefaces)
        assert word in read(pdf)[0]


def test_a_drawing_stands_alone(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain("power_battery")
    svg = to_svg(draw_sheet(chain, marks(chain), CAPTION, Paper.A3))
    root = ET.fromstring(svg)
    assert root.get("width") == "420mm"
    assert {node.tag for node in root.iter()} == {
        SVG + tag for tag in ("svg", "title", "desc", "rect", "path", "text")
    }
    assert not re.search(rb"href|url\(|\son\w+=|style=|@import", svg)


@pytest.mark.parametrize(
    "bad",
    [
        "</text><script>alert(1)</script>",
        "{{7*7}}",
        "a\x00b\x0bc\ud800d",
        "=cmd|' /C calc'!A0",
        "\u202e倒着",
    ],
)
def test_hostile_text_is_text(typefaces: Typefaces, bad: str) -> None:
    chain = small(bad)
    sheet = draw_sheet(chain, marks(chain, (bad,)), CAPTION, Paper.A4)
    svg = to_svg(sheet)
    root = ET.fromstring(svg)
    assert b"<script" not in svg
    shown = re.sub(r"\s", "", "".join(root.itertext()))
    assert re.sub(r"\s", "", plain(bad))[:6] in shown
    assert to_pdf(sheet, typefaces).startswith(b"%PDF")


@pytest.mark.parametrize("paper", SHEETS)
def test_a_png_is_sharp_but_not_boundless(typefaces: Typefaces, paper: Paper) -> None:
    chain = small("甲环节")
    image = Image.open(BytesIO(to_png(draw_sheet(chain, marks(chain), CAPTION, paper), typefaces)))
    wide, high = paper.size
    assert image.width / image.height == pytest.approx(wide / high, abs=0.002)
    assert image.width * image.height <= LARGEST * 1.01
    assert image.width >= (2339 if paper is Paper.A4 else 3900)
    assert image.convert("L").getextrema()[0] < 80


def test_rare_characters_are_drawn_or_named(typefaces: Typefaces) -> None:
    rare = "𬭊㛃䶮"
    chain = small(rare)
    sheet = draw_sheet(chain, marks(chain), CAPTION, Paper.A4)
    lacking = typefaces.lacking(sheet.letters())
    text, _ = read(to_pdf(sheet, typefaces))
    for letter in rare:
        assert letter in lacking or letter in text
    assert typefaces.lacking("\U0010fffd") == ["\U0010fffd"]
    sheet.replace_letters(rare, "〓")
    assert not sheet.letters() & set(rare)


def test_without_a_typeface_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapapp.draw.typeface._system_folders", lambda: [tmp_path])
    (tmp_path / "msyh.ttc").write_bytes(b"no font at all")
    with pytest.raises(NoTypeface, match="fonts-noto-cjk"):
        find_typefaces((tmp_path / "nowhere",))


def test_statuses_differ_without_colour() -> None:
    signs, frames = set(), set()
    for status in Status:
        sign = [s for s in draw_sign(status, 0, 0, 4, "#000000") if not isinstance(s, Text)]
        signs.add(tuple((s.steps, s.dash, s.fill) for s in sign))
        frame = FRAMES[status.value]
        frames.add((frame.dash, frame.width))
    assert len(signs) == len(Status)
    assert len(frames) >= len(Status) - 1


def test_paper_has_the_colours_of_the_page() -> None:
    page = (ROOT / "static" / "css" / "liantu.css").read_text("utf-8")
    for name, variable in (
        ("missing", "missing"),
        ("weak", "weak"),
        ("present", "present"),
        ("planned", "planned"),
        ("no_demand", "none"),
    ):
        assert f"--{variable}: {FRAMES[name].ink};" in page


def test_hatching_stays_inside() -> None:
    points = [p for _, ps in hatching(10, 20, 30, 8, 5) for p in ps]
    assert points
    assert all(10 <= x <= 40 and 20 <= y <= 28 for x, y in points)


def test_letters_by_weight() -> None:
    sheet = Sheet(
        Paper.A4,
        "",
        "",
        [Text(0, 0, "甲", 8, "#000000"), Text(0, 0, "乙", 8, "#000000", bold=True)],
    )
    assert sheet.letters(True) == {"乙"}
    assert sheet.letters() == {"甲", "乙"}
