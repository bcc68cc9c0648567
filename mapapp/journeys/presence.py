"""What a city has on each link: local enterprises and ledger projects as chain activities."""

from collections.abc import Iterable, Iterator, Sequence

from chains import OPERATING, Activity, verified
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import LocalEnterprise, Stage
from mapapp.store import LinkedProject

CATALOGUED = "名录:"
"""How the id of an activity begins that only the catalogue of enterprises knows."""


def activities(bureau: Bureau) -> tuple[Activity, ...]:
    """Every tagged enterprise and project of the city; a firm and its own projects share a source.

    A project whose carrying enterprise is not on record is a source of its own, under the name of
    the enterprise in the ledger, so that two projects of one firm still count as one source.
    Enterprises of the catalogue with their head office here are here too, recorded or not.
    """
    return bureau.remember("activities", lambda: _activities(bureau))


def _activities(bureau: Bureau) -> tuple[Activity, ...]:
    enterprises = bureau.store.enterprises()
    found = (
        *(_of_enterprise(item) for item in enterprises if item.links),
        *_of_catalogue(bureau, enterprises),
        *(_of_project(item) for item in bureau.store.linked_projects(bureau.today)),
    )
    return tuple(verified(found, bureau.today, bureau.weights))


def _of_catalogue(bureau: Bureau, recorded: Sequence[LocalEnterprise]) -> Iterator[Activity]:
    """What the catalogue knows of firms with their head office here, and the record does not say.

    A base elsewhere is no evidence here: the catalogue does not say what a base makes.
    """
    for firm in bureau.catalogue.enterprises:
        if firm.delisted or not bureau.is_local(firm.city):
            continue
        names = {firm.name, firm.full_name, *firm.former_names} - {""}
        same = next((f for f in recorded if names & {f.name, f.group, *f.aliases}), None)
        if same and (same.defunct or same.is_park):
            continue
        links = [link for link in firm.products if same is None or link not in same.links]
        if links:
            yield Activity(
                id=f"{CATALOGUED}{firm.name}",
                name=f"{same.name if same else firm.name}（总部在本地，据企业名录）",
                source=same.name if same else firm.name,
                stage=OPERATING,
                shares=_equal_shares(links),
                county=same.county if same else bureau.county_of(firm.city),
            )


def _of_enterprise(firm: LocalEnterprise) -> Activity:
    return Activity(
        id=firm.id,
        name=firm.name,
        source=firm.name,
        stage=OPERATING,
        shares=_equal_shares(firm.links),
        output=float(firm.output.wan) if firm.output else None,
        county=firm.county,
        not_counted="历史主体，已停" if firm.defunct else "园区，不是企业" if firm.is_park else "",
        confirmed=firm.last_confirmed.last if firm.last_confirmed else None,
    )


def _of_project(project: LinkedProject) -> Activity:
    output = project.expected_output
    return Activity(
        id=project.project_code,
        name=project.name,
        source=project.carrier or project.enterprise or project.name,
        stage=project.stage.value if project.stage else "",
        shares=_equal_shares(project.links),
        output=float(output.wan) if output else None,
        county=project.county,
        not_counted=_why_not_counted(project),
    )


def _why_not_counted(project: LinkedProject) -> str:
    if project.is_park:
        return "园区，不是企业"
    if project.stage is Stage.ENDED:
        return "已终止"
    if project.unconfirmed:
        last = project.last_confirmed
        return f"待核实：{project.stage}之后，{last} 起无新消息" if last else "待核实：没有消息日期"
    return "" if project.stage else "阶段未明"


def _equal_shares(links: Iterable[str]) -> dict[str, float]:
    """Equal parts: no source of the sample says how a firm's output divides."""
    names = list(links)
    return {name: 1 / len(names) for name in names}
