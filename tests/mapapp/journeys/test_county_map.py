import pytest

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.county_map import LISTED, view_map, view_place, view_project
from mapapp.journeys.county_measures import Measure, read_measure
from mapapp.journeys.points import place_projects
from mapapp.journeys.selection import UnknownChoice, read_selection


def test_counties_and_unassigned_make_the_city_zones_count_again(bureau: Bureau) -> None:
    seen = view_map(bureau, read_selection(bureau, {}), Measure.COUNT)
    assert len(seen.counties) == 8
    counted = sum(c.projects for c in seen.counties) + seen.unassigned.projects
    assert counted == seen.total.projects == 112
    assert seen.unassigned.projects == 11
    zones = {zone.key: zone.projects for zone in seen.zones}
    assert zones["十堰经济技术开发区"] > 0
    assert seen.undated == 0


def test_the_place_shades_nothing_away(bureau: Bureau) -> None:
    whole = view_map(bureau, read_selection(bureau, {}), Measure.COUNT)
    chosen = view_map(bureau, read_selection(bureau, {"place": "420304"}), Measure.COUNT)
    assert chosen.counties == whole.counties


def test_a_period_says_what_it_leaves_out(bureau: Bureau) -> None:
    selection = read_selection(bureau, {"period": "2023"})
    seen = view_map(bureau, selection, Measure.COUNT)
    assert seen.undated > 0
    assert view_place(bureau, selection).undated == seen.undated


@pytest.mark.parametrize("place", ["", "420304", "武当山特区", "未分县区"])
def test_a_place_adds_up(bureau: Bureau, place: str) -> None:
    view = view_place(bureau, read_selection(bureau, {"place": place}))
    assert view.total.projects > 0
    assert len(view.projects) == min(view.total.projects, LISTED)
    assert sum(item.projects for item in view.chains) == view.total.projects
    assert sum(item.projects for item in view.stages) == view.total.projects


def test_unknown_shading_is_refused() -> None:
    assert read_measure(None) is Measure.COUNT
    with pytest.raises(UnknownChoice, match="growht"):
        read_measure("growht")


def test_a_project_says_how_well_its_place_is_known(bureau: Bureau) -> None:
    known = view_project(bureau, place_projects(bureau).codes[0])
    assert known.placing is not None
    assert known.placing.label == "区县"
    nowhere = view_place(bureau, read_selection(bureau, {"place": "未分县区"})).projects[0]
    assert view_project(bureau, nowhere.project_code).placing is None
