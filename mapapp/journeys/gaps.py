"""Find the gaps: every link of every chain in a place, its status and how much it matters."""

from collections.abc import Iterable
from dataclasses import dataclass

from chains import Chain, Gate, LinkAssessment, Status, assess, in_county
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.presence import activities

GAPS = (Status.MISSING, Status.PLANNED, Status.WEAK)


@dataclass(frozen=True, slots=True)
class Gap:
    """A link in the place asked for; where that is a county, `city` is the same link city-wide."""

    chain_name: str
    here: LinkAssessment
    city: LinkAssessment

    @property
    def is_gap(self) -> bool:
        return self.here.status in GAPS


def find_gaps(bureau: Bureau, county: str | None = None, chain: str | None = None) -> list[Gap]:
    """Every link, whatever its status, of one chain or all; most critical first.

    In a county, demand and status are the county's own; `city` shows the supply city-wide.
    """
    chosen = [bureau.catalogue.chain(chain)] if chain else list(bureau.catalogue.chains.values())
    gaps: list[Gap] = []
    for item in chosen:
        city = assess_chain(bureau, item)
        here = assess_chain(bureau, item, county) if county else city
        gaps += [Gap(item.name, mine, whole) for mine, whole in zip(here, city, strict=True)]
    return sorted(gaps, key=lambda gap: (-gap.here.criticality, gap.here.chain, gap.here.link))


def assess_chain(
    bureau: Bureau, chain: Chain, county: str | None = None
) -> tuple[LinkAssessment, ...]:
    """The engine's view of one chain in the city or in one county, every link in chain order."""
    return bureau.remember(("chain", chain.id, county), lambda: _assess(bureau, chain, county))


def _assess(bureau: Bureau, chain: Chain, county: str | None) -> tuple[LinkAssessment, ...]:
    present = activities(bureau)
    links = assess(
        chain,
        in_county(present, county) if county else present,
        chains_using=bureau.catalogue.use_counts,
        elsewhere_km=suppliers_elsewhere(bureau, chain.links),
        weights=bureau.weights,
        gates=known_gates(bureau),
        place=county or bureau.city.code,
    )
    return tuple(links)


def known_gates(bureau: Bureau) -> tuple[Gate, ...]:
    """Every gate on record, for any link and place."""
    return bureau.catalogue.gates


def suppliers_elsewhere(bureau: Bureau, links: Iterable[str]) -> dict[str, list[float]]:
    """Km from the city to the head office of each known supplier outside it, by link."""
    return {
        link: [
            bureau.km[firm.city]
            for firm in bureau.catalogue.enterprises_on(link)
            if not firm.delisted and not bureau.is_local(firm.city)
        ]
        for link in links
    }
