import re
import xml.etree.ElementTree as ET

import pytest

from chains import Chain, Edge, Link, Status
from mapapp.draw.chain_layout import SCREEN, Layout, lay_out
from mapapp.draw.chain_picture import Mark, draw_chain, draw_thumbnail
from mapapp.draw.chain_ranks import columns
from mapapp.draw.lettering import wrap
from mapapp.journeys.bureau import Bureau

CHAINS = [
    "biomedicine",
    "food_beverage",
    "new_energy_vehicle",
    "power_battery",
    "tourism_wellness",
]


def marks(chain: Chain, status: Status = Status.MISSING) -> dict[str, Mark]:
    return {name: Mark(status, "/x", name, 50.0) for name in chain.links}


@pytest.mark.parametrize("name", CHAINS)
def test_arrows_point_right_inside_bands(bureau: Bureau, name: str) -> None:
    chain = bureau.catalogue.chain(name)
    found, bands = columns(chain.graph, chain.tiers)
    for edge in chain.edges:
        assert found[edge.supplier] < found[edge.user]
    for link in chain.links.values():
        assert found[link.name] in bands[link.tier]


@pytest.mark.parametrize("name", CHAINS)
def test_a_picture_fits_an_office_screen_and_nothing_overlaps(bureau: Bureau, name: str) -> None:
    chain = bureau.catalogue.chain(name)
    layout = lay_out(chain)
    assert layout.width <= 1300
    assert len(layout.boxes) == len(chain.links)
    assert len(layout.arrows) == len(chain.edges) + len(chain.returns)
    for box in layout.boxes:
        assert 0 <= box.x - box.width / 2 <= box.x + box.width / 2 <= layout.width
        assert 0 <= box.y - box.height / 2 <= box.y + box.height / 2 <= layout.height
        band = next(b for b in layout.bands if b.tier == chain.links[box.name].tier)
        assert band.left < box.x < band.right
        for other in layout.boxes:
            apart_x = abs(box.x - other.x) >= (box.width + other.width) / 2
            apart_y = abs(box.y - other.y) >= (box.height + other.height) / 2
            assert other is box or apart_x or apart_y, (box.name, other.name)


@pytest.mark.parametrize("name", CHAINS)
def test_arrows_start_and_end_at_their_links(bureau: Bureau, name: str) -> None:
    layout = lay_out(bureau.catalogue.chain(name))
    at = {box.name: box for box in layout.boxes}
    for arrow in layout.arrows:
        for link, (x, y) in ((arrow.supplier, arrow.points[0]), (arrow.user, arrow.points[-1])):
            assert abs(x - at[link].x) <= at[link].width / 2 + 4
            assert abs(y - at[link].y) <= at[link].height / 2 + 8


def test_a_layout_is_made_once(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain("power_battery")
    first: Layout = lay_out(chain)
    assert lay_out(chain) is first


def test_text_is_escaped_and_stays_what_it_is() -> None:
    bad = "</script><script>alert(1)</script>{{7*7}}"
    tiers = ("<b>上游", "下游")
    links = {bad: Link(bad, tiers[0]), "乙": Link("乙", tiers[1])}
    chain = Chain("x", "甲链", tiers, links, (Edge(bad, "乙", 0.2),))
    svg = draw_chain(chain, marks(chain), '"<i>')
    assert "<script" not in svg
    assert "<b>" not in svg
    root = ET.fromstring(svg)
    assert "".join(root.itertext()).count("{{7*7}}") >= 1
    assert any(node.get("data-link") == bad for node in root.iter())


def test_statuses_differ_without_colour(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain("tourism_wellness")
    seen = set()
    for status in Status:
        svg = draw_chain(chain, marks(chain, status), "图")
        assert status.label in svg
        root = ET.fromstring(svg)
        symbol = next(n for n in root.iter() if n.get("class") == "symbol")
        seen.add(ET.tostring(symbol))
    assert len(seen) == len(Status)


def test_no_style_attribute_and_no_handler(bureau: Bureau) -> None:
    chain = bureau.catalogue.chain("power_battery")
    for svg in (
        draw_chain(chain, marks(chain), "图"),
        draw_thumbnail(chain, dict.fromkeys(chain.links, Status.WEAK), "图"),
    ):
        assert "style=" not in svg
        assert not re.search(r"\son\w+=", svg)


def test_names_break_where_a_reader_would() -> None:
    assert wrap("隔膜(湿法/干法)", 82, SCREEN.font) == ("隔膜(湿法/", "干法)")
    assert wrap("镍钴资源与冶炼", 82, SCREEN.font) == ("镍钴资源", "与冶炼")
    assert wrap("电解液", 82, SCREEN.font) == ("电解液",)


def test_a_changed_link_shows_what_it_was(bureau: Bureau) -> None:
    """Both signs and the word now fit the head of the narrowest box, the score only if it does."""
    chain = bureau.catalogue.chain("power_battery")
    name, other = list(chain.links)[:2]
    changed = Mark(Status.WEAK, "/x", name, 50.0, was=Status.MISSING, landed=True)
    planned = Mark(Status.PLANNED, "/x", other, 50.0, was=Status.NO_DEMAND)
    drawn = draw_chain(chain, marks(chain) | {name: changed, other: planned}, "图")
    anchors = {a.get("data-link"): a for a in ET.fromstring(drawn).iterfind(".//{*}a")}
    assert anchors[name].get("class") == "link weak changed landed"
    words = ["".join(text.itertext()) for text in anchors[name].iterfind(".//{*}text")]
    assert words[:3] == ["→", "薄弱", "50"]
    assert (anchors[name].get("aria-label") or "").startswith("→ 薄弱 50 ")
    assert "50" not in [text.text for text in anchors[other].iterfind(".//{*}text")]
