"""What a team writes about a firm, as the cells of a form or a workbook, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from mapapp.ledger.cells import plain_text
from mapapp.ledger.date_cells import parse_date
from mapapp.ledger.dates import Precision
from mapapp.outreach.target_list import Approach, Pursuit, Visit

LONGEST = 500
"""Characters of a cell."""
_FAR = timedelta(days=5 * 366)


class PursuitField(StrEnum):
    """A cell that a team may change; the value is its title."""

    APPROACH = "状态"
    GIVEN_UP = "放弃原因"
    CONTACT = "联系人"
    PHONE = "联系方式"
    TIES = "乡情关系"
    NEXT_STEP = "下一步"
    NEXT_ON = "下一步日期"
    NOTE = "备注"


class VisitField(StrEnum):
    """A cell of a contact that a return workbook brings; the value is its title."""

    ON = "本次日期"
    BY = "我方人员"
    MET = "对方人员"
    SAID = "谈了什么"


@dataclass(frozen=True, slots=True)
class Written:
    """What cells amount to. problems say by title why one cannot stand; then nothing is taken."""

    pursuit: Pursuit
    visit: Visit | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


def cells_of(pursuit: Pursuit) -> dict[str, str]:
    """The cells, by title."""
    return {
        PursuitField.APPROACH.value: pursuit.approach.value,
        PursuitField.GIVEN_UP.value: pursuit.given_up,
        PursuitField.CONTACT.value: pursuit.contact,
        PursuitField.PHONE.value: pursuit.phone,
        PursuitField.TIES.value: pursuit.ties,
        PursuitField.NEXT_STEP.value: pursuit.next_step,
        PursuitField.NEXT_ON.value: pursuit.next_on.isoformat() if pursuit.next_on else "",
        PursuitField.NOTE.value: pursuit.note,
    }


def write(pursuit: Pursuit, given: Mapping[str, str], today: date, row: int = 0) -> Written:
    """The pursuit with the cells given, by title, and the contact that they tell of, if any.

    A contact brings the firm at least as far as 已联系; one that does not say how far leaves it
    where the cell 状态 has it.
    """
    cells = {name: plain_text(text) for name, text in given.items()}
    problems = {
        name: f"“{name}”有 {len(text)} 个字，最多 {LONGEST} 个"
        for name, text in cells.items()
        if len(text) > LONGEST
    }
    changed = _pursuit(pursuit, cells, today, problems)
    visit = _visit(changed, cells, today, row, problems)
    if visit:
        changed = replace(changed, approach=visit.approach)
    if changed != pursuit:
        problems |= _disagreements(changed)
    return Written(pursuit, None, problems) if problems else Written(changed, visit)


def _pursuit(
    pursuit: Pursuit, cells: Mapping[str, str], today: date, problems: dict[str, str]
) -> Pursuit:
    texts = {
        name: cells[cell.value]
        for name, cell in {
            "given_up": PursuitField.GIVEN_UP,
            "contact": PursuitField.CONTACT,
            "phone": PursuitField.PHONE,
            "ties": PursuitField.TIES,
            "next_step": PursuitField.NEXT_STEP,
            "note": PursuitField.NOTE,
        }.items()
        if cell.value in cells
    }
    changed = replace(pursuit, **texts)  # type: ignore[arg-type]
    if (said := cells.get(PursuitField.APPROACH)) is not None:
        changed = replace(changed, approach=_approach(said, pursuit, problems))
    if (said := cells.get(PursuitField.NEXT_ON)) is not None:
        title = PursuitField.NEXT_ON.value
        changed = replace(changed, next_on=_day(said, title, today, problems))
    return changed


def _approach(said: str, pursuit: Pursuit, problems: dict[str, str]) -> Approach:
    try:
        return Approach(said)
    except ValueError:
        problems[PursuitField.APPROACH.value] = (
            f"没有叫“{said[:20]}”的状态，可用：{'、'.join(Approach)}"
        )
        return pursuit.approach


def _visit(
    pursuit: Pursuit, cells: Mapping[str, str], today: date, row: int, problems: dict[str, str]
) -> Visit | None:
    told = {cell: cells.get(cell.value, "") for cell in VisitField}
    if not any(told.values()):
        return None
    title = VisitField.ON.value
    on = _day(told[VisitField.ON], title, today, problems)
    if on is None:
        problems.setdefault(title, f"记了接洽，请填“{title}”，例如 {today.isoformat()}")
        return None
    if on > today:
        problems[title] = f"“{title}”{on.isoformat()} 还没有到，计划要做的请填在“下一步”"
        return None
    reached = pursuit.approach
    if reached is Approach.UNTOUCHED:
        reached = Approach.CONTACTED
    return Visit(row, on, reached, told[VisitField.BY], told[VisitField.MET], told[VisitField.SAID])


def _disagreements(pursuit: Pursuit) -> dict[str, str]:
    """Cells that cannot stand together."""
    found = {}
    given_up = pursuit.approach is Approach.GIVEN_UP
    if given_up and not pursuit.given_up:
        title = PursuitField.GIVEN_UP.value
        found[title] = f"状态是“放弃”，请填“{title}”，以后再看时知道为什么"
    if pursuit.given_up and not given_up:
        found[PursuitField.GIVEN_UP.value] = (
            f"写了放弃原因，状态却是“{pursuit.approach}”。请把状态改成“放弃”，或清空原因"
        )
    if pursuit.next_on and not pursuit.next_step:
        title = PursuitField.NEXT_STEP.value
        found[title] = f"有日期 {pursuit.next_on.isoformat()}，请写“{title}”做什么"
    return found


def _day(text: str, title: str, today: date, problems: dict[str, str]) -> date | None:
    if not text:
        return None
    latest = today + _FAR
    found, wrong = parse_date(text, title, latest)
    if found is None:
        problems[title] = "；".join(problem.message for problem in wrong)
        return None
    if found.precision is not Precision.DAY:
        problems[title] = f"“{title}”要到日，例如 {today.isoformat()}，现在是“{text[:20]}”"
        return None
    return found.first
