"""A bureau at work: everything that the journeys of one city need, opened once."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from chains import DEFAULT, Catalogue, CatalogueError, Chain, Fault, Weights, Wording
from chains.catalogue import load as load_catalogue
from chains.tagging import Tagger, load_tagger
from geodata import Boundaries, Gazetteer, load_gazetteer
from geodata import load as load_boundaries
from mapapp import cities
from mapapp.cities import City
from mapapp.config import Settings
from mapapp.journeys.memory import Memory
from mapapp.store import Store

Worth = TypeVar("Worth")
UNASSIGNED = "未分县区"
OTHER = "其他"


@dataclass(frozen=True)
class Bureau:
    """One city's installation."""

    settings: Settings
    city: City
    catalogue: Catalogue
    gazetteer: Gazetteer
    boundaries: Boundaries
    store: Store
    configured: Weights
    """The programme's weights with those of the city's file."""
    tried: Weights | None = None
    """Weights that are only tried out; see `trying`."""
    catalogue_revision: int = 0
    """The newest change of the office that `catalogue` holds; see `current`."""
    catalogue_faults: tuple[Fault, ...] = ()
    """Why the office's changes do not fit the shipped catalogue, which then stands alone."""

    def current(self) -> "Bureau":
        """This bureau, or one with the catalogue as the office has changed it since.

        A bureau itself never changes its catalogue: whoever works with one sees one state of it.
        """
        newest = self.remember("catalogue revision", self.store.catalogue.newest)
        if newest == self.catalogue_revision:
            return self
        return replace(self, **_catalogue(self.store))

    @property
    def weights(self) -> Weights:
        """The weights in force: the city's file, and what the bureau has set on top of it."""
        return self.tried or self.remember("weights", self._weights_set)

    def _weights_set(self) -> Weights:
        settings = self.store.weights.settings()
        return self.configured.override(settings[0].changes) if settings else self.configured

    def trying(self, weights: Weights) -> "Bureau":
        """The same bureau with other weights, which nobody else sees; it remembers apart."""
        other = replace(self, tried=weights)
        vars(other).update(km=self.km, wording=self.wording)  # costly, and know no weights
        return other

    @property
    def today(self) -> date:
        """The day that 待核实 and time progress are counted to."""
        return date.today()

    @cached_property
    def wording(self) -> Wording:
        """The catalogue's words, learnt once: whoever ranks targets compares texts by them."""
        links = [link for chain in self.catalogue.chains.values() for link in chain.links.values()]
        return Wording(self.catalogue.enterprises, links)

    @cached_property
    def tagger(self) -> Tagger:
        """What reads links from names and products, built at its first use."""
        return load_tagger(self.catalogue)

    @cached_property
    def km(self) -> dict[str, float]:
        """Km from the city to every place where a known enterprise is, by division code."""
        codes = sorted({code for firm in self.catalogue.enterprises for code in firm.places})
        if not codes:
            return {}
        row = self.gazetteer.distances_km([self.city.code], codes)[0]
        return {code: float(km) for code, km in zip(codes, row, strict=True)}

    @cached_property
    def _memory(self) -> Memory:
        """This bureau's own: one with other weights or another database remembers apart."""
        return Memory()

    def remember(self, key: Hashable, make: Callable[[], Worth]) -> Worth:
        """What `make` gives, made anew once the ledger was written to or the day is another.

        `make` may read the store, the day and the bureau's settings, nothing else. What it gives
        is shared by all who ask: it must not be changed.
        """
        return self._memory.recall((self.store.revision(), self.today), key, make)

    def county_name(self, code: str | None) -> str:
        """The name of a county's code; 未分县区 for None."""
        return self.gazetteer.divisions[code].name if code else UNASSIGNED

    def chain_name(self, chain: str | None) -> str:
        """The name of a chain's id; 其他 for None."""
        return self.catalogue.chain(chain).name if chain else OTHER

    def chains_in_order(self) -> list[Chain]:
        """The city's leading chains first, as its plan ranks them, then the others."""
        leading = [name for names in self.city.leading_chains.values() for name in names]
        everything = list(self.catalogue.chains.values())
        first = [c for name in leading for c in everything if name in (c.id, c.name)]
        return first + [c for c in everything if c not in first]

    def is_local(self, code: str) -> bool:
        """Whether a division lies in this city."""
        return self.gazetteer.divisions.prefecture_of(code).code == self.city.code

    def county_of(self, code: str) -> str | None:
        """The code itself where it is one of this city's counties; None for the whole city."""
        return code if code in self.boundaries.county_codes else None


def open_bureau(settings: Settings) -> Bureau:
    """Open the city of the settings: its boundaries, catalogue and database.

    Raises:
        UnknownDivision: no such city, naming the nearest.
        CatalogueError: an authored chain breaks a rule.
    """
    gazetteer = load_gazetteer(settings.geodata)
    place = gazetteer.divisions.find_prefecture(settings.city)
    city = cities.load(place.code, place.name)
    settings = replace(settings, city=place.code)
    store = Store.open(settings.database_url, place.code)
    return Bureau(
        settings=settings,
        city=city,
        gazetteer=gazetteer,
        boundaries=load_boundaries(place.code, settings.geodata),
        store=store,
        configured=DEFAULT.override(city.weights),
        **_catalogue(store),
    )


def _catalogue(store: Store) -> dict[str, Any]:
    """What a bureau knows of the catalogue: the shipped files, and the office's own over them."""
    newest, files = store.catalogue.newest(), store.catalogue.in_force()
    revised = {name: file.text for name, file in files.items() if file.text is not None}
    faults: tuple[Fault, ...] = ()
    try:
        catalogue = load_catalogue(revised=revised)
    except CatalogueError as wrong:
        if not revised:
            raise
        catalogue, faults = load_catalogue(), wrong.faults
    return {
        "catalogue": catalogue,
        "catalogue_revision": newest,
        "catalogue_faults": faults,
    }
