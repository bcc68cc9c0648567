from dataclasses import replace

import pytest

from chains import Status, UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_view import draw_picture, list_chains, view_chain, view_link
from mapapp.journeys.selection import read_selection
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ImportBatch, ProjectChange


def test_every_link_has_its_status(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {}))
    assert set(view.gaps) == set(view.chain.links)
    assert view.counts.total() == len(view.chain.links) == 39
    scores = [gap.here.criticality for gap in view.worst]
    assert scores == sorted(scores, reverse=True)


def test_firms_without_a_link_are_listed(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {}))
    assert "源源极耳" in "".join(firm.name for firm in view.unlinked_firms)
    assert all(not item.links for item in (*view.unlinked_firms, *view.unlinked_projects))


def test_a_long_list_of_unlinked_projects_says_how_long(
    empty_bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapapp.journeys.chain_view.UNLINKED", 2)
    new = [InvestmentProject(f"P{n}", "项目", chain="power_battery") for n in range(4)]
    on_link = replace(new[0], links=("动力电芯",))
    changes = [ProjectChange(item) for item in (on_link, *new[1:])]
    empty_bureau.store.save_import(ImportBatch("张三", "", ""), changes)
    view = view_chain(empty_bureau, "power_battery", read_selection(empty_bureau, {}))
    assert [item.project_code for item in view.unlinked_projects] == ["P1", "P2"]
    assert view.unlinked_total == 3


def test_a_firm_whose_project_is_on_a_link_is_not_unlinked(bureau: Bureau) -> None:
    carriers = {p.enterprise_id for p in bureau.store.projects() if p.links and p.enterprise_id}
    assert carriers
    for chain in bureau.catalogue.chains:
        view = view_chain(bureau, chain, read_selection(bureau, {}))
        assert not carriers & {firm.id for firm in view.unlinked_firms}


def test_a_county_has_its_own_demand_and_both_supplies(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {"place": "420325"}))
    seen = view_link(bureau, view, "磷酸铁锂正极")
    assert not seen.here.supply.sources
    assert seen.city.supply.sources
    whole = view_chain(bureau, "power_battery", read_selection(bureau, {}))
    assert whole.counts[Status.PRESENT] >= view.counts[Status.PRESENT]


@pytest.mark.parametrize("place", ["武当山特区", "未分县区"])
def test_a_zone_is_answered_city_wide(bureau: Bureau, place: str) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {"place": place}))
    assert view.city_wide
    assert view.county is None


def test_a_link_shows_neighbours_and_targets(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {}))
    seen = view_link(bureau, view, "隔膜(湿法/干法)")
    assert {need.edge.user for need in seen.users} == {"动力电芯"}
    assert all(need.other.link == need.edge.supplier for need in seen.inputs)
    assert 0 < len(seen.targets) <= 5
    required = [need.edge.required for need in seen.inputs]
    assert required == sorted(required, reverse=True)


def test_an_unknown_link_names_the_nearest(bureau: Bureau) -> None:
    view = view_chain(bureau, "power_battery", read_selection(bureau, {}))
    with pytest.raises(UnknownName, match="磷酸铁"):
        view_link(bureau, view, "磷酸铁锂正")


def test_the_picture_and_the_picker(bureau: Bureau) -> None:
    selection = read_selection(bureau, {})
    view = view_chain(bureau, "biomedicine", selection)
    svg = draw_picture(view, None, lambda link: f"/chain?link={link}")
    assert svg.count("<a ") == len(view.chain.links)
    cards = list_chains(bureau, selection)
    assert {card.chain.id for card in cards} == set(bureau.catalogue.chains)
    card = next(card for card in cards if card.chain.id == "biomedicine")
    assert card.counts == view.counts
