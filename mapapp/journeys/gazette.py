"""The place names of a city, for names to be compared without them."""

from mapapp.journeys.bureau import Bureau
from mapapp.ledger.names import Gazette

_SUFFIXES = (
    "特别行政区",
    "土家族自治县",
    "自治县",
    "自治州",
    "地区",
    "林区",
    "省",
    "市",
    "县",
    "区",
    "盟",
    "州",
)


def gazette_of(bureau: Bureau) -> Gazette:
    """This city's names, its province, counties and zones, and everybody else's."""
    city, divisions = bureau.city, bureau.gazetteer.divisions
    codes = zip(bureau.boundaries.county_codes, bureau.boundaries.county_names, strict=True)
    counties = {name: code for code, name in codes}
    aliases = {alias: counties.get(name) for alias, name in city.county_aliases.items()}
    zones = {
        word: zone.host
        for zone in city.zones
        for word in (zone.name, *zone.aliases)
        if word.endswith("区")
    }
    province = divisions.find(f"{city.code[:2]}0000").name
    local: dict[str, str | None] = dict.fromkeys((province, city.name))
    local |= counties | aliases | zones
    for name, code in list(local.items()):
        local.setdefault(_short(name), code)
    return Gazette(local, _elsewhere(bureau) - set(local))


def _elsewhere(bureau: Bureau) -> frozenset[str]:
    divisions = bureau.gazetteer.divisions
    names = {
        name
        for province in divisions.provinces()
        for name in (province.name, *(p.name for p in divisions.prefectures(province.code)))
    }
    return frozenset(names | {_short(name) for name in names})


def _short(name: str) -> str:
    """竹山县 → 竹山; names of two characters stay."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name
