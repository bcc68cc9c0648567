"""The week's list on a ledger of a handful."""

from datetime import date
from decimal import Decimal

import pytest

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.following import FollowUp, contacts
from mapapp.ledger.milestones import milestones_of
from mapapp.ledger.money import Money
from mapapp.ledger.project import Stage
from mapapp.ledger.weekly import Reason, RuleError, WeeklyRule, happened_since, weekly_items

ON = date(2024, 7, 1)


def project(code: str, stage: str, **known: object) -> ProjectFacts:
    blank = dict.fromkeys(ProjectFacts._fields)
    blank |= {"halted": False, "is_park": False, "leader": "", "department": "", "office": ""}
    blank |= {"project_code": code, "name": code, "increments": (), "stage": Stage(stage)}
    for name, value in known.items():
        blank[name] = PartialDate.parse(str(value)) if name in ("signed", "started") else value
    return ProjectFacts(**blank)  # type: ignore[arg-type]


LEDGER = [
    project("A", "签约", signed="2024-06-20", department="经信局"),
    project("B", "签约", signed="2024-01-10"),
    project("C", "在谈", contracted=Money(Decimal(10000))),
    project("D", "在谈", contracted=Money(Decimal(9999))),
    project("E", "在谈"),
    project("F", "开工", started="2024-06-01"),
    project("G", "终止", signed="2020-01-01"),
    project("H", "签约"),
]
PROMISES = [
    FollowUp(
        "F", date(2024, 6, 1), next_step="办施工许可", unit="住建局", due_on=date(2024, 6, 20)
    ),
    FollowUp("A", date(2024, 6, 25), next_step="选址", due_on=date(2024, 7, 20)),
]


def listed(rule: WeeklyRule | None = None) -> dict[str, list[Reason]]:
    late = {item.project_code: list(milestones_of(item, ON)) for item in LEDGER}
    items = weekly_items(LEDGER, late, contacts(PROMISES, ON), {"E"}, ON, rule)
    return {item.project_code: [reason for reason, _ in item.reasons] for item in items}


def test_who_is_on_it_and_why() -> None:
    assert listed() == {
        "F": [Reason.PROMISE],
        "B": [Reason.OVERDUE, Reason.NOT_STARTED],
        "A": [Reason.NOT_STARTED],
        "H": [Reason.NOT_STARTED],
        "C": [Reason.TALKS],
        "E": [Reason.TALKS],
    }
    assert list(listed()) == ["F", "B", "A", "H", "C", "E"]


def test_the_bureau_s_numbers() -> None:
    fewer = listed(WeeklyRule(talks_yi=Decimal(2), not_started_days=30))
    assert set(fewer) == {"F", "B", "H", "E"}


def test_an_item_carries_the_promise_and_the_department() -> None:
    items = {
        item.project_code: item for item in weekly_items(LEDGER, {}, contacts(PROMISES, ON), (), ON)
    }
    assert (items["A"].next_step, items["A"].unit) == ("选址", "经信局")
    assert items["A"].due_on == date(2024, 7, 20)
    assert items["F"].unit == "住建局"
    assert "原定 2024-06-20" in items["F"].reasons[0][1]


def test_numbers_that_cannot_be() -> None:
    wrongs = (
        {"talks_yi": "很多"},
        {"talks_yi": -1},
        {"not_started_days": 1.5},
        {"silent_days": -1},
    )
    for wrong in wrongs:
        with pytest.raises(RuleError):
            WeeklyRule.read(wrong)


def test_what_happened_since() -> None:
    facts = project("A", "开工", signed="2024-05-01", started="2024-06-10")
    assert happened_since(facts, date(2024, 6, 1), ON) == ("2024-06-10 开工",)
    assert happened_since(facts, date(2024, 6, 10), ON) == ()
    assert happened_since(None, ON, ON) == ("项目已不在台账里",)
