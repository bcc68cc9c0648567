"""Targets by city: every one once, where its head office is."""

import time
from collections import Counter

import pytest

from geodata import UnknownDivision
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.country_map import (
    city_geometry,
    country_drawing,
    prefectures,
    view_city,
    view_country,
)
from mapapp.journeys.selection import read_selection
from mapapp.journeys.targets import candidates, rank_targets

SEPARATOR = {"chain": "power_battery", "link": "隔膜(湿法/干法)"}


def test_every_target_stands_in_the_city_of_its_head_office(bureau: Bureau) -> None:
    seen = view_country(bureau, read_selection(bureau, SEPARATOR))
    ranked = rank_targets(bureau, chain="power_battery", link="隔膜(湿法/干法)")
    by_hand = Counter(
        f"{item.target.enterprise.city[:4]}00"
        if item.target.enterprise.city[:2] not in ("11", "12", "31", "50")
        else f"{item.target.enterprise.city[:2]}0000"
        for item in ranked
    )
    assert {city.code: city.firms for city in seen.cities} == by_hand
    assert seen.firms == len({item.target.enterprise.name for item in ranked})
    assert [c.firms for c in seen.cities] == sorted((c.firms for c in seen.cities), reverse=True)
    assert seen.home.code == "420300"
    assert {office.city_name for office in seen.offices} == {"北京市", "上海市", "深圳市"}


@pytest.mark.parametrize("given", [{}, {"chain": "power_battery"}, {"place": "420304"}, SEPARATOR])
def test_the_map_counts_whom_the_ranking_ranks(bureau: Bureau, given: dict[str, str]) -> None:
    chosen = read_selection(bureau, given)
    ranked = rank_targets(bureau, chosen.county, chosen.chain, chosen.link)
    found = candidates(bureau, chosen.county, chosen.chain, chosen.link)
    assert Counter(f"{link}|{firm.name}" for link, firm in found) == Counter(r.id for r in ranked)


def test_a_firm_of_two_links_counts_once(bureau: Bureau) -> None:
    view = view_city(bureau, read_selection(bureau, {"chain": "power_battery"}), "440300")
    names = [row.target.enterprise.name for row in view.seated]
    assert names.count("贝特瑞") == 2
    assert view.city.firms == len(set(names)) < len(names)
    assert view.city.links == len({row.target.link for row in view.seated})
    scores = [row.target.score for row in view.seated]
    assert scores == sorted(scores, reverse=True)


def test_a_city_has_the_scores_of_the_whole_ranking(bureau: Bureau) -> None:
    scores = {item.id: item.target.score for item in rank_targets(bureau, chain="power_battery")}
    view = view_city(bureau, read_selection(bureau, {"chain": "power_battery"}), "440300")
    for row in (*view.seated, *view.based):
        assert row.target.score == pytest.approx(scores[row.id])


def test_a_city_tells_head_offices_from_bases(bureau: Bureau) -> None:
    selection = read_selection(bureau, {"chain": "power_battery"})
    city = view_city(bureau, selection, "深圳")
    assert city.office == "深圳招商专班"
    assert all(row.target.enterprise.city.startswith("4403") for row in city.seated)
    for row in city.based:
        assert not row.target.enterprise.city.startswith("4403")
        assert any(base.startswith("4403") for base in row.target.enterprise.bases)
    empty = view_city(bureau, selection, "三沙")
    assert (empty.city.firms, empty.seated, empty.based) == (0, (), ())
    assert view_country(bureau, read_selection(bureau, {"chain": "other"})).cities == ()


def test_any_prefecture_is_drawn_at_once(bureau: Bureau) -> None:
    city_geometry(bureau, "420300")  # reads the file, once in a process
    taken = {}
    for code, _, _ in prefectures(bureau):
        started = time.process_time()
        found = city_geometry(bureau, code)
        taken[code] = time.process_time() - started
        counties, labels = found["counties"], found["labels"]
        assert isinstance(counties, dict)
        assert isinstance(labels, list)
        assert len(counties["features"]) == len(labels) > 0
    for code in sorted(taken, key=lambda one: taken[one])[-5:]:
        # once more: a full collection of what thousands of tests left behind takes half a second
        started = time.process_time()
        city_geometry(bureau, code)
        assert min(taken[code], time.process_time() - started) < 0.5, code


def test_an_unknown_city_is_named(bureau: Bureau) -> None:
    with pytest.raises(UnknownDivision, match="火星"):
        city_geometry(bureau, "火星")


def test_the_country_is_geometry_alone(bureau: Bureau) -> None:
    drawn = country_drawing(bureau, "/static/x")
    assert "湖北" not in drawn.script
    assert "http" not in drawn.header + drawn.html + drawn.script
    assert drawn is country_drawing(bureau, "/static/x")
    assert set(drawn.names) == {"map", "provinces", "lines"}
