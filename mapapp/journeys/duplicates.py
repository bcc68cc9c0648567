"""疑似重复: find rows that may be one project; remember what people decide about them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gazette import gazette_of
from mapapp.ledger.blocking import Blocks
from mapapp.ledger.matching import THRESHOLD, Profile, profile, score
from mapapp.ledger.names import Gazette
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.reasons import Match, explain
from mapapp.store import Store
from mapapp.store.duplicates import Decision, Pair, SuspectedPair

AT_ONCE = 2_000
"""Changed projects that are compared while a page waits; more wait for the button."""
_BATCH = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A project of the ledger that a row may mean, with the reasons."""

    project: InvestmentProject
    match: Match

    @property
    def sentence(self) -> str:
        """可能就是 P048 …, for a row's message."""
        code, name = self.project.project_code, self.project.name
        return f"{self.match.word}就是 {code}“{name}”（{self.match.sentence}）"


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two projects to be decided on."""

    first: InvestmentProject
    second: InvestmentProject
    match: Match


@dataclass(frozen=True, slots=True)
class SuspectList:
    """A page of pairs; unmatched projects were changed since they were last compared."""

    shown: tuple[OpenPair, ...]
    total: int
    unmatched: int


class _Index:
    """The ledger ready for matching: kept in memory, brought up to date by the rows' versions."""

    def __init__(self, gazette: Gazette) -> None:
        self.lock = threading.Lock()
        self.gazette = gazette
        self.blocks = Blocks()
        self._versions: dict[str, int] = {}

    def refresh(self, store: Store) -> dict[str, int]:
        """Read what changed since; every project's version."""
        held = store.duplicates.versions()
        for code in self._versions.keys() - held.keys():
            self.blocks.remove(code)
            del self._versions[code]
        news = [code for code, version in held.items() if self._versions.get(code) != version]
        if news:
            everything = len(news) * 2 > len(held)
            for item in store.duplicates.outlines(None if everything else news):
                self.blocks.add(profile(item, self.gazette))
                self._versions[item.project_code] = item.row_version
        return held

    def profile(self, project: InvestmentProject) -> Profile:
        return profile(project, self.gazette)


_INDEXES: WeakKeyDictionary[Store, _Index] = WeakKeyDictionary()
_INDEXES_LOCK = threading.Lock()


def suspects_for(
    bureau: Bureau, projects: Sequence[InvestmentProject]
) -> list[tuple[Suspicion, ...]]:
    """For each project (a row of a file, with or without a code) what it may be in the ledger.

    The likeliest first. A project is never its own suspect, nor one it was said to differ from.
    """
    index = _index(bureau)
    decided = {(d.first, d.second) for d in bureau.store.duplicates.decisions()}
    with index.lock:
        index.refresh(bureau.store)
        rows = [index.profile(item) for item in projects]
        found = [
            [
                (other, explain(row, other))
                for other, _ in index.blocks.suspects(row)
                if pair_of(row.code, other.code) not in decided
            ]
            for row in rows
        ]
    codes = {other.code for some in found for other, _ in some}
    held = bureau.store.projects_by_code(codes)
    return [_suspicions(some, held) for some in found]


def _suspicions(
    found: Iterable[tuple[Profile, Match]], held: dict[str, InvestmentProject]
) -> tuple[Suspicion, ...]:
    known = [Suspicion(held[other.code], match) for other, match in found if other.code in held]
    return tuple(sorted(known, key=lambda one: (-one.match.score, one.project.project_code)))


