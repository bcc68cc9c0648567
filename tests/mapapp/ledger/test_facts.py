"""A project, short: when it first reached which stage."""

from mapapp.ledger.dates import PartialDate
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import Stage

DATES = {
    Stage.SIGNED: "2021-01",
    Stage.STARTED: "2021-02",
    Stage.ENROLLED: "2021-03",
    Stage.COMPLETED: "2021-04",
    Stage.PRODUCING: "2021-05",
    Stage.ABOVE_SIZE: "2021-06",
}


def test_each_stage_has_its_own_day() -> None:
    days = [PartialDate.parse(text) for text in DATES.values()]
    facts = ProjectFacts(
        "A", "甲", "420302", None, None, Stage.ABOVE_SIZE, False, False, "", "", "", None,
        None, None, None, None, *days, None,
    )  # fmt: skip
    assert {stage: str(facts.reached(stage)) for stage in DATES} == DATES
    for stage in (Stage.LEAD, Stage.TALKS, Stage.ENDED):
        assert facts.reached(stage) is None
