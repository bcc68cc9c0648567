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
    Contact,
    FollowUp,
    Keeping,
    Load,
    contacts,
    is_followed,
    is_silent,
    loads,
)
from mapapp.store import ProjectFilter

SHOW = {
    "all": "全部在跟的",
    "never": "从未联系",
    "silent": "久未联系",
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
    """Loads by department and by leader, and the projects chosen.

    silent_after is after how many days without a contact one is 久未联系; tags are those in use.
    """

    on: date
    silent_after: int
    tags: Sequence[str]
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


def contact_of(bureau: Bureau, code: str) -> Contact:
    """How one project stands today."""
    return contacts(bureau.store.follow_ups.of(code), bureau.today).get(code, NEVER)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to; show is a key of SHOW, tag a 专项行动 or a leader's trip."""

    show: str = "all"
    department: str = ""
    leader: str = ""
    tag: str = ""


def following(bureau: Bureau, selection: Selection, narrowed: Narrowing | None = None) -> Following:
    """Who follows what in the selection, today.

    Raises:
        UnknownName: nothing is called as `show`, or no project has the tag.
    """
    to = narrowed or Narrowing()
    if to.show not in SHOW:
        raise UnknownName("包联筛选", to.show, tuple(SHOW))
    chosen = replace(selection, stage=None, period=None)
    return bureau.remember(("following", chosen, to), lambda: _following(bureau, chosen, to))


def _following(bureau: Bureau, selection: Selection, to: Narrowing) -> Following:
    on, silent_after = bureau.today, bureau.city.weekly.silent_days
    tags = bureau.store.words()["tag"]
    facts = [item for item in chosen_facts(bureau, selection) if is_followed(item)]
    if to.tag:
        tagged = _tagged(bureau, to.tag, tags)
        facts = [item for item in facts if item.project_code in tagged]
    known = standing(bureau, on)
    of_theirs = [
        Followed(item, known.get(item.project_code, NEVER))
        for item in facts
        if to.department in ("", item.department) and to.leader in ("", item.leader)
    ]
    sorted_out = {
        name: [row for row in of_theirs if _is(row, name, on, silent_after)] for name in SHOW
    }
    return Following(
        on,
        silent_after,
        tags,
        loads(facts, known, on, silent_after=silent_after),
        loads(facts, known, on, by="leader", silent_after=silent_after),
        sorted(sorted_out[to.show], key=lambda row: _urgency(row, on)),
        {name: len(some) for name, some in sorted_out.items()},
    )


def _tagged(bureau: Bureau, tag: str, known: Sequence[str]) -> set[str]:
    if tag not in known:
        raise UnknownName("标签", tag, known)
    return {item.project_code for item in bureau.store.projects(ProjectFilter(tag=tag))}


def _is(row: Followed, show: str, on: date, silent_after: int) -> bool:
    if show == "never":
        return row.contact.last is None
    if show == "silent":
        return is_silent(row.contact, silent_after)
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


def settle(
    bureau: Bureau, code: str, id: int, version: int, given: Mapping[str, str], actor: str
) -> Entry:
    """Say how a promise of a project ended.

    Raises:
        UnknownName: the project has no such promise.
        StaleRow: somebody else changed or ended it meanwhile.
    """
    of_it = {item.id: item for item in bureau.store.follow_ups.of(code)}
    if id not in of_it:
        raise UnknownName("承诺", str(id), ())
    typed = {name: given.get(name, "").strip() for name in ("settled_on", "outcome")}
    problems = _too_long(typed)
    on = read_day(typed["settled_on"])
    if on is None or on > bureau.today:
        problems["settled_on"] = "请填办结的日期，不能晚于今天"
    elif on < of_it[id].on:
        problems["settled_on"] = f"办结日期早于 {of_it[id].on}，那天才议定这件事"
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
        notes=(Note("范围", "没有终止、还没有进规的项目；周调度定的下一步不算一次联系"),),
    )
