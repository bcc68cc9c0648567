"""A project in the words that this city's ledgers use, and the words that they may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.ledger.details import YES
from mapapp.ledger.headers import Field
from mapapp.ledger.project import Agreement, InvestmentProject, Stage
from mapapp.ledger.written import cells


@dataclass(frozen=True, slots=True)
class CityNames:
    """What the city calls its counties and chains (ledger.written.Names)."""

    bureau: Bureau

    def county_cell(self, county: str | None, zone: str | None) -> str:
        """The zone where the county is its host, for it says both; else the county."""
        held = self.bureau.city.zone(zone) if zone else None
        if held and held.host == county:
            return held.name
        return self.bureau.county_name(county)

    def chain_name(self, chain: str | None) -> str:
        return self.bureau.chain_name(chain)


def cells_of(bureau: Bureau, project: InvestmentProject) -> dict[Field, str]:
    """A project's cells as text; an import of them says nothing new."""
    return cells(project, CityNames(bureau))


def choices(bureau: Bureau) -> Mapping[Field, tuple[str, ...]]:
    """What may stand in the fields that hold one word of a list."""
    counties = bureau.gazetteer.divisions.counties(bureau.city.code)
    return {
        Field.COUNTY: (
            *(county.name for county in counties),
            *(zone.name for zone in bureau.city.zones),
            UNASSIGNED,
        ),
        Field.CHAIN: ("", *(chain.name for chain in bureau.catalogue.chains.values())),
        Field.STATUS: ("", *(stage.value for stage in Stage)),
        Field.PARK: ("", YES),
        Field.HALTED: ("", YES),
        Field.AGREEMENT: ("", *(word.value for word in Agreement)),
        Field.DATUM: ("", "WGS-84", "GCJ-02", "BD-09"),
    }


def words_used(bureau: Bureau) -> Mapping[str, Sequence[str]]:
    """What projects say of office, origin and tag, with the city's own resident offices."""
    found = bureau.store.words()
    own = [office.name for office in bureau.city.offices]
    return found | {"office": list(dict.fromkeys((*own, *found["office"])))}


def link_names(bureau: Bureau, chain: str | None = None) -> tuple[str, ...]:
    """The names of the links of a chain, or of all chains, to choose from."""
    chains = bureau.catalogue.chains
    chosen = [chains[chain]] if chain and chain in chains else list(chains.values())
    return tuple(dict.fromkeys(link.name for one in chosen for link in one.links.values()))
