"""Write a project by hand: new, or changed, with nobody's change lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mapapp.journeys.browse import get_project
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.ledger_cells import cells_of
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.edit import EDITABLE, apply
from mapapp.ledger.headers import Field
from mapapp.ledger.project import InvestmentProject
from mapapp.ledger.project_codes import CodeSeries
from mapapp.ledger.record import from_record, to_record
from mapapp.store import CodeSpent, LedgerChange, ProjectChange, StaleRow

_ATTEMPTS = 5
_PLACEHOLDER = "0"
"""Stands for the code while a new project's other cells are read."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that two people see differently: as it was, as the other left it, as I want it.

    mine is None where only the other one changed the cell.
    """

    field: Field
    base: str
    theirs: str
    mine: str | None

    @property
    def both(self) -> bool:
        """Whether a choice is to be made."""
        return self.mine is not None and self.mine != self.theirs


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was first: who, when, and every cell concerned. Nothing was written."""

    by: str
    at: datetime | None
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. project is as the ledger now has it; saved says whether it changed.

    problems: why cells cannot stand, by field. remarks: how cells were read.
    """

    project: InvestmentProject | None
    saved: bool = False
    problems: Mapping[Field, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    conflict: Conflict | None = None


def edit(
    bureau: Bureau, code: str, version: int, given: Mapping[Field, str], actor: str
) -> Outcome:
    """Change cells of a project that was seen in a version.

    Raises:
        UnknownName: there is no such project; names the nearest codes.
    """
    for _ in range(_ATTEMPTS):
        now = get_project(bureau, code)
        if now.row_version != version:
            now, since = _changes_since(bureau, code, version)
            return Outcome(now, conflict=_conflict(bureau, now, since, given))
        edited = apply(now, cells_of(bureau, now), given, CityVocabulary(bureau))
        if edited.problems:
            return Outcome(now, problems=edited.problems)
        if edited.project == now:
            return Outcome(now, remarks=edited.remarks)
        try:
            bureau.store.save_by_hand(ProjectChange(edited.project, now), actor)
        except StaleRow:
            continue  # the next look finds what the other one wrote
        return Outcome(get_project(bureau, code), True, remarks=edited.remarks)
    raise StaleRow("project", code, version, None)


def create(bureau: Bureau, given: Mapping[Field, str], actor: str) -> Outcome:
    """Add a project; where no code is given, the next one by the city's rule is issued."""
    own = given.get(Field.CODE, "").strip()
    cells = {**given, Field.CODE: own or _PLACEHOLDER}
    edited = apply(InvestmentProject(cells[Field.CODE], ""), {}, cells, CityVocabulary(bureau))
    if edited.problems:
        return Outcome(None, problems=edited.problems)
    series = None if own else series_of(bureau, edited.project)
    try:
        code = bureau.store.create(edited.project, series, actor)
    except CodeSpent as spent:
        return Outcome(None, problems={Field.CODE: str(spent)})
    except StaleRow:
        taken = f"项目编号 {own} 已经有了，请换一个，或留空由系统编号"
        return Outcome(None, problems={Field.CODE: taken})
    return Outcome(get_project(bureau, code), True, remarks=edited.remarks)


def next_code(bureau: Bureau, county: str | None, zone: str | None) -> str:
    """The code that a new project of a place would be issued now; somebody may be faster."""
    blank = InvestmentProject(_PLACEHOLDER, "", county=county, zone=zone)
    return bureau.store.next_code(series_of(bureau, blank))


def series_of(bureau: Bureau, project: InvestmentProject) -> CodeSeries:
    """The series that a new project's code is of, by the city's rule."""
    rule, year = bureau.city.code_rule, bureau.today.year
    return rule.series(project.county, project.zone, project.chain, year)


def _changes_since(
    bureau: Bureau, code: str, version: int
) -> tuple[InvestmentProject, Sequence[LedgerChange]]:
    """The project, and its changes after a version: both of one moment, while others write on."""
    while True:
        now = get_project(bureau, code)
        lines = bureau.store.history("project", code)
        if get_project(bureau, code).row_version == now.row_version:
            return now, lines[len(lines) - max(now.row_version - version, 0) :]


def _conflict(
    bureau: Bureau,
    now: InvestmentProject,
    since: Sequence[LedgerChange],
    given: Mapping[Field, str],
) -> Conflict:
    before = cells_of(bureau, _as_it_was(now, since))
    theirs = cells_of(bureau, now)
    fields = [f for f in EDITABLE if before.get(f) != theirs.get(f) or f in given]
    clashes = [
        Clash(f, before.get(f, ""), theirs.get(f, ""), given[f].strip() if f in given else None)
        for f in fields
    ]
    last = since[-1] if since else None
    names = dict.fromkeys(line.changed_by for line in since)
    return Conflict(
        "、".join(names) or "别人",
        last.changed_at if last else None,
        tuple(c for c in clashes if c.base != c.theirs or c.both),
    )


def _as_it_was(now: InvestmentProject, since: Sequence[LedgerChange]) -> InvestmentProject:
    """The project before the changes, taken back one by one."""
    record = to_record(now)
    for line in reversed(since):
        record |= line.old or {}
    return from_record(record)
