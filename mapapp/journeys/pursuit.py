"""One firm of a list: what is known of it, what a team writes down, and the project it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chains import UnknownName
from mapapp.journeys import event_entry
from mapapp.journeys.browse import get_project
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.duplicates import suspects_for
from mapapp.journeys.edit_project import series_of
from mapapp.journeys.list_making import get_list
from mapapp.journeys.target_lists import ListedRow, view_list
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.edit import apply
from mapapp.ledger.following import FollowUp
from mapapp.ledger.headers import Field
from mapapp.ledger.project import Agreement, InvestmentProject, Stage, StageEvent
from mapapp.outreach.event import Contract
from mapapp.outreach.pursuit_cells import write
from mapapp.outreach.target_list import Approach, TargetList, TargetRow, Visit
from mapapp.store import RowChange

_PLACEHOLDER = "0"
"""Stands for the project code while the other cells are read."""
_BEGUN = {
    Stage.LEAD: (Approach.CONTACTED, Approach.VISITED, Approach.CAME, Approach.TALKS),
    Stage.TALKS: (Approach.TALKS,),
}
"""The contacts that show the stages before a signature, the first one's day counting."""
_SIGN = (Field.NAME, Field.COUNTY, Field.CONTRACTED, Field.AGREEMENT, Field.SIGNED, Field.PRODUCT)


@dataclass(frozen=True, slots=True)
class FirmOnList:
    """A firm of a list with everything that a team asks of it.

    elsewhere are its rows on other lists, each with its list; project is what it became.
    """

    item: TargetList
    listed: ListedRow
    elsewhere: tuple[tuple[TargetList, TargetRow], ...]
    project: InvestmentProject | None


@dataclass(frozen=True, slots=True)
class Wrote:
    """What became of something written: problems are by the cell's title, "" for the whole."""

    saved: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    project_code: str = ""
    alike: tuple[InvestmentProject, ...] = ()


def view_row(bureau: Bureau, list: int, row: int) -> FirmOnList:
    """A firm of a list. Raises UnknownName where there is no such list or row."""
    held = _get(bureau, list, row)
    item = get_list(bureau, list)
    version = item.version if held.dropped_in is None else held.dropped_in - 1
    view = view_list(bureau, list, version)
    listed = next(one for one in view.rows if one.row.id == row)
    store = bureau.store.target_lists
    others = {one.id: one for one in store.lists()}
    code = held.project_code
    return FirmOnList(
        item,
        listed,
        tuple(
            (others[one.list], one) for one in store.rows_of_firm(held.firm) if one.id != held.id
        ),
        get_project(bureau, code) if code else None,
    )


def write_row(
    bureau: Bureau, list: int, row: int, version: int, given: Mapping[str, str], actor: str
) -> Wrote:
    """Write cells of a row, by title, and the contact that they tell of.

    Raises:
        UnknownName: there is no such list or row.
        StaleRow: somebody changed the row after it was seen in that version.
    """
    held = replace(_get(bureau, list, row), row_version=version)
    found = write(held.pursuit, given, bureau.today, held.id)
    if found.problems:
        return Wrote(problems=found.problems)
    visits = (found.visit,) if found.visit else ()
    if found.pursuit == held.pursuit and not visits:
        return Wrote()
    change = RowChange(replace(held, pursuit=found.pursuit), held, visits)
    bureau.store.target_lists.save([change], actor)
    return Wrote(saved=True)


def forget_visit(bureau: Bureau, list: int, row: int, visit: int, version: int) -> None:
    """Take back a contact that was kept by mistake; how far the firm was brought stays as it is.

    Raises:
        UnknownName: there is no such list or row.
        StaleRow: somebody took it back already.
    """
    bureau.store.target_lists.forget_visit(_get(bureau, list, row).id, visit, version)


def sign_row(
    bureau: Bureau, list: int, row: int, version: int, given: Mapping[str, str], actor: str
) -> Wrote:
    """Make a project of a firm that signed, with its contacts as the project's history.

    given, by the ledger's own titles: 项目名称, 县市区, 投资额 (亿元 unless it says otherwise),
    协议类型, 签约日期, 产品; 仍然新增 where a project that looks alike is another one.

    Raises:
        UnknownName: there is no such list or row.
        StaleRow: somebody changed the row after it was seen in that version.
    """
    held = replace(_get(bureau, list, row), row_version=version)
    if held.project_code:
        return Wrote(problems={"": f"已经转为项目 {held.project_code}"})
    item, visits = get_list(bureau, list), bureau.store.target_lists.visits_of(row)
    project, problems = _project(bureau, item, held, visits, given)
    if project is None or problems:
        return Wrote(problems=problems)
    if not given.get("anyway") and (alike := _alike(bureau, project)):
        said = "台账里有相像的项目。是同一个的请关联到它，不是的请勾选“仍然新增”"
        return Wrote(problems={"": said}, alike=alike)
    contacts = [_follow_up(visit) for visit in visits]
    code = bureau.store.target_lists.sign(
        _signed(held), project, series_of(bureau, project), contacts, actor
    )
    _tell_event(bureau, item, code, project, actor)
    return Wrote(saved=True, project_code=code)


