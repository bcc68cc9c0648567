"""Look at a chain: the picture of its links in a place, and one link with all that is known."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chains import Chain, Edge, Link, LinkAssessment, Status
from mapapp.draw.chain_picture import Mark, draw_chain, draw_thumbnail
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import GAPS, Gap, assess_chain, find_gaps
from mapapp.journeys.selection import Selection
from mapapp.journeys.targets import RankedTarget, rank_targets
from mapapp.ledger.project import InvestmentProject, LocalEnterprise

TARGETS = 5
UNLINKED = 50
"""As many unlinked projects stand on the page; the ledger lists them all."""


@dataclass(frozen=True, slots=True)
class Need:
    """A supply edge seen from one end: the link at the other end with its status here."""

    edge: Edge
    other: LinkAssessment


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link in a place. city is the same link city-wide; the same object outside counties.

    inputs are what it needs, users what leans on it directly, returns the flows against the chain.
    """

    link: Link
    here: LinkAssessment
    city: LinkAssessment
    inputs: tuple[Need, ...]
    users: tuple[Need, ...]
    returns: tuple[Edge, ...]
    targets: tuple[RankedTarget, ...]
    also_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChainView:
    """A chain in a place. Unlinked firms and projects belong to the chain but to no link of it.

    A firm that carries a project on a link is no unlinked one. unlinked_projects are the first
    of the unlinked_total by project code.

    city_wide: a zone or 未分县区 was asked for, for which no demand can be told; the city answers.
    """

    chain: Chain
    county: str | None
    city_wide: bool
    gaps: Mapping[str, Gap]
    unlinked_firms: tuple[LocalEnterprise, ...]
    unlinked_projects: tuple[InvestmentProject, ...]
    unlinked_total: int

    @property
    def counts(self) -> Counter[Status]:
        """How many links have each status."""
        return Counter(gap.here.status for gap in self.gaps.values())

    @property
    def worst(self) -> list[Gap]:
        """The gaps, most critical first."""
        found = [gap for gap in self.gaps.values() if gap.here.status in GAPS]
        return sorted(found, key=lambda gap: -gap.here.criticality)


@dataclass(frozen=True, slots=True)
class ChainCard:
    """A chain in the picker: its small picture and its counts."""

    chain: Chain
    counts: Counter[Status]
    projects: int
    picture: str


def view_chain(bureau: Bureau, chain_id: str, selection: Selection) -> ChainView:
    """A chain in the place selected.

    Raises:
        UnknownName: the catalogue has no such chain.
    """
    chain = bureau.catalogue.chain(chain_id)
    county = selection.county
    gaps = {gap.here.link: gap for gap in find_gaps(bureau, county, chain.id)}
    carriers = bureau.store.carriers()
    firms = [
        firm
        for firm in bureau.store.enterprises()
        if firm.chain == chain.id
        and not firm.links
        and firm.id not in carriers
        and county in (None, firm.county)
    ]
    query = replace(Selection(county=county, chain=chain.id).filter(bureau.today), linked=False)
    return ChainView(
        chain=chain,
        county=county,
        city_wide=bool(selection.zone or selection.unassigned),
        gaps=gaps,
        unlinked_firms=tuple(firms),
        unlinked_projects=tuple(bureau.store.projects(query, UNLINKED)),
        unlinked_total=bureau.store.count(query),
    )


def busiest_chain(bureau: Bureau) -> str:
    """The chain that most projects belong to; the first of the catalogue where none does."""
    chains = list(bureau.catalogue.chains)
    counted = {item.chain: item.projects for item in bureau.store.chain_sums()}
    return max(chains, key=lambda chain: (counted.get(chain, 0), -chains.index(chain)))


def draw_picture(view: ChainView, chosen: str | None, href: Callable[[str], str]) -> str:
    """The chain as SVG; `href` gives the address that a click on a link leads to."""
    marks = {
        name: _mark(gap.here, view.chain.links[name], href(name), name == chosen)
        for name, gap in view.gaps.items()
    }
    return draw_chain(view.chain, marks, f"{view.chain.name}产业链，{len(marks)} 个环节")


def _mark(here: LinkAssessment, link: Link, href: str, chosen: bool) -> Mark:
    parts = [here.link, here.status.label]
    if here.status in GAPS:
        parts.append(f"重要度 {here.criticality:.0f}")
    if link.key:
        parts.append("关键环节")
    title = "，".join(parts) + (f"。{here.why[0]}" if here.why else "")
    return Mark(here.status, href, title, here.criticality, bool(link.key), chosen)


def view_link(bureau: Bureau, view: ChainView, name: str, targets: int = TARGETS) -> LinkView:
    """One link of a chain already looked at, with the first enterprises to go and see.

    Raises:
        UnknownName: the chain has no such link.
    """
    chain = view.chain
    link = chain.link(name)
    gap = view.gaps[link.name]
    graph = chain.graph
    return LinkView(
        link=link,
        here=gap.here,
        city=gap.city,
        inputs=_needs(view, [edge for *_, edge in graph.in_edges(link.name, "edge")], True),
        users=_needs(view, [edge for *_, edge in graph.out_edges(link.name, "edge")], False),
        returns=tuple(e for e in chain.returns if link.name in (e.supplier, e.user)),
        targets=tuple(rank_targets(bureau, view.county, chain.id, link.name, limit=targets)),
        also_in=tuple(
            bureau.chain_name(other)
            for other in bureau.catalogue.chains_using(link.name)
            if other != chain.id
        ),
    )


def _needs(view: ChainView, edges: Sequence[Edge], inputs: bool) -> tuple[Need, ...]:
    """Required ones first, then substitute groups together, then by share."""

    def order(edge: Edge) -> tuple[bool, str, float]:
        return (not edge.required, edge.group or "~", -edge.share)

    ordered = sorted(edges, key=order)
    return tuple(
        Need(edge, view.gaps[edge.supplier if inputs else edge.user].here) for edge in ordered
    )


def list_chains(bureau: Bureau, selection: Selection) -> list[ChainCard]:
    """Every chain for the picker, the city's own order left to the page."""
    county = selection.county
    query = Selection(county=county).filter(bureau.today)
    projects = {item.chain: item.projects for item in bureau.store.chain_sums(query)}
    return [
        _card(bureau, chain, assess_chain(bureau, chain, county), projects.get(chain.id, 0))
        for chain in bureau.catalogue.chains.values()
    ]


def _card(
    bureau: Bureau, chain: Chain, links: Sequence[LinkAssessment], projects: int
) -> ChainCard:
    statuses = {item.link: item.status for item in links}
    counts = Counter(statuses.values())
    label = f"{chain.name}：" + "、".join(f"{s.label} {counts[s]}" for s in Status if counts[s])
    return ChainCard(chain, counts, projects, draw_thumbnail(chain, statuses, label))
