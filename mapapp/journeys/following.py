"""包联: who follows which project, how long ago, and what was promised; speaking to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chains import UnknownName
from mapapp.documents import Column, Kind, Note, Table
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.ledger.dates import read_day
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.following import (
    NEVER,
    SILENT_AFTER_DAYS,
    Contact,
    FollowUp,
    Keeping,
    Load,
    contacts,
    is_followed,
    is_silent,
    loads,
)

SHOW = {
    "all": "全部在跟的",
    "never": "从未联系",
    "silent": f"超过 {SILENT_AFTER_DAYS} 天没联系",
    "overdue": "承诺逾期",
    "nobody": "没有责任单位",
}
"""What the list may be narrowed to."""
_TYPED = ("on", "by", "said", "next_step", "unit", "due_on")
_LONGEST = {"by": 40, "said": 1000, "next_step": 400, "unit": 60, "outcome": 400}


@dataclass(frozen=True, slots=True)
class Followed:
    """A project and how it stands with its followers."""

    facts: ProjectFacts
    contact: Contact

    def overdue(self, on: date) -> bool:
        """Whether a promise is past its day."""
        return any(item.keeping(on) is Keeping.OVERDUE for item in self.contact.pending)


@dataclass(frozen=True, slots=True)
class Following:
    """Loads by department and by leader, and the projects chosen."""

    on: date
    departments: Sequence[Load]
    leaders: Sequence[Load]
    rows: Sequence[Followed]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed, and what is wrong with it, by field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def standing(bureau: Bureau, on: date) -> Mapping[str, Contact]:
    """How each project that was spoken to stands on a day, by project code."""
    return bureau.remember(("contacts", on), lambda: contacts(bureau.store.follow_ups.every(), on))


def following(
    bureau: Bureau,
    selection: Selection,
    *,
    show: str = "all",
    department: str = "",
    leader: str = "",
) -> Following:
    """Who follows what in the selection, today. Raises UnknownName for an unknown `show`."""
    if show not in SHOW:
        raise UnknownName("包联筛选", show, tuple(SHOW))
    chosen = replace(selection, stage=None, period=None)
    return bureau.remember(
        ("following", chosen, show, department, leader),
        lambda: _following(bureau, chosen, show, department, leader),
    )


def _following(
    bureau: Bureau, selection: Selection, show: str, department: str, leader: str
) -> Following:
    on = bureau.today
    facts = [item for item in chosen_facts(bureau, selection) if is_followed(item)]
    known = standing(bureau, on)
    everything = [Followed(item, known.get(item.project_code, NEVER)) for item in facts]
    of_theirs = [
        row
        for row in everything
        if department in ("", row.facts.department) and leader in ("", row.facts.leader)
    ]
    sorted_out = {name: [row for row in of_theirs if _is(row, name, on)] for name in SHOW}
    rows = sorted(sorted_out[show], key=lambda row: _urgency(row, on))
    return Following(
        on,
        loads(facts, known, on),
        loads(facts, known, on, by="leader"),
        rows,
        {name: len(some) for name, some in sorted_out.items()},
    )


def _is(row: Followed, show: str, on: date) -> bool:
    if show == "never":
        return row.contact.last is None
    if show == "silent":
        return is_silent(row.contact)
    if show == "overdue":
        return row.overdue(on)
    return show == "all" or not row.facts.department


def _urgency(row: Followed, on: date) -> tuple[bool, date, int, str]:
    """Broken promises first, then promises by day, then the longest silence; the unspoken last."""
    due = row.contact.next.due_on if row.contact.next and row.contact.next.due_on else date.max
    silence = row.contact.silent_days
    return (not row.overdue(on), due, -1 if silence is None else -silence, row.facts.project_code)


def add(bureau: Bureau, code: str, given: Mapping[str, str], actor: str) -> Entry:
    """Keep a contact with a project, where it is said completely; else what is wrong with it.

    Raises:
        UnknownName: there is no such project.
    """
    if bureau.store.project(code) is None:
        raise UnknownName("项目编码", code, ())
    typed = {name: given.get(name, "").strip() for name in _TYPED}
    problems = _too_long(typed)
    on, due = read_day(typed["on"]), read_day(typed["due_on"])
    if on is None or on > bureau.today:
        problems["on"] = "请填联系的日期，如 2023-06-30，不能晚于今天"
    if not typed["said"] and not typed["next_step"]:
        problems["said"] = "联系情况和下一步至少写一样"
    if typed["due_on"] and due is None:
        problems["due_on"] = "请填 2023-06-30 这样的日期"
    if typed["due_on"] and not typed["next_step"]:
        problems["next_step"] = "有完成期限，请写下一步要做什么"
    if due is not None and on is not None and due < on:
        problems["due_on"] = "完成期限早于联系日期"
    if problems or on is None:
        return Entry(typed, problems)
    item = FollowUp(code, on, typed["by"], typed["said"], typed["next_step"], typed["unit"], due)
    bureau.store.follow_ups.add(item, actor)
    return Entry()


def settle(bureau: Bureau, id: int, version: int, given: Mapping[str, str], actor: str) -> Entry:
    """Say how a promise ended.

    Raises:
        StaleRow: somebody else changed it meanwhile.
    """
    typed = {name: given.get(name, "").strip() for name in ("settled_on", "outcome")}
    problems = _too_long(typed)
    on = read_day(typed["settled_on"])
    if on is None or on > bureau.today:
        problems["settled_on"] = "请填办结的日期，不能晚于今天"
    if problems or on is None:
        return Entry(typed, problems)
    bureau.store.follow_ups.settle(id, version, on, typed["outcome"], actor)
    return Entry()


def _too_long(typed: Mapping[str, str]) -> dict[str, str]:
    return {
        name: f"太长，最多 {most} 字"
        for name, most in _LONGEST.items()
        if len(typed.get(name, "")) > most
    }


def following_table(bureau: Bureau, found: Following) -> Table:
    """The projects of the list as rows to take along."""
    return Table(
        title=f"{bureau.city.name}项目包联",
        subtitle=f"截至 {found.on.isoformat()}，{len(found.rows)} 个项目",
        columns=(
            Column("项目编码", 16),
            Column("项目", 34),
            Column("县市区", 10),
            Column("阶段", 8),
            Column("责任单位", 16),
            Column("包联领导", 10),
            Column("上次联系", 11, Kind.DATE),
            Column("没联系的天数", 10, Kind.INTEGER),
            Column("下一步", 40),
            Column("完成期限", 11, Kind.DATE),
        ),
        rows=[
            (
                row.facts.project_code,
                row.facts.name,
                bureau.county_name(row.facts.county),
                row.facts.stage.value if row.facts.stage else "未明",
                row.facts.department,
                row.facts.leader,
                row.contact.last.on if row.contact.last else None,
                row.contact.silent_days,
                row.contact.next.next_step if row.contact.next else "",
                row.contact.next.due_on if row.contact.next else None,
            )
            for row in found.rows
        ],
        notes=(Note("范围", "没有终止、还没有进规的项目"),),
    )
