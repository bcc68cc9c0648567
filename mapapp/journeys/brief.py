"""简报: what a team knows of a firm before it goes there. Every sentence is a stored fact with
its source; what nobody wrote down stays blank, and becomes a question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chains import Enterprise, Gate, GateKind, Remedy, Status, Target
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.partners import Partner, Partners, partners
from mapapp.journeys.presence import activities
from mapapp.journeys.project_facts import all_facts
from mapapp.journeys.targets import rank_targets
from mapapp.ledger.project import InvestmentProject, Provenance, Stage
from mapapp.ledger.site import Site
from mapapp.store import LinkedProject

NEIGHBOURS, COUNTIES, SITES, COMPARED = 6, 3, 2, 3
_ASKS = {
    "规模": "企业现在的产能、年营收和员工人数是多少？",
    "扩产迹象": "近两年有没有扩产打算，选址看重什么、什么时候定？",
    "距离": "现有的生产基地在哪里，主要供给哪些客户？",
}
"""What to ask where a part of the score has no data; other parts are asked for by name."""
_BOUND = {
    GateKind.WATER: "排什么、排多少，能不能不新增或置换？",
    GateKind.CHEMICAL_PARK: "工艺要不要进化工园区？",
    GateKind.ENERGY: "一年用多少能，能耗指标从哪里来？",
    GateKind.LAND: "要多少亩地，对地形、承重有什么要求？",
}
"""What to ask where a link is bound here."""
LEDGER = "本市台账"


@dataclass(frozen=True, slots=True)
class Said:
    """A stored statement and where it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FilledLink:
    """A link of ours that the firm would fill. gates are what it is bound by here."""

    link: str
    chain: str
    chain_name: str
    status: Status
    remedy: Remedy | None
    criticality: float
    product: str
    gates: tuple[Gate, ...]
    banned: bool
    around: Partners


@dataclass(frozen=True, slots=True)
class CountyOffer:
    """What the firm would find in a county: neighbours on its chain, zones, 载体, projects."""

    name: str
    partners: tuple[str, ...]
    zones: tuple[str, ...]
    sites: tuple[Said, ...]
    projects: int


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask, and what in the record makes it a question."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One firm on one page. pursuit is what the team knows: for internal eyes only."""

    firm: str
    facts: tuple[tuple[str, Said], ...]
    links: tuple[FilledLink, ...]
    customers: tuple[Said, ...]
    suppliers: tuple[Said, ...]
    counties: tuple[CountyOffer, ...]
    comparable: tuple[InvestmentProject, ...]
    questions: tuple[Question, ...]
    pursuit: tuple[tuple[str, str], ...] = ()


def brief_of(
    bureau: Bureau,
    firm: str,
    links: Sequence[tuple[str, str]],
    pursuit: Sequence[tuple[str, str]] = (),
) -> Brief:
    """What is known of a firm for links of ours, given as (chain id, link name).

    Raises:
        UnknownName: there is no such chain or link.
    """
    known = _enterprises(bureau).get(firm)
    filled = sorted(
        (_filled(bureau, chain, link, known) for chain, link in links),
        key=lambda link: -link.criticality,
    )
    near = _near(filled)
    return Brief(
        firm=firm,
        facts=tuple(_facts(bureau, firm, known)),
        links=tuple(filled),
        customers=_said(bureau, [p for link in filled for p in link.around.customers]),
        suppliers=_said(bureau, [p for link in filled for p in link.around.suppliers]),
        counties=tuple(_counties(bureau, filled, near)),
        comparable=tuple(_comparable(bureau, filled, near)),
        questions=tuple(_questions(bureau, known, filled)),
        pursuit=tuple((label, text) for label, text in pursuit if text),
    )


def _enterprises(bureau: Bureau) -> dict[str, Enterprise]:
    return bureau.remember(
        "catalogue by name", lambda: {firm.name: firm for firm in bureau.catalogue.enterprises}
    )


def _facts(bureau: Bureau, name: str, firm: Enterprise | None) -> Iterable[tuple[str, Said]]:
    """Who they are; a label without a text is left blank on the page."""
    source = firm.source.says() if firm and firm.source else ""
    divisions = bureau.gazetteer.divisions
    yield "全称", Said(firm.full_name if firm else name, source)
    yield "曾用名", Said("、".join(firm.former_names) if firm else "", source)
    yield "股票代码", Said(firm.stock_code if firm else "", source)
    yield "总部", Said(divisions.full_name(firm.city) if firm else "", source)
    bases = [divisions.full_name(code) for code in firm.bases] if firm else []
    yield "其他基地", Said("、".join(bases), source)
    revenue = firm.revenue if firm else None
    yield (
        "营收",
        Said(
            f"{revenue.year} 年 {revenue.amount / 10_000:,.2f} 亿元" if revenue else "",
            revenue.source if revenue else "",
        ),
    )
    signs = firm.expansion if firm else ()
    yield (
        "扩产迹象",
        Said(
            "；".join(f"{sign.text}（{sign.date}）" for sign in signs),
            "；".join(dict.fromkeys(sign.source for sign in signs)),
        ),
    )
    yield "备注", Said(firm.note if firm else "", source)