def find(bureau: Bureau, most: int | None = None, progress: Progress | None = None) -> int:
    """Compare the projects that are new or changed with the ledger; how many are left undone.

    With `most`, nothing is done where more than that wait.
    """
    index, store = _index(bureau), bureau.store.duplicates
    with index.lock:
        held, matched = store.versions(), store.matched()
        waiting = [code for code, version in held.items() if matched.get(code) != version]
        gone = list(matched.keys() - held.keys())
        if most is not None and len(waiting) > most:
            return len(waiting)
        if not waiting and not gone:
            return 0
        held = index.refresh(bureau.store)
        waiting = [code for code in waiting if code in index.blocks]
        for start in range(0, max(1, len(waiting)), _BATCH):
            some = waiting[start : start + _BATCH]
            pairs = _compare(index, some, store.known_with(some))
            store.record({code: held[code] for code in some}, gone if not start else (), pairs)
            if progress:
                progress(min(start + _BATCH, len(waiting)), len(waiting))
    return 0


def _compare(index: _Index, codes: Sequence[str], known: Iterable[Pair]) -> list[SuspectedPair]:
    """The suspects of some projects.

    Recording them forgets the pairs they had, and a pair is not always found from both its ends:
    those known are judged anew.
    """
    blocks = index.blocks
    found = {
        (a, b): likely
        for a, b in known
        if a in blocks and b in blocks
        if (likely := score(blocks.get(a), blocks.get(b))) >= THRESHOLD
    }
    for code in codes:
        for other, likely in blocks.suspects(blocks.get(code)):
            found[pair_of(code, other.code)] = likely
    return [SuspectedPair(*pair, likely) for pair, likely in found.items()]


def list_suspects(bureau: Bureau, start: int = 0, count: int = 20) -> SuspectList:
    """The pairs to be decided, the likeliest first."""
    unmatched = find(bureau, AT_ONCE)
    store = bureau.store.duplicates
    pairs = store.suspects(start, count)
    held = bureau.store.projects_by_code(code for p in pairs for code in (p.first, p.second))
    shown = tuple(
        compare(bureau, held[p.first], held[p.second])
        for p in pairs
        if p.first in held and p.second in held
    )
    return SuspectList(shown, store.suspect_count(), unmatched)


def compare(bureau: Bureau, first: InvestmentProject, second: InvestmentProject) -> OpenPair:
    """Two projects side by side, with what speaks for and against their being one."""
    index = _index(bureau)
    return OpenPair(first, second, explain(index.profile(first), index.profile(second)))


def two_projects(
    bureau: Bureau, first: str, second: str
) -> tuple[InvestmentProject, InvestmentProject]:
    """The projects of two codes.

    Raises:
        UnknownName: one of them is not there, or both are the same.
    """
    held = bureau.store.projects_by_code((first, second))
    for code in (first, second):
        if code not in held:
            raise UnknownName("项目", code, tuple(held))
    if first == second:
        raise UnknownName("另一个项目", second, ())
    return held[first], held[second]


def say_different(bureau: Bureau, first: str, second: str, actor: str) -> None:
    """Remember that two projects are not the same; the pair is never offered again.

    Raises:
        UnknownName: one of them is not there.
    """
    two_projects(bureau, first, second)
    bureau.store.duplicates.decide(pair_of(first, second), actor)


def withdraw(bureau: Bureau, first: str, second: str) -> None:
    """Forget that two projects were said to be different."""
    bureau.store.duplicates.withdraw(pair_of(first, second))


def decisions(bureau: Bureau) -> list[tuple[Decision, str, str]]:
    """What was said to be different, newest first, with the names as far as they are there."""
    found = bureau.store.duplicates.decisions()
    held = bureau.store.projects_by_code(code for d in found for code in (d.first, d.second))
    names = {code: item.name for code, item in held.items()}
    return [(d, names.get(d.first, ""), names.get(d.second, "")) for d in found]


def pair_of(a: str, b: str) -> Pair:
    """Two codes as a pair is kept: the lesser first."""
    return (a, b) if a <= b else (b, a)


def _index(bureau: Bureau) -> _Index:
    with _INDEXES_LOCK:
        if bureau.store not in _INDEXES:
            _INDEXES[bureau.store] = _Index(gazette_of(bureau))
        return _INDEXES[bureau.store]
