"""Eight people at once, 200 edits each: applied or refused with the reason, and none lost."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.edit_project import Conflict, edit
from mapapp.ledger.headers import Field
from mapapp.ledger.project import InvestmentProject
from mapapp.store import Sample, Store

WRITERS, EDITS, PROJECTS = 8, 200, 12


@dataclass
class Told:
    """What a writer was told of each edit."""

    applied: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str, Conflict]] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)


def write(bureau: Bureau, writer: int, told: Told) -> None:
    """EDITS words into projects, every third on what was seen of them a while ago."""
    chance, seen = random.Random(writer), dict.fromkeys(_codes(), 1)
    for number in range(EDITS):
        code, word = chance.choice(_codes()), f"{writer}-{number}"
        try:
            if number % 3:
                now = bureau.store.project(code)
                assert now is not None
                seen[code] = now.row_version
            given = {Field.NOTE: word, Field.LEADER: f"写者{writer}"}
            outcome = edit(bureau, code, seen[code], given, f"写者{writer}")
        except BaseException as error:  # a thread's own errors would vanish with it
            told.failed.append(error)
            continue
        if outcome.conflict:
            told.refused.append((code, word, outcome.conflict))
        elif outcome.saved:
            told.applied.append((code, word))


def _codes() -> list[str]:
    return [f"P{n}" for n in range(PROJECTS)]


@pytest.mark.killing
def test_applied_or_refused_with_the_reason_and_none_lost(bureau: Bureau, tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'ledger.db'}", bureau.city.code)
    own = replace(bureau, store=store)
    store.load_sample(
        Sample([InvestmentProject(c, "项目", county="420302") for c in _codes()]), "t"
    )
    told = [Told() for _ in range(WRITERS)]
    threads = [threading.Thread(target=write, args=(own, n, told[n])) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not [error for one in told for error in one.failed]
    applied = [edit for one in told for edit in one.applied]
    refused = [edit for one in told for edit in one.refused]
    assert len(applied) + len(refused) == WRITERS * EDITS
    assert len(applied) > WRITERS * EDITS / 4
    assert refused
    for _, word, conflict in refused:
        note = next(clash for clash in conflict.clashes if clash.field is Field.NOTE)
        assert conflict.by.startswith("写者")
        assert (note.mine, note.both) == (word, True)
    _agree(store, applied, {word for _, word, _ in refused})
    store.close()


def _agree(store: Store, applied: list[tuple[str, str]], refused: set[str]) -> None:
    """Every applied edit is one line of history, in one chain that ends in what the ledger says."""
    kept: Counter[tuple[str, str]] = Counter()
    for code in _codes():
        lines = [line for line in store.history("project", code) if line.old is not None]
        notes = [str(line.new["note"]) for line in lines]
        kept.update((code, note) for note in notes)
        for earlier, later in pairwise(lines):
            assert later.old is not None
            assert later.old["note"] == earlier.new["note"]
        project = store.project(code)
        assert project is not None
        assert project.row_version == 1 + len(lines)
        assert project.note == (notes[-1] if notes else "")
        assert project.leader == (f"写者{notes[-1].split('-')[0]}" if notes else "")
    assert kept == Counter(applied)
    assert not refused & {note for _, note in kept}
