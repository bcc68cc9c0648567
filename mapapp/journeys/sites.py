"""Look at the sites (载体): the list, one of them, and what the map draws of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.display_datum import display
from mapapp.journeys.points import MICRO
from mapapp.journeys.selection import Selection
from mapapp.ledger.site import Site, SiteKind
from mapapp.store import LedgerChange

FIELD_NAMES: Mapping[str, str] = {
    "name": "名称", "kind": "类型", "county": "县市区", "zone": "功能区", "code": "编号",
    "place": "地址", "area": "占地面积", "floor_area": "建筑面积", "utilities": "配套",
    "industries": "适宜产业", "constraints": "限制条件", "available_from": "可用时间",
    "available_text": "可用时间（原文）", "contact": "联系人", "position": "位置", "note": "备注",
    "provenance": "来源",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteList:
    """The sites that match, how many there are at all, and their areas added up by unit."""

    shown: tuple[Site, ...]
    total: int
    areas: tuple[tuple[str, Decimal], ...]
    off_map: int


def list_sites(bureau: Bureau, selection: Selection, *, kind: str = "", text: str = "") -> SiteList:
    """The sites of the selected place, of a kind, with a text in them.

    Raises:
        UnknownName: there is no such kind.
    """
    if kind and kind not in list(SiteKind):
        raise UnknownName("载体类型", kind, list(SiteKind))
    every = bureau.store.sites.all()
    found = tuple(
        site
        for site in every
        if _is_in(selection, site)
        and (not kind or site.kind == kind)
        and text.casefold() in _searched(site)
    )
    sums: dict[str, Decimal] = {}
    for site in found:
        if site.area:
            sums[site.area.unit] = sums.get(site.area.unit, Decimal()) + site.area.value
    off_map = sum(site.position is None for site in found)
    return SiteList(found, len(every), tuple(sums.items()), off_map)


def get_site(bureau: Bureau, id: int) -> Site:
    """One site. Raises UnknownName."""
    if found := bureau.store.sites.get(id):
        return found
    raise UnknownName("载体", str(id), ())


def site_history(bureau: Bureau, site: Site) -> list[LedgerChange]:
    """What was done to a site, the latest first."""
    return bureau.store.history("site", str(site.id))[::-1]


def columns(bureau: Bureau) -> dict[str, object]:
    """The sites that have a place on the map, column by column, whatever is selected."""
    drawn = [(site, site.position) for site in bureau.store.sites.all() if site.position]
    lon, lat = display(bureau, [at.lon for _, at in drawn], [at.lat for _, at in drawn])
    return {
        "id": [site.id for site, _ in drawn],
        "name": [site.name for site, _ in drawn],
        "kind": [site.kind.value for site, _ in drawn],
        "area": [str(site.area or site.floor_area or "") for site, _ in drawn],
        "county": [site.county or "" for site, _ in drawn],
        "zone": [site.zone or "" for site, _ in drawn],
        "lon": [round(degree * MICRO) for degree in lon.tolist()],
        "lat": [round(degree * MICRO) for degree in lat.tolist()],
    }


def _is_in(selection: Selection, site: Site) -> bool:
    return (
        (not selection.county or site.county == selection.county)
        and (not selection.zone or site.zone == selection.zone.name)
        and (not selection.unassigned or site.county is None)
    )


def _searched(site: Site) -> str:
    own = (site.code, site.name, site.place, site.industries, site.constraints, site.note)
    return "\n".join((*own, *site.utilities.values())).casefold()
