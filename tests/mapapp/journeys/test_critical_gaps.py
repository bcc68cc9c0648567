"""The ten most critical gaps of each chain, and the page that explains them."""

import re
from pathlib import Path

import pytest

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.critical_gaps import as_markdown, most_critical, with_gaps

PAGE = Path(__file__).parents[3] / "docs" / "shiyan.md"


def test_only_gaps_the_most_critical_first(bureau: Bureau) -> None:
    found = most_critical(bureau, "power_battery", 5)
    scores = [gap.here.criticality for gap in found]
    assert len(found) == 5
    assert all(gap.is_gap for gap in found)
    assert scores == sorted(scores, reverse=True)


def test_an_item_adds_up(bureau: Bureau) -> None:
    (gap,) = most_critical(bureau, "power_battery", 1)
    text = as_markdown([gap])
    assert text.startswith(f"1. **{gap.here.link}**（")
    assert gap.here.why[0] in text
    assert f"重要度 {gap.here.criticality:.1f} = " in text
    assert sum(part.points for part in gap.here.parts) == pytest.approx(gap.here.criticality)


def test_the_page_has_every_chain_and_is_up_to_date(bureau: Bureau) -> None:
    page = PAGE.read_text("utf-8")
    for chain in bureau.catalogue.chains:
        assert f"<!-- gaps: {chain} -->" in page, chain
    assert with_gaps(bureau, page) == page, "python -m mapapp critical-gaps --write docs/shiyan.md"
    for section in page.split("\n## ")[1:]:
        listed = re.findall(r"^\d+\. \*\*(.+?)\*\*", section, re.MULTILINE)
        explained = re.findall(r"^- \*\*(.+?)\*\*：", section, re.MULTILINE)
        assert explained == listed, section.splitlines()[0]


def test_a_mark_without_a_chain(bureau: Bureau) -> None:
    with pytest.raises(UnknownName, match="产业链"):
        with_gaps(bureau, "<!-- gaps: nothing -->\n<!-- /gaps -->")
