"""Supply on the map: who makes a link here, who here uses it, and how far they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from chains import Enterprise, LinkAssessment, LocalSource
from mapapp.draw.county_map import Fragment
from mapapp.draw.small_map import draw_shaded
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.display_datum import display_geojson
from mapapp.journeys.firm_places import FirmPlace, km_between, place_firms
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.partners import neighbours
from mapapp.journeys.selection import OTHER_CHAIN, Selection

OUTSIDE = 5
"""As many suppliers elsewhere are named, the nearest first."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A local firm that uses the link, and the links on which it does."""

    place: FirmPlace
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A supplier and a customer. km is None within one county; about: one of the two is
    known by its county alone, so that the middle of that county was measured from. nearest: no
    other supplier is nearer to this customer, or no other customer to this supplier."""

    supplier: FirmPlace
    customer: Customer
    km: float | None
    about: bool
    nearest: bool

    @property
    def said(self) -> str:
        """The distance in words."""
        if self.km is None:
            return f"同在{self.supplier.county_name}"
        return f"{'约 ' if self.about else ''}{self.km:.0f} km"


@dataclass(frozen=True, slots=True)
class Outside:
    """A supplier elsewhere that the catalogue knows, and how far away it is."""

    firm: Enterprise
    city_name: str
    km: float


@dataclass(frozen=True, slots=True)
class SupplyView:
    """A link's local suppliers and customers.

    suppliers produce or are being built; waiting are those at 签约, not counted. pairs come
    nearest first, those within one county before any distance. outside are the nearest known
    suppliers elsewhere; for_customer has, where nobody here makes the link, the nearest one for
    each customer, by the customer's name.
    """

    link: LinkAssessment
    chains: tuple[str, ...]
    suppliers: tuple[FirmPlace, ...]
    waiting: tuple[FirmPlace, ...]
    customers: tuple[Customer, ...]
    pairs: tuple[Pair, ...]
    outside: tuple[Outside, ...]
    for_customer: dict[str, Outside]

    @property
    def places(self) -> tuple[FirmPlace, ...]:
        """Everybody on the map or not, each once."""
        everyone = (*self.suppliers, *self.waiting, *(c.place for c in self.customers))
        return tuple({place.name: place for place in everyone}.values())

    @property
    def nowhere(self) -> tuple[FirmPlace, ...]:
        """Those that are on no map, for want of a county: they are in no pair either."""
        return tuple(place for place in self.places if place.drawn is None)


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A link that can be looked at: how many make it here, how many use it."""

    link: LinkAssessment
    chain_name: str
    suppliers: int
    customers: int


def view_supply(bureau: Bureau, selection: Selection) -> SupplyView | None:
    """The supply of the selected link, in the selected chain or in all that hold it; None where no
    link is selected. A selected county keeps the pairs that have an end in it."""
    if not selection.link:
        return None
    chains = [selection.chain] if selection.chain else bureau.catalogue.chains_using(selection.link)
    key = ("supply map", tuple(chains), selection.link, selection.county)
    link = selection.link
    return bureau.remember(key, lambda: _view(bureau, chains, link, selection.county))


def choices(bureau: Bureau, selection: Selection) -> list[LinkChoice]:
    """The links of the selected chain, or of all, that somebody here makes or uses: those with
    most users first."""
    if selection.chain == OTHER_CHAIN:
        return []
    chains = [selection.chain] if selection.chain else list(bureau.catalogue.chains)
    return bureau.remember(("supply links", tuple(chains)), lambda: _choices(bureau, chains))


def draw_supply(bureau: Bureau, static: str) -> Fragment:
    """The city's counties, unshaded: firms and lines are put on them by the page."""
    shapes = display_geojson(bureau, bureau.boundaries.to_geojson())
    outline = display_geojson(bureau, bureau.boundaries.outline_geojson())
    return draw_shaded(shapes, outline, {}, static, "supply", bureau.settings.tiles)