def link_row(bureau: Bureau, list: int, row: int, version: int, code: str, actor: str) -> Wrote:
    """Say that a firm became a project which the ledger has already.

    Raises:
        UnknownName: there is no such list, row or project.
        StaleRow: somebody changed the row after it was seen in that version.
    """
    held = replace(_get(bureau, list, row), row_version=version)
    if held.project_code:
        return Wrote(problems={"": f"已经转为项目 {held.project_code}"})
    project = get_project(bureau, code.strip())
    change = _signed(held)
    linked = replace(change.row, project_code=project.project_code)
    if project.signed is None:
        linked = replace(linked, pursuit=held.pursuit)
    bureau.store.target_lists.save([replace(change, row=linked)], actor)
    return Wrote(saved=True, project_code=project.project_code)


def _get(bureau: Bureau, list: int, row: int) -> TargetRow:
    found = bureau.store.target_lists.row(row)
    if found is None or found.list != list:
        raise UnknownName("名单行", str(row), ())
    return found


def _signed(row: TargetRow) -> RowChange:
    pursuit = replace(row.pursuit, approach=Approach.SIGNED, given_up="")
    return RowChange(replace(row, pursuit=pursuit), row)


def _project(
    bureau: Bureau,
    item: TargetList,
    row: TargetRow,
    visits: Sequence[Visit],
    given: Mapping[str, str],
) -> tuple[InvestmentProject | None, dict[str, str]]:
    """The project that a row becomes, or why it cannot, by the ledger's titles."""
    cells = {cell: given.get(cell.value, "").strip() for cell in _SIGN}
    lacking = {
        cell.value: f"请填“{cell.value}”"
        for cell in (Field.NAME, Field.COUNTY, Field.SIGNED)
        if not cells[cell]
    }
    if amount := cells[Field.CONTRACTED]:
        plain = amount.replace(",", "").replace(".", "", 1)
        cells[Field.CONTRACTED] = f"{amount}亿元" if plain.isdigit() else amount
    cells |= {
        Field.CODE: _PLACEHOLDER,
        Field.ENTERPRISE: row.firm,
        Field.CHAIN: _name_of_chain(bureau, row),
        Field.LINK: row.link,
        Field.OFFICE: item.office,
        Field.BROUGHT_BY: _event_name(bureau, item),
    }
    filled = {cell: text for cell, text in cells.items() if text}
    read = apply(InvestmentProject(_PLACEHOLDER, ""), {}, filled, CityVocabulary(bureau))
    problems = {cell.value: said for cell, said in read.problems.items()} | lacking
    if problems:
        return None, problems
    return _with_history(read.project, item, visits, bureau.today), {}


def _with_history(
    project: InvestmentProject, item: TargetList, visits: Sequence[Visit], today: date
) -> InvestmentProject:
    """The project with the stages before its signature, as its contacts show them."""
    steps = [*project.events]
    for stage, shown_by in _BEGUN.items():
        first = next((visit for visit in visits if visit.approach in shown_by), None)
        if first:
            note = f"名单“{item.title}”：{first.approach}"
            steps.append(StageEvent(stage, PartialDate(first.on), note=note))
    return replace(
        project,
        events=tuple(sorted(steps, key=lambda event: event.place)),
        last_confirmed=PartialDate(today),
    )


def _name_of_chain(bureau: Bureau, row: TargetRow) -> str:
    known = bureau.catalogue.chains.get(row.chain)
    return known.name if known else ""


def _event_name(bureau: Bureau, item: TargetList) -> str:
    """What the ledger calls the event that a list was made for."""
    event = bureau.store.events.find(item.event) if item.event else None
    return event.name if event else item.event


def _tell_event(
    bureau: Bureau, item: TargetList, code: str, project: InvestmentProject, actor: str
) -> None:
    """Write the contract down at the event that the list was made for, if it is one we know."""
    event = bureau.store.events.find(item.event) if item.event else None
    if event is None:
        return
    framework = project.agreement is Agreement.FRAMEWORK
    contract = Contract.FRAMEWORK if framework else Contract.INVESTMENT
    event_entry.sign(
        bureau, event.id, event.row_version, {"project": code, "contract": contract.value}, actor
    )


def _alike(bureau: Bureau, project: InvestmentProject) -> tuple[InvestmentProject, ...]:
    [found] = suspects_for(bureau, [project])
    return tuple(one.project for one in found)


def _follow_up(visit: Visit) -> FollowUp:
    """A contact of the list as one with the project that it led to."""
    met = f"（对方：{visit.met}）" if visit.met else ""
    said = f"{visit.approach}{met}：{visit.said}" if visit.said else f"{visit.approach}{met}"
    return FollowUp(_PLACEHOLDER, visit.on, visit.by, said)
