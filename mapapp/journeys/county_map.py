"""Look at the map: the city's counties and zones with their numbers, one place, one project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chains import Status
from mapapp.cities import Zone
from mapapp.draw.county_map import Fragment as Fragment
from mapapp.draw.county_map import ZoneCircle, draw_counties
from mapapp.draw.county_map import zoom_range as zoom_range
from mapapp.journeys.browse import get_project
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.journeys.county_measures import (
    Colouring,
    Measure,
    Reading,
    Readings,
    colouring,
    read_counties,
)
from mapapp.journeys.display_datum import display_geojson, display_point, display_shapes
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.points import Placing
from mapapp.journeys.selection import Selection
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject
from mapapp.store import ChainSum, CountySum, ProjectFilter, StageSum, ZoneSum

LISTED = 60
"""As many projects stand in the panel; the ledger page lists them all."""


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """A county or zone with its numbers. key is its code, or its name where it has none."""

    key: str
    name: str
    projects: int
    contracted: Money | None
    with_amount: int


@dataclass(frozen=True, slots=True)
class CountyMap:
    """The map of the city. Zones count again what their host counties count; `total` does not.

    undated says how many projects a chosen period leaves out for want of a date. readings are
    the counties' figures that the map is shaded by, and colours what they are shaded in.
    """

    counties: tuple[PlaceSum, ...]
    zones: tuple[PlaceSum, ...]
    unassigned: PlaceSum
    total: PlaceSum
    undated: int
    readings: Readings
    colours: Colouring

    @property
    def by(self) -> Measure:
        return self.readings.meaning.by

    @property
    def said(self) -> str:
        """How many projects there are, and how many of them the map cannot show."""
        text = f"全市 {self.total.projects:,} 个项目"
        if self.unassigned.projects:
            text += f"（其中 {self.unassigned.projects:,} 个未分县区，不在图上）"
        if self.undated:
            text += f"；另有 {self.undated:,} 个没有写明签约日期"
        return text

    @property
    def reading_of(self) -> dict[str, Reading]:
        """Each county's reading by its code; those of 未分县区 and 全市 by these words."""
        found = self.readings
        return {one.key: one for one in (*found.counties, found.unassigned, found.total)}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """What the panel says of a place: the city, a county, a zone or 未分县区."""

    name: str
    host: str | None
    zone: Zone | None
    total: PlaceSum
    chains: tuple[ChainSum, ...]
    stages: tuple[StageSum, ...]
    projects: tuple[InvestmentProject, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class ProjectView:
    """What the panel says of a project. placing is None where it is not on the map."""

    project: InvestmentProject
    county: str
    chain: str
    unconfirmed: bool
    placing: Placing | None


def view_map(bureau: Bureau, selection: Selection, by: Measure) -> CountyMap:
    """The city's counties and zones under the selection's chain, link, stage and period."""
    chosen = selection.without_place()
    return bureau.remember(("map", chosen, by), lambda: _view_map(bureau, chosen, by))


def _view_map(bureau: Bureau, chosen: Selection, by: Measure) -> CountyMap:
    query, readings = chosen.filter(bureau.today), read_counties(bureau, chosen, by)
    sums = {item.county: item for item in bureau.store.county_sums(query)}
    counties = tuple(
        _sum(code, name, sums.get(code))
        for code, name in zip(
            bureau.boundaries.county_codes, bureau.boundaries.county_names, strict=True
        )
    )
    in_zones = {item.zone: item for item in bureau.store.zone_sums(query)}
    return CountyMap(
        counties=counties,
        zones=tuple(_sum(z.name, z.name, in_zones.get(z.name)) for z in bureau.city.zones),
        unassigned=_sum(UNASSIGNED, UNASSIGNED, sums.get(None)),
        total=_total(bureau.city.code, bureau.city.name, list(sums.values())),
        undated=_undated(bureau, query),
        readings=readings,
        colours=colouring(by, readings),
    )


def draw_map(bureau: Bureau, seen: CountyMap, static: str) -> Fragment:
    """The Folium map of what was seen; `static` is the address of the static folder."""
    colours = {one.key: seen.colours.colour(one) for one in seen.readings.counties}
    key = ("county map", tuple(colours.items()), static)
    return bureau.remember(key, lambda: _draw_map(bureau, colours, static))


def _draw_map(bureau: Bureau, colours: Mapping[str, str], static: str) -> Fragment:
    return draw_counties(
        display_geojson(bureau, bureau.boundaries.to_geojson()),
        display_geojson(bureau, bureau.boundaries.outline_geojson()),
        colours,
        [
            ZoneCircle(zone.name, _drawn(bureau, zone.centre), zone.radius_km or 3.0)
            for zone in bureau.city.zones
            if zone.centre
        ],
        static,
        bureau.settings.tiles,
    )


def map_bounds(bureau: Bureau) -> list[list[float]]:
    """South-west and north-east corner of the city as Leaflet takes them: latitude first."""
    (outline,) = display_shapes(bureau, [bureau.boundaries.drawn_outline])
    west, south, east, north = (round(edge, 5) for edge in outline.bounds)
    return [[south, west], [north, east]]


def label_points(bureau: Bureau) -> dict[str, list[float]]:
    """Where the counties' names go on the page, by code: longitude, latitude to draw at."""
    places = bureau.boundaries
    return {code: display_point(bureau, places.label(code)) for code in places.county_codes}


def _drawn(bureau: Bureau, point: tuple[float, float]) -> tuple[float, float]:
    lon, lat = display_point(bureau, point)
    return lon, lat


def view_place(bureau: Bureau, selection: Selection) -> PlaceView:
    """The place of the selection under its chain, link, stage and period."""
    return bureau.remember(("place", selection), lambda: _view_place(bureau, selection))


def link_standing(bureau: Bureau, selection: Selection) -> Status | None:
    """What the selected link is in the whole city; None where none is selected."""
    if not selection.link:
        return None
    chains = bureau.catalogue.chains.values()
    mine = [c for c in chains if selection.link in c.links and selection.chain in (None, c.id)]
    return next(
        (
            item.status
            for chain in mine[:1]
            for item in assess_chain(bureau, chain)
            if item.link == selection.link
        ),
        None,
    )


def _view_place(bureau: Bureau, selection: Selection) -> PlaceView:
    query = selection.filter(bureau.today)
    store = bureau.store
    zone = selection.zone
    name = bureau.city.name
    if selection.place:
        name = bureau.county_name(selection.county) if not zone else zone.name
    sums = store.county_sums(query)
    return PlaceView(
        name=name,
        host=bureau.county_name(zone.host) if zone else None,
        zone=zone,
        total=_total(selection.place or bureau.city.code, name, sums),
        chains=tuple(sorted(store.chain_sums(query), key=lambda item: -item.projects)),
        stages=tuple(store.stage_sums(query)),
        projects=tuple(store.projects(query, LISTED)),
        undated=_undated(bureau, query),
    )


def view_project(bureau: Bureau, code: str) -> ProjectView:
    """One project of the ledger.

    Raises:
        UnknownName: the ledger holds no such code.
    """
    project = get_project(bureau, code)
    return ProjectView(
        project=project,
        county=bureau.county_name(project.county),
        chain=bureau.chain_name(project.chain),
        unconfirmed=project.unconfirmed(bureau.today),
        placing=_placing(bureau, project),
    )


def _placing(bureau: Bureau, project: InvestmentProject) -> Placing | None:
    if project.position:
        return Placing(project.position.precision.value)
    return Placing.COUNTY if project.county else None


def _undated(bureau: Bureau, query: ProjectFilter) -> int:
    return bureau.store.undated(query) if query.period else 0


def _sum(key: str, name: str, found: CountySum | ZoneSum | None) -> PlaceSum:
    if found is None:
        return PlaceSum(key, name, 0, None, 0)
    return PlaceSum(key, name, found.projects, found.contracted, found.with_amount)


def _total(key: str, name: str, sums: Sequence[CountySum]) -> PlaceSum:
    amounts = [item.contracted.wan for item in sums if item.contracted]
    return PlaceSum(
        key,
        name,
        sum(item.projects for item in sums),
        Money(sum(amounts, Decimal())) if amounts else None,
        sum(item.with_amount for item in sums),
    )
