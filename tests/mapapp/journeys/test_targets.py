"""Whom to go and see."""

import pytest

from chains import UnknownName
from geodata import UnknownDivision
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.targets import local_names, rank_targets

SEPARATOR = "隔膜(湿法/干法)"


def test_every_known_supplier_elsewhere_is_ranked(bureau: Bureau) -> None:
    found = rank_targets(bureau, link=SEPARATOR)
    known = {f.name for f in bureau.catalogue.enterprises_on(SEPARATOR) if not f.delisted}
    assert {item.target.enterprise.name for item in found} == known
    assert [item.rank for item in found] == list(range(1, len(found) + 1))
    scores = [item.target.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_local_and_delisted_firms_are_left_out(bureau: Bureau) -> None:
    names = {item.target.enterprise.name for item in rank_targets(bureau)}
    assert "万润新能" not in names
    assert "东风商用车" not in names
    gone = {firm.name for firm in bureau.catalogue.enterprises if firm.delisted}
    assert gone
    assert not names & gone


def test_only_gaps_are_filled_unless_a_link_is_asked_for(bureau: Bureau) -> None:
    gaps = {gap.here.link for gap in find_gaps(bureau) if gap.here.remedy}
    assert {item.target.link for item in rank_targets(bureau)} <= gaps
    assert "磷酸铁锂正极" not in gaps
    assert rank_targets(bureau, link="磷酸铁锂正极")


def test_a_firm_stands_once_on_a_link_that_chains_share(bureau: Bureau) -> None:
    rows = [item.id for item in rank_targets(bureau)]
    assert len(rows) == len(set(rows))


def test_a_visit_to_a_city_moves_its_firms_up(bureau: Bureau) -> None:
    def place(roadshow: str | None) -> int:
        found = rank_targets(bureau, chain="power_battery", roadshow=roadshow)
        return next(i.rank for i in found if i.target.enterprise.city == "310000")

    assert place("上海") <= place(None)
    with_city = rank_targets(bureau, link=SEPARATOR, roadshow="上海")[0].target
    assert [part.name for part in with_city.parts][-1] == "roadshow"
    assert "roadshow" not in [p.name for p in rank_targets(bureau, link=SEPARATOR)[0].target.parts]


def test_parts_without_data_are_named(bureau: Bureau) -> None:
    for item in rank_targets(bureau, link=SEPARATOR):
        assert set(item.target.missing_data) == {"scale", "expansion"}


def test_a_limit_cuts_the_list_only(bureau: Bureau) -> None:
    everything = rank_targets(bureau, chain="power_battery")
    assert [i.id for i in rank_targets(bureau, chain="power_battery", limit=7)] == [
        i.id for i in everything[:7]
    ]


def test_the_national_group_of_a_local_firm_is_local(bureau: Bureau) -> None:
    assert {"湖北万润", "东风商用车"} & local_names(bureau)
    assert not any("沃特玛" in name for name in local_names(bureau))


@pytest.mark.parametrize(
    ("asked", "error"),
    [({"link": "没有的环节"}, UnknownName), ({"roadshow": "没有的城市"}, UnknownDivision)],
)
def test_an_unknown_word_is_refused(
    bureau: Bureau, asked: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        rank_targets(bureau, **asked)
