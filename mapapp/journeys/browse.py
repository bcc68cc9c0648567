"""Open the ledger: a project, the enterprises, the published figures behind every number."""

from collections.abc import Iterable
from dataclasses import replace

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.ledger.project import InvestmentProject, LocalEnterprise, ReportedFigure
from mapapp.store import Order, ProjectFilter


def get_project(bureau: Bureau, code: str) -> InvestmentProject:
    """The project of that code.

    Raises:
        UnknownName: there is none; names the nearest codes.
    """
    if found := bureau.store.project(code):
        return found
    if into := bureau.store.merges.merged_into([code]).get(code):
        raise UnknownName("项目", code, [into])
    raise UnknownName("项目", code, nearest_codes(code, bureau.store.codes()))


def list_enterprises(
    bureau: Bureau, selection: Selection, *, text: str = ""
) -> list[LocalEnterprise]:
    """The enterprises of the selected place, chain and link; stage and period say nothing here."""
    return [
        item
        for item in bureau.store.enterprises()
        if is_in(selection, item) and text.lower() in _searched(item)
    ]


def is_in(selection: Selection, firm: LocalEnterprise) -> bool:
    """Whether an enterprise is in the selected place, chain and link."""
    chain = None if selection.chain == OTHER_CHAIN else selection.chain
    return (
        (not selection.county or firm.county == selection.county)
        and (not selection.zone or firm.zone == selection.zone.name)
        and (not selection.unassigned or firm.county is None)
        and (not selection.chain or firm.chain == chain)
        and (not selection.link or selection.link in firm.links)
    )


def _searched(firm: LocalEnterprise) -> str:
    return "\n".join((firm.id, firm.name, *firm.aliases, firm.product, firm.group)).lower()


def get_enterprise(bureau: Bureau, id: str) -> LocalEnterprise:
    """The enterprise of that id.

    Raises:
        UnknownName: there is none; names the nearest ids.
    """
    if found := bureau.store.enterprise(id):
        return found
    raise UnknownName("企业", id, nearest_codes(id, (e.id for e in bureau.store.enterprises())))


def projects_of(bureau: Bureau, firm: LocalEnterprise) -> list[InvestmentProject]:
    """The projects that an enterprise carries."""
    return bureau.store.projects(ProjectFilter(enterprise_id=firm.id))


def projects_by_code(bureau: Bureau, codes: Iterable[str]) -> list[InvestmentProject]:
    """The projects of these codes, in their order, as far as they are there."""
    wanted = list(codes)
    found = bureau.store.projects_by_code(wanted)
    return [found[code] for code in wanted if code in found]


def find_projects(
    bureau: Bureau, selection: Selection, text: str, most: int
) -> list[InvestmentProject]:
    """The first projects of a selection that a text is found in, those called so first."""
    query = replace(selection.filter(bureau.today), text=text)
    found = bureau.store.window(query, Order(), 0, 5 * most)
    wanted = text.casefold()

    def place(item: InvestmentProject) -> tuple[bool, bool]:
        name = item.name.casefold()
        return not name.startswith(wanted), wanted not in name

    return sorted(found, key=place)[:most]


def list_figures(bureau: Bureau, *, text: str = "") -> list[ReportedFigure]:
    """The published figures, newest period first; text is looked for in every field."""
    found = [f for f in bureau.store.reported_figures() if text.lower() in _figure_text(f)]
    return sorted(found, key=lambda f: (f.period[:4].isdigit(), f.period), reverse=True)


def _figure_text(figure: ReportedFigure) -> str:
    own = (figure.id, figure.period, figure.indicator, figure.breakdown, figure.value, figure.note)
    return "\n".join(own).lower()


def nearest_codes(code: str, known: Iterable[str], n: int = 3) -> list[str]:
    """The codes that share the longest beginning with `code`, then those of a similar length."""

    def distance(other: str) -> tuple[int, int, str]:
        shared = 0
        for mine, theirs in zip(code, other, strict=False):
            if mine.casefold() != theirs.casefold():
                break
            shared += 1
        return (-shared, abs(len(other) - len(code)), other)

    return sorted(known, key=distance)[:n]
