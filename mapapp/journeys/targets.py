"""Rank targets: whom to go and see for the links that a place lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from chains import Enterprise, LinkAssessment, Target, rank
from chains.targets import is_local
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import Gap, find_gaps


@dataclass(frozen=True, slots=True)
class RankedTarget:
    """A target with the gap it would fill. rank counts within the list asked for, from 1."""

    rank: int
    target: Target
    gap: LinkAssessment
    chain_name: str
    city_name: str

    @property
    def id(self) -> str:
        """Identifies the row in a form: link and enterprise."""
        return f"{self.target.link}|{self.target.enterprise.name}"


def rank_targets(
    bureau: Bureau,
    county: str | None = None,
    chain: str | None = None,
    link: str | None = None,
    roadshow: str | None = None,
    limit: int | None = None,
) -> list[RankedTarget]:
    """Enterprises for one link, or for every gap of a chain or of all chains; best score first.

    An enterprise on a link that several chains share stands once, under the chain where the link
    is most critical. roadshow is a city's name or code; it adds that part to the score.

    Raises:
        UnknownName, UnknownDivision, AmbiguousDivision: what was asked for does not exist.
    """
    gaps = find_gaps(bureau, county, chain)
    visited = bureau.gazetteer.divisions.find_prefecture(roadshow).code if roadshow else None
    by_chain: dict[str, list[LinkAssessment]] = {}
    for gap in gaps:
        by_chain.setdefault(gap.here.chain, []).append(gap.here)
    catalogue, km, here_already = bureau.catalogue, bureau.km, local_names(bureau)
    weights, wording = bureau.weights, bureau.wording
    found = [
        (gap, target)
        for gap in _wanted(bureau, gaps, chain, link)
        for target in rank(
            catalogue.chain(gap.here.chain),
            gap.here.link,
            catalogue.enterprises,
            assessments=by_chain[gap.here.chain],
            prefecture=bureau.city.code,
            km=km,
            local_names=here_already,
            roadshow=visited,
            weights=weights,
            wording=wording,
        )
    ]
    found.sort(key=_best_first)
    return [_ranked(bureau, n, *pair) for n, pair in enumerate(found[:limit], start=1)]


def candidates(
    bureau: Bureau, county: str | None = None, chain: str | None = None, link: str | None = None
) -> list[tuple[str, Enterprise]]:
    """Links and enterprises that `rank_targets` ranks for the same question, without their scores:
    to count them costs a hundredth.

    Raises:
        UnknownName, UnknownDivision, AmbiguousDivision: what was asked for does not exist.
    """
    here_already = local_names(bureau)
    return [
        (gap.here.link, firm)
        for gap in _wanted(bureau, find_gaps(bureau, county, chain), chain, link)
        for firm in bureau.catalogue.enterprises_on(gap.here.link)
        if not firm.delisted and not is_local(firm, bureau.city.code, here_already)
    ]


def _wanted(bureau: Bureau, gaps: Sequence[Gap], chain: str | None, link: str | None) -> list[Gap]:
    """The links asked for, each once. `gaps` comes most critical first, and the first one wins."""
    if link:
        name = bureau.catalogue.link(link, chain).name
        return [gap for gap in gaps if gap.here.link == name][:1]
    first: dict[str, Gap] = {}
    for gap in gaps:
        if gap.here.remedy:
            first.setdefault(gap.here.link, gap)
    return list(first.values())


def local_names(bureau: Bureau) -> frozenset[str]:
    """Every name under which a firm is already here, its national group's included."""
    return bureau.remember("local names", lambda: _local_names(bureau))


def _local_names(bureau: Bureau) -> frozenset[str]:
    names: set[str] = set()
    for firm in bureau.store.enterprises():
        if not firm.defunct:
            names.update((firm.name, firm.group, *firm.aliases))
    return frozenset(names - {""})


def _best_first(pair: tuple[Gap, Target]) -> tuple[float, float, str, str]:
    gap, target = pair
    return (-target.score, -gap.here.criticality, target.link, target.enterprise.name)


def _ranked(bureau: Bureau, number: int, gap: Gap, target: Target) -> RankedTarget:
    return RankedTarget(
        rank=number,
        target=target,
        gap=gap.here,
        chain_name=gap.chain_name,
        city_name=bureau.gazetteer.divisions[target.enterprise.city].name,
    )