def _filled(bureau: Bureau, chain: str, link: str, firm: Enterprise | None) -> FilledLink:
    found = bureau.catalogue.chain(chain)
    name = found.link(link).name
    here = next(item for item in assess_chain(bureau, found) if item.link == name)
    return FilledLink(
        link=name,
        chain=found.id,
        chain_name=found.name,
        status=here.status,
        remedy=here.remedy,
        criticality=here.criticality,
        product=firm.products.get(name, "") if firm else "",
        gates=here.gates,
        banned=here.banned,
        around=partners(bureau, found.id, name),
    )


def _near(filled: Sequence[FilledLink]) -> set[str]:
    """The links themselves and their neighbours with local firms."""
    own = {link.link for link in filled}
    return own | {p.link for f in filled for p in (*f.around.customers, *f.around.suppliers)}


def _said(bureau: Bureau, found: Sequence[Partner]) -> tuple[Said, ...]:
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


def said(provenance: Provenance | None) -> str:
    """A source as a paper names it."""
    if provenance is None or not provenance.text:
        return ""
    return f"{provenance.text}，{provenance.date}" if provenance.date else provenance.text


def _counties(
    bureau: Bureau, filled: Sequence[FilledLink], near: set[str]
) -> Iterable[CountyOffer]:
    """The counties with most of its neighbours first, then those with most projects near it."""
    around: defaultdict[str, dict[str, None]] = defaultdict(dict)
    where = _places(bureau)
    for link in filled:
        for partner in (*link.around.customers, *link.around.suppliers):
            if county := where.get(partner.firm):
                around[county][partner.firm] = None
    projects: defaultdict[str, int] = defaultdict(int)
    for project in _projects(bureau):
        if project.county and near.intersection(project.links):
            projects[project.county] += 1
    sites: defaultdict[str, list[Site]] = defaultdict(list)
    for site in bureau.store.sites.all():
        if site.county:
            sites[site.county].append(site)
    counties = sorted(
        {*around, *projects},
        key=lambda code: (-len(around[code]), -projects[code], -len(sites[code]), code),
    )
    for code in counties[:COUNTIES]:
        zones = [zone.name for zone in bureau.city.zones if zone.host == code]
        offered = [_site(site) for site in sites[code][:SITES]]
        yield CountyOffer(
            bureau.county_name(code),
            tuple(around[code]),
            tuple(zones),
            tuple(offered),
            projects[code],
        )


def _site(site: Site) -> Said:
    parts = [site.kind.value, site.name]
    if site.area:
        parts.append(str(site.area))
    if site.available_from or site.available_text:
        parts.append(f"{site.available_from or site.available_text}可用")
    return Said("，".join(parts), said(site.provenance) or "本市载体台账")


def _projects(bureau: Bureau) -> list[LinkedProject]:
    """The projects that stand on a link, those that ended aside."""

    def read() -> list[LinkedProject]:
        found = bureau.store.linked_projects(bureau.today)
        return [project for project in found if project.stage is not Stage.ENDED]

    return bureau.remember("projects on links", read)


def _comparable(
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


def _questions(
    bureau: Bureau, firm: Enterprise | None, filled: Sequence[FilledLink]
) -> Iterable[Question]:
    """What follows from what is blank or bound; nothing else is asked."""
    for part in _blank_parts(bureau, firm, filled):
        text = _ASKS.get(part, f"{part}怎么样？")
        yield Question(text, f"名录里没有“{part}”的数据")
    if firm and not firm.bases:
        yield Question("除总部以外还有哪些生产基地？", "名录里没有其他基地")
    for link in filled:
        if not link.product:
            yield Question(f"“{link.link}”具体做哪些产品？", "名录里没有写产品")
        if not link.around.suppliers and not link.around.customers:
            yield Question(
                f"做“{link.link}”的原料从哪里来、产品卖给谁？", "本地没有录入它的上下游企业"
            )
    kinds = Counter(gate.kind for link in filled for gate in link.gates)
    for kind, number in kinds.items():
        yield Question(_BOUND[kind], f"{kind.label}：要补的环节在本地有 {number} 条限制")


def _blank_parts(
    bureau: Bureau, firm: Enterprise | None, filled: Sequence[FilledLink]
) -> list[str]:
    """The parts of its score that have no data, by label."""
    if firm is None:
        return list(_ASKS)
    labels: dict[str, None] = {}
    for link in filled:
        target = _target(bureau, firm, link)
        for part in target.parts if target else ():
            if part.value is None:
                labels[part.label] = None
    return list(labels)


def _target(bureau: Bureau, firm: Enterprise, link: FilledLink) -> Target | None:
    ranked = bureau.remember(
        ("ranking", link.chain, link.link),
        lambda: rank_targets(bureau, chain=link.chain, link=link.link),
    )
    return next((item.target for item in ranked if item.target.enterprise.name == firm.name), None)