def _choices(bureau: Bureau, chains: Sequence[str]) -> list[LinkChoice]:
    found = []
    for chain in chains:
        for link in assess_chain(bureau, bureau.catalogue.chains[chain]):
            suppliers = link.supply.active(bureau.weights)
            users = {source.name for _, source in neighbours(bureau, chain, link.link)[0]}
            if suppliers or users:
                name = bureau.chain_name(chain)
                found.append(LinkChoice(link, name, len(suppliers), len(users)))
    return sorted(found, key=lambda c: (-c.customers, -c.suppliers, c.link.chain, c.link.link))


def _view(bureau: Bureau, chains: Sequence[str], link: str, county: str | None) -> SupplyView:
    here = {i.link: i for i in assess_chain(bureau, bureau.catalogue.chains[chains[0]])}[link]
    making = here.supply.active(bureau.weights)
    waiting = [source for source in here.supply.sources if source not in making]
    using: dict[str, tuple[LocalSource, list[str]]] = {}
    for chain in chains:
        for on, source in neighbours(bureau, chain, link)[0]:
            links = using.setdefault(source.name, (source, []))[1]
            if on not in links:
                links.append(on)
    places = place_firms(bureau, [*(s for s, _ in using.values()), *waiting, *making])
    customers = tuple(Customer(places[name], tuple(links)) for name, (_, links) in using.items())
    suppliers = tuple(places[source.name] for source in making)
    pairs = _pairs(suppliers, customers)
    if county:
        pairs = [p for p in pairs if county in (p.supplier.county, p.customer.place.county)]
    outside = _outside(bureau, link)
    return SupplyView(
        here,
        tuple(chains),
        suppliers,
        tuple(places[source.name] for source in waiting),
        customers,
        tuple(pairs),
        tuple(_nearest(bureau, outside, bureau.city.code)[:OUTSIDE]),
        {} if suppliers else _for_customers(bureau, outside, customers),
    )


def _pairs(suppliers: Sequence[FirmPlace], customers: Sequence[Customer]) -> list[Pair]:
    """Every supplier with every customer but itself, nearest first."""
    found = [
        (supplier, customer, km_between(supplier, customer.place))
        for supplier in suppliers
        for customer in customers
        if supplier.at and customer.place.at and customer.place.name != supplier.name
    ]
    near: dict[tuple[str, str], float] = {}
    for supplier, customer, km in found:
        for end in (("supplier", supplier.name), ("customer", customer.place.name)):
            near[end] = min(near.get(end, inf), _order(km))
    pairs = [
        Pair(
            supplier,
            customer,
            km,
            not (supplier.exact and customer.place.exact),
            _order(km) in (near["supplier", supplier.name], near["customer", customer.place.name]),
        )
        for supplier, customer, km in found
    ]
    return sorted(pairs, key=lambda p: (_order(p.km), p.supplier.name, p.customer.place.name))


def _order(km: float | None) -> float:
    """What pairs are ordered by: one county comes before any distance."""
    return -1.0 if km is None else km


def _outside(bureau: Bureau, link: str) -> list[Enterprise]:
    return [
        firm
        for firm in bureau.catalogue.enterprises_on(link)
        if not firm.delisted and not bureau.is_local(firm.city)
    ]


def _nearest(bureau: Bureau, firms: Sequence[Enterprise], place: str) -> list[Outside]:
    """The firms by the distance of their head offices from a place, nearest first."""
    if not firms:
        return []
    row = bureau.gazetteer.distances_km([place], [firm.city for firm in firms])[0]
    found = [
        Outside(firm, bureau.gazetteer.divisions[firm.city].name, float(km))
        for firm, km in zip(firms, row, strict=True)
    ]
    return sorted(found, key=lambda item: (item.km, item.firm.name))


def _for_customers(
    bureau: Bureau, firms: Sequence[Enterprise], customers: Sequence[Customer]
) -> dict[str, Outside]:
    """For each customer the nearest of the firms, from its county, or from the city's middle."""
    found = {}
    for customer in customers:
        near = _nearest(bureau, firms, customer.place.county or bureau.city.code)
        if near:
            found[customer.place.name] = near[0]
    return found
