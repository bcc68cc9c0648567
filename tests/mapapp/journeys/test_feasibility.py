"""Feasibility on the app's own matrix: who is in it, what it says, and when it is made anew."""

import pytest

from chains import UnknownName
from geodata import UnknownDivision
from mapapp.journeys import feasibility
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country import cells, flows, own_links
from mapapp.journeys.feasibility import find_place, fitted, prospect, prospects, ranks
from mapapp.journeys.gaps import find_gaps
from mapapp.ledger.register import RegisterEntry

HERE = "420300"


def test_the_own_row_is_what_the_ledger_counts_as_active(bureau: Bureau) -> None:
    for gap in find_gaps(bureau):
        active = bool(gap.here.supply.active(bureau.weights))
        assert (gap.here.link in own_links(bureau)) == active, gap.here.link


def test_other_rows_are_head_offices_and_bases(bureau: Bureau) -> None:
    firm = next(f for f in bureau.catalogue.enterprises if f.name == "赣锋锂业")
    link = next(iter(firm.products))
    whole, offices = cells(bureau), cells(bureau, bases=False)
    assert ("360500", link) in offices
    assert ("360700", link) in whole - offices  # a base in a county of 赣州
    assert all(bureau.gazetteer.divisions.is_prefecture(place) for place, _ in whole)
    assert {c for c in whole if c[0] == HERE} == {c for c in offices if c[0] == HERE}


def test_a_firm_of_the_catalogue_with_a_base_here_adds_nothing_here(bureau: Bureau) -> None:
    """What a base makes nobody says; the ledger alone speaks for this city."""
    assert {link for place, link in cells(bureau) if place == HERE} == own_links(bureau)


def test_ranks_run_over_what_the_city_lacks(bureau: Bureau) -> None:
    found = prospects(bureau)
    links = set(bureau.catalogue.use_counts)
    assert {item.link for item in found} == links - own_links(bureau)
    assert [item.rank for item in found] == sorted(ranks(bureau).values())
    assert all(item.lacking == len(found) for item in found)
    some = prospects(bureau, "power_battery")
    assert {item.link for item in some} <= set(bureau.catalogue.chain("power_battery").links)
    assert {item.link: item.rank for item in some}.items() <= ranks(bureau).items()


def test_a_prospect_names_firms_and_cities(bureau: Bureau) -> None:
    found = next(
        seen
        for seen in (prospect(bureau, item.link) for item in prospects(bureau))
        if any(peer.place.has_link for peer in seen.peers)
    )
    link = found.outlook.link
    assert found.outlook.rank == ranks(bureau)[link]
    assert found.outlook.total == pytest.approx(sum(term.points for term in found.outlook.terms))
    having = [peer for peer in found.peers if peer.place.has_link]
    assert found.peers[: len(having)] == tuple(having)
    for peer in having:
        makers = {firm.name for firm in bureau.catalogue.enterprises_on(link)}
        assert peer.firms
        assert set(peer.firms) <= makers
    for term in found.outlook.terms:
        assert not any(code in term.sentence for code in fitted(bureau).matrix.places)


def test_what_a_peer_has_more_is_lacking_here(bureau: Bureau) -> None:
    for item in prospects(bureau)[:10]:
        for peer in prospect(bureau, item.link).peers:
            assert not set(peer.also_has) & own_links(bureau)
            assert item.link not in peer.also_has


def test_a_link_that_is_here_has_no_rank(bureau: Bureau) -> None:
    link = sorted(own_links(bureau))[0]
    assert prospect(bureau, link).outlook.rank is None
    assert prospect(bureau, link).third == ""


def test_the_register_counts_and_its_removal_too(empty_bureau: Bureau) -> None:
    before = cells(empty_bureau)
    entry = RegisterEntry("420600", "电解液", "襄阳某电解液公司")
    number = empty_bureau.store.register.add("登记.csv", "", [entry], "张三")
    assert cells(empty_bureau) - before == {("420600", "电解液")}
    matrix = fitted(empty_bureau).matrix
    assert matrix.present[matrix.row("420600"), matrix.column("电解液")]
    found = prospect(empty_bureau, "电解液", "420600")
    assert found.outlook.rank is None
    empty_bureau.store.register.remove(number)
    assert cells(empty_bureau) == before
    assert prospect(empty_bureau, "电解液", "420600").outlook.rank is not None


def test_an_empty_city_has_a_row_and_says_what_it_rests_on(empty_bureau: Bureau) -> None:
    nothing = {c for c in cells(empty_bureau) if c[0] == HERE}
    found = prospect(empty_bureau, "电解液")
    assert found.own == len(nothing)
    assert found.outlook.lacking == len(empty_bureau.catalogue.use_counts) - len(nothing)


def test_a_write_that_changes_no_cell_learns_nothing_anew(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fitted(empty_bureau)
    monkeypatch.setattr(feasibility, "calibrated", lambda *_: pytest.fail("learnt anew"))
    empty_bureau.store.save_view("a", "b", "c")
    assert fitted(empty_bureau) is first


def test_flows_join_links_of_the_chains(bureau: Bureau) -> None:
    links = set(bureau.catalogue.use_counts)
    pairs = [(supplier, user) for supplier, user, _ in flows(bureau)]
    assert len(set(pairs)) == len(pairs)
    assert all({supplier, user} <= links for supplier, user in pairs)


def test_a_place_is_asked_for_by_name(bureau: Bureau) -> None:
    assert find_place(bureau, "宁德") == "350900"
    with pytest.raises(UnknownDivision):
        find_place(bureau, "没有这个市")
    with pytest.raises(UnknownName, match="三沙"):
        find_place(bureau, "三沙")
