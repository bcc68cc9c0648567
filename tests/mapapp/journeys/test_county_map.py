import pytest

from geodata import county_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.county_map import view_map, view_place, view_project
from mapapp.journeys.county_measures import Measure, read_measure
from mapapp.journeys.points import columns, place_projects
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
    assert view.total.projects == len(view.projects) > 0
    assert sum(item.projects for item in view.chains) == view.total.projects
    assert sum(item.projects for item in view.stages) == view.total.projects


def test_unknown_shading_is_refused() -> None:
    assert read_measure(None) is Measure.COUNT
    with pytest.raises(UnknownChoice, match="growht"):
        read_measure("growht")


def test_projects_known_by_county_are_spread_inside_it(bureau: Bureau) -> None:
    points = place_projects(bureau, read_selection(bureau, {}))
    assert len(points) == 112 - 11
    lon, lat = [p.lon for p in points], [p.lat for p in points]
    assert list(county_of(bureau.boundaries, lon, lat)) == [p.row.county for p in points]
    assert {p.placing.value for p in points} == {"county"}
    assert len({(p.lon, p.lat) for p in points}) == len(points)


def test_a_filter_moves_no_point(bureau: Bureau) -> None:
    whole = {p.row.project_code: p for p in place_projects(bureau, read_selection(bureau, {}))}
    some = place_projects(bureau, read_selection(bureau, {"chain": "power_battery"}))
    assert 0 < len(some) < len(whole)
    assert all(whole[p.row.project_code] == p for p in some)


def test_columns_are_equally_long_and_refer_to_their_dictionaries(bureau: Bureau) -> None:
    points = place_projects(bureau, read_selection(bureau, {}))
    data = columns(bureau, points)
    for name, words in [("chain", "chains"), ("stage", "stages"), ("county", "counties")]:
        column, dictionary = data[name], data[words]
        assert isinstance(column, list)
        assert isinstance(dictionary, list)
        assert len(column) == len(points)
        assert set(column) == set(range(len(dictionary)))


def test_a_project_says_how_well_its_place_is_known(bureau: Bureau) -> None:
    placed = place_projects(bureau, read_selection(bureau, {}))
    known = view_project(bureau, placed[0].row.project_code)
    assert known.placing is not None
    assert known.placing.label == "区县"
    nowhere = view_place(bureau, read_selection(bureau, {"place": "未分县区"})).projects[0]
    assert view_project(bureau, nowhere.project_code).placing is None
