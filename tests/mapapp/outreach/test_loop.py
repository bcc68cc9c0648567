"""The funnel and hindsight on cases that can be counted by hand."""

from dataclasses import replace
from datetime import date

from mapapp.ledger.project import Stage
from mapapp.outreach.loop import Arrival, Step, funnel, hindsight
from mapapp.outreach.target_list import Approach, ListVersion, Pursuit, TargetRow, Visit

DAY, LATER = date(2026, 1, 5), date(2026, 6, 1)


def row(id: int, firm: str, approach: Approach = Approach.UNTOUCHED, code: str = "") -> TargetRow:
    return TargetRow(
        1, firm, "隔膜", "battery", pursuit=Pursuit(approach), project_code=code or None, id=id
    )


def test_a_firm_counts_once_at_its_furthest_step() -> None:
    rows = [
        row(1, "甲"),
        row(2, "甲", Approach.VISITED),
        row(3, "乙", Approach.SIGNED, "P1"),
        row(4, "丙", Approach.GIVEN_UP),
        row(5, "丁"),
    ]
    visits = {4: [Visit(4, DAY, Approach.CAME)], 5: [Visit(5, DAY, Approach.CONTACTED)]}
    found = funnel("全部", rows, visits, {"P1": Stage.COMPLETED})
    assert [found.reached(step) for step in Step] == [4, 4, 3, 2, 1, 1, 1, 0]
    assert found.firms[Step.CAME] == ("丙",)
    assert found.given_up == ("丙",)
    assert found.share(Step.VISITED) == 3 / 4
    assert found.share(Step.LOCKED) is None


def test_nobody_went_on_from_nobody() -> None:
    found = funnel("空", [], {}, {})
    assert found.reached(Step.LOCKED) == 0
    assert found.share(Step.CONTACTED) is None


VERSION = ListVersion(1, 1, DAY, ranking=("隔膜|甲", "电解液|乙", "隔膜|丙", "隔膜|丁"))


def arrival(*names: str, links: tuple[str, ...] = ("隔膜",), on: date = LATER) -> Arrival:
    return Arrival("P", names, links, on)


def test_a_firm_that_came_is_found_in_the_ranking_under_any_name() -> None:
    [placed] = hindsight(VERSION, [arrival("丙股份有限公司", "丙")]).placed
    assert (placed.overall, placed.within_link) == (3, 2)


def test_who_was_not_ranked_is_a_miss_and_who_came_before_or_elsewhere_is_none() -> None:
    found = hindsight(
        VERSION,
        [arrival("外人"), arrival("甲", on=DAY), arrival("甲", links=("铜箔",)), arrival("丁")],
    )
    assert [(p.overall, p.within_link) for p in found.placed] == [(None, None), (4, 3)]
    assert (found.hits(2), found.hits(5)) == (0, 1)


def test_a_dropped_project_takes_its_step_back() -> None:
    signed = row(1, "甲", Approach.TALKS, "P1")
    assert funnel("x", [signed], {}, {"P1": Stage.ENDED}).firms[Step.TALKS] == ("甲",)
    gone = replace(signed, project_code=None)
    assert funnel("x", [gone], {}, {}).firms[Step.TALKS] == ("甲",)
