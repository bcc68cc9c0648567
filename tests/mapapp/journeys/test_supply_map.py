"""Supply on the map: who makes a link, who uses it, how far they are apart."""

from dataclasses import replace
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

import pytest

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.selection import read_selection
from mapapp.journeys.supply_map import SupplyView, choices, view_supply
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    InvestmentProject,
    LocalEnterprise,
    PointPrecision,
    Position,
    Stage,
    StageEvent,
)
from mapapp.store import Sample

CATHODE, CELL = "磷酸铁锂正极", "动力电芯"
YUNYANG, FANG, MAOJIAN = "420304", "420325", "420302"


def firm(id: str, name: str, county: str | None, link: str) -> LocalEnterprise:
    return LocalEnterprise(id=id, name=name, county=county, chain="power_battery", links=(link,))


def project(code: str, firm: str, link: str, stage: Stage, at: Position | None = None,
            county: str | None = MAOJIAN) -> InvestmentProject:  # fmt: skip
    return InvestmentProject(
        code, code, firm, county=county, chain="power_battery", links=(link,), position=at,
        contracted_investment=Money(Decimal(1)),
        events=(StageEvent(stage, PartialDate.parse("2026-05")),),
        last_confirmed=PartialDate.parse("2026-05"),
    )  # fmt: skip


@pytest.fixture
def supplied(empty_bureau: Bureau) -> Bureau:
    """甲 (郧阳区) and 乙 (房县) make cathodes; cells are made by 丙 (郧阳区), by 丁 at a known site
    in 茅箭区 and by 戊, nobody knows where; 己 has signed for cathodes."""
    site = Position(110.80, 32.60, PointPrecision.SITE)
    empty_bureau.store.load_sample(
        Sample(
            projects=(
                project("P1", "丁", CELL, Stage.STARTED, site),
                project("P2", "己", CATHODE, Stage.SIGNED),
            ),
            enterprises=(
                firm("E1", "甲", YUNYANG, CATHODE),
                firm("E2", "乙", FANG, CATHODE),
                firm("E3", "丙", YUNYANG, CELL),
                firm("E4", "戊", None, CELL),
            ),
        ),
        "test",
    )
    # firms of the real catalogue would stand beside these
    return replace(empty_bureau, catalogue=replace(empty_bureau.catalogue, enterprises=()))


def view(bureau: Bureau, **given: str) -> SupplyView:
    selection = read_selection(bureau, {"chain": "power_battery", "link": CATHODE} | given)
    found = view_supply(bureau, selection)
    assert found is not None
    return found


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    x1, y1, x2, y2 = map(radians, (*one, *other))
    chord = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(chord))


def test_who_makes_who_waits_and_who_uses(supplied: Bureau) -> None:
    found = view(supplied)
    assert {place.name for place in found.suppliers} == {"甲", "乙"}
    assert [place.name for place in found.waiting] == ["己"]
    assert {c.place.name: c.links for c in found.customers} == {
        "丙": (CELL,), "丁": (CELL,), "戊": (CELL,),
    }  # fmt: skip
    assert [place.name for place in found.nowhere] == ["戊"]


def test_distances_are_straight_and_honest(supplied: Bureau) -> None:
    found = view(supplied)
    pairs = {(p.supplier.name, p.customer.place.name): p for p in found.pairs}
    assert set(pairs) == {("甲", "丙"), ("甲", "丁"), ("乙", "丙"), ("乙", "丁")}
    assert (pairs["甲", "丙"].km, pairs["甲", "丙"].said) == (None, "同在郧阳区")
    measured = km(supplied.boundaries.label(YUNYANG), (110.80, 32.60))
    assert pairs["甲", "丁"].km == pytest.approx(measured)
    assert pairs["甲", "丁"].said == f"约 {measured:.0f} km"
    assert [p.km or 0 for p in found.pairs] == sorted(p.km or 0 for p in found.pairs)
    assert {ends for ends, pair in pairs.items() if not pair.nearest} == {("乙", "丙")}


def test_a_site_of_its_own_goes_before_the_county(supplied: Bureau) -> None:
    places = {place.name: place for place in view(supplied).places}
    assert (places["丁"].exact, places["丁"].precision) == (True, "厂址")
    assert places["丁"].at == (110.80, 32.60)
    assert (places["丙"].exact, places["丙"].precision) == (False, "只知县市区")
    assert places["丙"].at == supplied.boundaries.label(YUNYANG)
    drawn = [place.drawn for place in places.values() if place.drawn]
    assert len(set(drawn)) == len(drawn) == 5


def test_a_county_keeps_the_pairs_with_an_end_in_it(supplied: Bureau) -> None:
    found = view(supplied, place=FANG)
    assert {(p.supplier.name, p.customer.place.name) for p in found.pairs} == {
        ("乙", "丙"), ("乙", "丁"),
    }  # fmt: skip


def test_without_a_local_supplier_the_nearest_elsewhere_is_named(bureau: Bureau) -> None:
    selection = read_selection(bureau, {"chain": "power_battery", "link": "隔膜(湿法/干法)"})
    found = view_supply(bureau, selection)
    assert found is not None
    assert not found.suppliers
    for customer in found.customers:
        near = found.for_customer[customer.place.name]
        codes = [f.city for f in bureau.catalogue.enterprises_on(found.link.link)
                 if not f.delisted and not bureau.is_local(f.city)]  # fmt: skip
        own = customer.place.county or bureau.city.code
        assert near.km == pytest.approx(bureau.gazetteer.distances_km([own], codes).min())
    assert [one.km for one in found.outside] == sorted(one.km for one in found.outside)


def test_links_are_offered_by_how_many_use_them(supplied: Bureau) -> None:
    offered = choices(supplied, read_selection(supplied, {"chain": "power_battery"}))
    first = next(one for one in offered if one.link.link == CATHODE)
    assert (first.suppliers, first.customers) == (2, 3)
    assert choices(supplied, read_selection(supplied, {"chain": "other"})) == []
    assert view_supply(supplied, read_selection(supplied, {})) is None


def test_a_link_of_several_chains_has_the_customers_of_all(bureau: Bureau) -> None:
    alone = {
        c.place.name
        for chain in bureau.catalogue.chains_using("包装")
        for c in _seen(bureau, {"chain": chain, "link": "包装"}).customers
    }
    assert {c.place.name for c in _seen(bureau, {"link": "包装"}).customers} == alone


def _seen(bureau: Bureau, given: dict[str, str]) -> SupplyView:
    found = view_supply(bureau, read_selection(bureau, given))
    assert found is not None
    return found
