"""Taking back what is no import of a ledger: sites, and a return that was written."""

import pytest

from mapapp.journeys import undo_import
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.rounds import read_return
from mapapp.ledger.headers import Field
from mapapp.store.undoing import UndoRefused
from tests.mapapp.journeys import test_collection as office
from tests.mapapp.journeys import test_sites as places
from tests.mapapp.office import fill

city, sent = office.city, office.sent
LATER = "载体名称,类型,县市区,占地面积（亩）,载体编号"


def test_sites_go_back_to_what_they_were(empty_bureau: Bureau) -> None:
    here = empty_bureau
    first = places.committed(here, places.LIST)
    before = here.store.sites.all()
    news = places.csv(f"{before[0].name},{before[0].kind.value},郧阳区,77,")
    assert first.batch is not None
    second = places.committed(here, places.csv("新园区,园区,房县,5,Z9"))
    assert second.batch is not None
    third = places.committed(here, news)
    assert third.batch is not None
    if third.count("update"):
        with pytest.raises(UndoRefused) as refusal:
            undo_import.undo_sites(here, first.batch, "李四")
        assert [row.name for row in refusal.value.rows] == [before[0].name]
    for batch in (third.batch, second.batch):
        undo_import.undo_sites(here, batch, "李四")
    now = [
        (site.name, site.area, site.position, site.provenance) for site in here.store.sites.all()
    ]
    assert now == [(site.name, site.area, site.position, site.provenance) for site in before]
    undo_import.undo_sites(here, first.batch, "李四")
    assert here.store.sites.all() == []


def test_a_return_goes_back_with_what_was_agreed_on(city: Bureau, sent: tuple[int, bytes]) -> None:
    round, form = sent
    dispatch = city.store.collection.dispatches(round)[0].id
    rows = city.store.collection.rows(dispatch)
    before = office.held(city, office.PROJECT)
    data = fill(form, (office.PROJECT, "投资额（万元）", 54321))
    office.confirm(city, round, data)
    number = city.store.collection.returns(round)[-1].id
    assert city.store.collection.rows(dispatch) != rows
    undo_import.undo_return(city, round, number, "李四")
    assert city.store.collection.rows(dispatch) == rows
    after = office.held(city, office.PROJECT)
    assert after.contracted_investment == before.contracted_investment
    found, report = read_return(city, round, number)
    assert found.batch is None
    [row] = [row for row in report.rows if row.offers]
    assert [offer.change.field for offer in row.offers] == [Field.CONTRACTED]
    office.confirm(city, round, data)
    assert office.held(city, office.PROJECT).contracted_investment != before.contracted_investment


def test_a_return_is_not_taken_back_over_a_later_edit(
    city: Bureau, sent: tuple[int, bytes]
) -> None:
    round, form = sent
    office.confirm(city, round, fill(form, (office.PROJECT, "投资额（万元）", 54321)))
    office.edit(city, office.PROJECT, leader="王五")
    number = city.store.collection.returns(round)[-1].id
    with pytest.raises(UndoRefused) as refusal:
        undo_import.undo_return(city, round, number, "李四")
    assert [row.code for row in refusal.value.rows] == [office.PROJECT]
