"""Tell the ledger what happened to a project: an event with its evidence, added or put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mapapp.journeys.browse import get_project
from mapapp.journeys.bureau import Bureau
from mapapp.ledger import life
from mapapp.ledger.amounts import parse_amount, parse_unit
from mapapp.ledger.cells import plain_text
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.life import EventRefused, NewEvent, disorder
from mapapp.ledger.money import Money
from mapapp.ledger.national_code import NationalCodeError, read_national_code
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.store import ProjectChange, StaleRow

__all__ = [
    "Step",
    "Told",
    "add_event",
    "correct_event",
    "disorder",
    "national_code_of",
    "steps",
    "withdraw_event",
]

LONGEST = 1000
"""Characters of an evidence or a note."""
_ATTEMPTS = 5
Change = Callable[[InvestmentProject], InvestmentProject]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of it. problems are by the entry's name, "" for the whole."""

    project: InvestmentProject
    saved: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """An event as the page shows it, with what the page calls it."""

    key: str
    event: StageEvent


class _Wrong(Exception):
    def __init__(self, entry: str, message: str) -> None:
        super().__init__(message)
        self.entry = entry


def steps(project: InvestmentProject) -> list[Step]:
    """A project's life in order."""
    return [Step(life.key_of(project, event), event) for event in project.events]


def add_event(bureau: Bureau, code: str, given: Mapping[str, str], actor: str) -> Told:
    """Add an event: stage, on, evidence, note, increment (亿元 unless it says otherwise), included.

    Raises:
        UnknownName: there is no such project; names the nearest codes.
    """

    def change(now: InvestmentProject) -> InvestmentProject:
        said = NewEvent(
            _stage(given.get("stage", "")),
            _day(given.get("on", ""), bureau.today),
            _text(given, "evidence", "依据"),
            _text(given, "note", "说明"),
            _increment(given.get("increment", "")),
            bool(given.get("included")),
        )
        return life.add(now, said, bureau.today)

    return _tell(bureau, code, change, actor)


def correct_event(
    bureau: Bureau, code: str, key: str, given: Mapping[str, str], actor: str
) -> Told:
    """Put the day, evidence and note of an event right; what it was stays in the history.

    Raises:
        UnknownName: there is no such project; names the nearest codes.
    """

    def change(now: InvestmentProject) -> InvestmentProject:
        day = _day(given.get("on", ""), bureau.today)
        evidence, note = _text(given, "evidence", "依据"), _text(given, "note", "说明")
        return life.correct(now, life.event_of(now, key), day, evidence, note, bureau.today)

    return _tell(bureau, code, change, actor)


def withdraw_event(
    bureau: Bureau, code: str, key: str, actor: str, with_amount: bool = False
) -> Told:
    """Take back an event that was reported by mistake; it stays in the history.

    Raises:
        UnknownName: there is no such project; names the nearest codes.
    """

    def change(now: InvestmentProject) -> InvestmentProject:
        return life.withdraw(now, life.event_of(now, key), bureau.today, with_amount)

    return _tell(bureau, code, change, actor)


def national_code_of(bureau: Bureau, project: InvestmentProject) -> str:
    """What the project's national code says of itself: when, where, and what is doubtful."""
    if not project.national_code:
        return ""
    try:
        code = read_national_code(project.national_code)
    except NationalCodeError as fault:
        return str(fault)
    divisions = bureau.gazetteer.divisions
    known = code.division in divisions
    place = divisions.full_name(code.division) if known else f"地区代码 {code.division} "
    said = f"{code.when} 在{place}赋码"
    return f"{said}；{code.remark}" if code.remark else said


def _tell(bureau: Bureau, code: str, change: Change, actor: str) -> Told:
    """Change the project as it is now; whoever else writes meanwhile loses nothing."""
    for _ in range(_ATTEMPTS):
        now = get_project(bureau, code)
        try:
            after = change(now)
        except _Wrong as wrong:
            return Told(now, problems={wrong.entry: str(wrong)})
        except EventRefused as refused:
            return Told(now, problems={"": str(refused)})
        if after.events == now.events:
            return Told(now)
        try:
            bureau.store.save_by_hand(ProjectChange(after, now), actor)
        except StaleRow:
            continue
        saved = get_project(bureau, code)
        return Told(saved, True, remarks=tuple(disorder(saved)))
    raise StaleRow("project", code, now.row_version, None)


def _stage(text: str) -> Stage:
    try:
        return Stage(text)
    except ValueError:
        raise _Wrong("stage", f"没有叫“{text[:20]}”的阶段，可用：{'、'.join(Stage)}") from None


def _day(text: str, today: date) -> PartialDate | None:
    if not text.strip():
        return None
    on, problems = parse_date(text.strip(), "日期", today)
    if on is None:
        raise _Wrong("on", "；".join(problem.message for problem in problems))
    return on


def _increment(text: str) -> Money | None:
    if not text.strip():
        return None
    money, problems = parse_amount(text.strip(), parse_unit("亿元"), "增加额")
    if money is None:
        raise _Wrong("increment", "；".join(problem.message for problem in problems))
    return money


def _text(given: Mapping[str, str], name: str, label: str) -> str:
    text = plain_text(given.get(name, ""))
    if len(text) > LONGEST:
        raise _Wrong(name, f"{label}有 {len(text)} 个字，最多 {LONGEST} 个")
    return text
