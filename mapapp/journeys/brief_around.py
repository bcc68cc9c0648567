"""What a firm of a brief would find here: local firms around its links, counties, projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mapapp.journeys.brief import LEDGER, CountyOffer, FilledLink, Said, said
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.editions import OPEN_STAGES
from mapapp.journeys.partners import Partner
from mapapp.journeys.presence import activities
from mapapp.journeys.project_facts import all_facts
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.ledger.site import Site
from mapapp.store import LinkedProject

COUNTIES, SITES, COMPARED = 3, 2, 3
"""As many counties, sites of each and projects stand in a brief."""

SITES_OF = "本市载体台账"


def links_around(filled: Sequence[FilledLink]) -> set[str]:
    """The links themselves and their neighbours with local firms."""
    own = {link.link for link in filled}
    return own | {p.link for f in filled for p in (*f.around.customers, *f.around.suppliers)}


def local_firms(bureau: Bureau, found: Sequence[Partner]) -> tuple[Said, ...]:
    """Local firms by name and link, each once, with county and source."""
    where, sources = _places(bureau), _sources(bureau)
    of_firm: defaultdict[str, list[str]] = defaultdict(list)
    for partner in found:
        if partner.link not in of_firm[partner.firm]:
            of_firm[partner.firm].append(partner.link)
    return tuple(
        Said(
            f"{firm}（{'、'.join(links)}，{bureau.county_name(where.get(firm))}）",
            sources.get(firm, LEDGER),
        )
        for firm, links in of_firm.items()
    )


def _places(bureau: Bureau) -> dict[str, str | None]:
    """The county of each local source, as the newest statement of it says."""
    return bureau.remember(
        "counties of sources",
        lambda: {item.source: item.county for item in activities(bureau) if item.county},
    )


def _sources(bureau: Bureau) -> dict[str, str]:
    def read() -> dict[str, str]:
        return {firm.name: said(firm.provenance) or LEDGER for firm in bureau.store.enterprises()}

    return bureau.remember("sources of enterprises", read)


def county_offers(
    bureau: Bureau, filled: Sequence[FilledLink], near: set[str]
) -> Iterable[CountyOffer]:
    """The counties with most of its neighbours first, then those with most projects near it."""
    around: defaultdict[str, dict[str, None]] = defaultdict(dict)
    where = _places(bureau)
    for link in filled:
        for partner in (*link.around.customers, *link.around.suppliers):
            if county := where.get(partner.firm):
                around[county][partner.firm] = None
    projects: defaultdict[str, list[LinkedProject]] = defaultdict(list)
    for project in _projects(bureau):
        if project.county and near.intersection(project.links):
            projects[project.county].append(project)
    sites: defaultdict[str, list[Site]] = defaultdict(list)
    for site in bureau.store.sites.all():
        if site.county:
            sites[site.county].append(site)
    counties = sorted(
        {*around, *projects},
        key=lambda code: (-len(around[code]), -len(projects[code]), -len(sites[code]), code),
    )
    for code in counties[:COUNTIES]:
        zones = [zone.name for zone in bureau.city.zones if zone.host == code]
        offered = [_site(site) for site in sites[code][:SITES]]
        yield CountyOffer(
            bureau.county_name(code),
            tuple(around[code]),
            tuple(zones),
            tuple(offered),
            len(projects[code]),
            sum(project.stage in OPEN_STAGES for project in projects[code]),
        )


def _site(site: Site) -> Said:
    parts = [site.kind.value, site.name]
    if site.area:
        parts.append(str(site.area))
    if site.available_from or site.available_text:
        parts.append(f"{site.available_from or site.available_text}可用")
    return Said("，".join(parts), said(site.provenance) or SITES_OF)


def _projects(bureau: Bureau) -> list[LinkedProject]:
    """The projects that stand on a link, those that ended aside."""

    def read() -> list[LinkedProject]:
        found = bureau.store.linked_projects(bureau.today)
        return [project for project in found if project.stage is not Stage.ENDED]

    return bureau.remember("projects on links", read)


def comparable_projects(
    bureau: Bureau, filled: Sequence[FilledLink], near: set[str]
) -> list[InvestmentProject]:
    """Projects on these links, then on their neighbours; the furthest and largest first."""
    own = {link.link for link in filled}
    amounts = _amounts(bureau)

    def place(project: LinkedProject) -> tuple[bool, int, Decimal, str]:
        return (
            not own.intersection(project.links),
            -(project.stage.order if project.stage else -1),
            -amounts.get(project.project_code, Decimal(0)),
            project.project_code,
        )

    around = [project for project in _projects(bureau) if near.intersection(project.links)]
    codes = [project.project_code for project in sorted(around, key=place)[:COMPARED]]
    held = bureau.store.projects_by_code(codes)
    return [held[code] for code in codes if code in held]


def _amounts(bureau: Bureau) -> dict[str, Decimal]:
    """What each project of the ledger is contracted for, in 万元."""

    def read() -> dict[str, Decimal]:
        return {
            item.project_code: item.contracted.wan
            for item in all_facts(bureau)
            if item.contracted and item.contracted.currency == "CNY"
        }

    return bureau.remember("contracted amounts", read)
