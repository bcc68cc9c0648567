"""Make two rows of one project one, and take them apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chains import UnknownName
from mapapp.journeys.browse import nearest_codes
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.change_history import LABELS, in_words
from mapapp.journeys.duplicates import two_projects
from mapapp.ledger.combination import (
    GROUPS,
    Choice,
    Conflict,
    combine,
    differences,
    take_apart,
)
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.record import Record
from mapapp.store import ProjectChange, StoreError
from mapapp.store.merges import Merge

_LABELS = {"links": "环节", "events": "进展与状态", "county": "区县", "is_park": "是否园区"}
LONGEST_CHAIN = 50
"""Merges followed from a code to its survivor; more are a circle."""
_MARKS = frozenset({"halted", "is_park"})
"""Said only where they are so."""


class NotAsSeen(StoreError):
    """One of the two was changed since the page was shown."""


class CannotUndo(StoreError):
    """A merge cannot be undone as things are; the message says why and what to do first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of two rows side by side, in words; choices are what may stay."""

    group: str
    label: str
    survivor: str
    loser: str
    differs: bool
    proposed: Choice
    choices: tuple[Choice, ...]

    @property
    def clashes(self) -> bool:
        """Whether both say something, and not the same."""
        return self.differs and bool(self.survivor and self.loser)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A field changed after the merge, in words."""

    label: str
    before: str
    merged: str
    now: str


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing a merge would write, and the fields that it would leave as they are now."""

    merge: Merge
    change: ProjectChange
    conflicts: tuple[ConflictLine, ...]


def lines(bureau: Bureau, survivor: InvestmentProject, loser: InvestmentProject) -> list[Line]:
    """Every field that either row fills."""
    return [
        Line(
            item.group,
            _LABELS.get(item.group) or LABELS[item.group],
            _words(bureau, item.survivor),
            _words(bureau, item.loser),
            item.differs,
            item.proposed,
            item.choices,
        )
        for item in differences(survivor, loser)
    ]


def merge(
    bureau: Bureau,
    survivor: str,
    loser: str,
    choices: Mapping[str, str],
    actor: str,
    seen: tuple[int, int] | None = None,
) -> int:
    """Make two rows one, in one transaction; the merge's number.

    Args:
        choices: group of fields → survivor, loser or both; the rest as proposed.
        seen: the versions of the two that the person decided on.

    Raises:
        UnknownName: a code or a choice is not known.
        NotAsSeen, StaleRow: somebody changed one of the two meanwhile; nothing was written.
    """
    mine, theirs = two_projects(bureau, survivor, loser)
    for item, version in zip((mine, theirs), seen or (), strict=False):
        if item.row_version != version:
            text = (
                f"项目“{item.project_code}”在你查看之后被人改过，没有合并。请核对新的内容再提交。"
            )
            raise NotAsSeen(text)
    joined = combine(mine, theirs, _choices(mine, theirs, choices))
    return bureau.store.merges.save(ProjectChange(joined, mine), theirs, actor)


def plan_undo(bureau: Bureau, id: int) -> UndoPlan:
    """What undoing a merge would do.

    Raises:
        UnknownName: no merge has that number.
        CannotUndo: it was undone already, or one of the two codes is not free for it.
    """
    found = bureau.store.merges.get(id)
    if found is None:
        known = [str(item.id) for item in bureau.store.merges.latest(3)]
        raise UnknownName("合并记录", str(id), known)
    now = _standing(bureau, found)
    apart, conflicts = take_apart(now, found.survivor_before, found.survivor_after)
    said = tuple(_conflict(bureau, item) for item in conflicts)
    return UndoPlan(found, ProjectChange(apart, now), said)


def undo(bureau: Bureau, id: int, actor: str, keep: bool = False) -> UndoPlan:
    """Bring both rows back as they were; later changes to other fields stay.

    Where a field that the merge set was changed again since, nothing is done unless `keep` says
    that these fields shall stay as they are now.

    Raises:
        UnknownName: no merge has that number.
        CannotUndo: see `plan_undo`; or fields are in conflict and `keep` is not given.
        StaleRow, MergeUndone: somebody was faster; nothing was written.
    """
    plan = plan_undo(bureau, id)
    if plan.conflicts and not keep:
        named = "、".join(line.label for line in plan.conflicts)
        raise CannotUndo(
            f"合并之后“{plan.merge.survivor}”的{named}又被改过，没有撤销。"
            "可以选择保留这些字段现在的内容，撤销其余部分。"
        )
    bureau.store.merges.undo(plan.merge, plan.change, actor)
    return plan


def survivors(bureau: Bureau, codes: Iterable[str]) -> dict[str, str]:
    """Of these codes, those that were merged away, and the project that each lives on in.

    Merge after merge is followed; a code whose last survivor is not in the ledger is left out.
    """
    store, found = bureau.store, dict[str, str]()
    waiting = store.merges.merged_into(codes)
    for _ in range(LONGEST_CHAIN):
        held = store.projects_by_code(set(waiting.values()))
        found |= {code: into for code, into in waiting.items() if into in held}
        lost = {code: into for code, into in waiting.items() if into not in held}
        if not lost:
            break
        further = store.merges.merged_into(set(lost.values()))
        waiting = {code: further[into] for code, into in lost.items() if into in further}
    return found


def _standing(bureau: Bureau, found: Merge) -> InvestmentProject:
    """The survivor as it is, if the merge can still be undone."""
    if found.undone_by is not None:
        raise CannotUndo(f"这次合并已由{found.undone_by}撤销。")
    held = bureau.store.projects_by_code((found.survivor, found.loser))
    if found.loser in held:
        raise CannotUndo(
            f"编号“{found.loser}”又在台账里了（多半是重新导入的），不能再恢复一份。"
            "请先核对这两行，需要的话再合并一次。"
        )
    if found.survivor not in held:
        into = bureau.store.merges.merged_into([found.survivor]).get(found.survivor)
        where = f"已并入“{into}”，请先撤销那一次合并" if into else "已不在台账里"
        raise CannotUndo(f"“{found.survivor}”{where}。")
    return held[found.survivor]


def _choices(
    survivor: InvestmentProject, loser: InvestmentProject, given: Mapping[str, str]
) -> dict[str, Choice]:
    allowed = {item.group: item.choices for item in differences(survivor, loser)}
    found = {}
    for group, word in given.items():
        if group not in GROUPS:
            raise UnknownName("合并字段", group, nearest_codes(group, GROUPS))
        if group in allowed:
            if word not in allowed[group]:
                raise UnknownName("合并选择", word, allowed[group])
            found[group] = Choice(word)
    return found


def _words(bureau: Bureau, part: Record) -> str:
    """A group of fields as a planner reads it; what repeats the first field is left out."""
    said = []
    for name, value in part.items():
        if name == "enterprise_id" or value in (None, "", [], False):
            continue
        text = LABELS[name] if name in _MARKS else in_words(bureau, name, value)
        said.append(text)
    return "，".join(dict.fromkeys(said))


def _conflict(bureau: Bureau, item: Conflict) -> ConflictLine:
    values = (in_words(bureau, item.field, v) for v in (item.before, item.merged, item.now))
    return ConflictLine(LABELS.get(item.field, item.field), *values)
