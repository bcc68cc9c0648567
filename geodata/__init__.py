"""Where things are: divisions, boundaries, datums, distance. Knows no money and no colours."""

from geodata._errors import (
    AmbiguousDivision,
    BoundarySourceMissing,
    CacheNotWritable,
    GeodataError,
    UnknownDatum,
    UnknownDivision,
)
from geodata.boundary import Boundaries, build_cache, load
from geodata.counties import Counties, build_counties, load_counties
from geodata.country import Country, flattened, flattened_point, load_country
from geodata.datum import Datum, from_wgs84, parse_datum, to_wgs84
from geodata.distance import distance_km, pairwise_km
from geodata.division import Division, Divisions, Level
from geodata.gazetteer import Gazetteer, build_gazetteer, load_gazetteer
from geodata.naming import short_form
from geodata.placement import county_index, county_of, ring, spread
from geodata.plane import Plane, plane_of

__all__ = [
    "AmbiguousDivision",
    "Boundaries",
    "BoundarySourceMissing",
    "CacheNotWritable",
    "Counties",
    "Country",
    "Datum",
    "Division",
    "Divisions",
    "Gazetteer",
    "GeodataError",
    "Level",
    "Plane",
    "UnknownDatum",
    "UnknownDivision",
    "build_cache",
    "build_counties",
    "build_gazetteer",
    "county_index",
    "county_of",
    "distance_km",
    "flattened",
    "flattened_point",
    "from_wgs84",
    "load",
    "load_counties",
    "load_country",
    "load_gazetteer",
    "pairwise_km",
    "parse_datum",
    "plane_of",
    "ring",
    "short_form",
    "spread",
    "to_wgs84",
]
