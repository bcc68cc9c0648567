"""The selection in the URL: read once a request, kept by every link."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from chains import Chain
from chains.supply import Activity
from chains.weights import OPERATING
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.journeys.presence import CATALOGUED
from mapapp.journeys.selection import (
    OTHER_CHAIN,
    STAGES,
    Selection,
    read_selection,
)
from mapapp.web.paging import KEYS as PAGING

KEYS = ("place", "chain", "link", "stage", "period")
PAGES = {
    "overview": "总览",
    "map": "地图",
    "chain": "产业链",
    "gaps": "缺环",
    "targets": "目标企业",
}


UNDER = {
    "linked": "map",
    "compare": "map",
    "supply_map": "map",
    "country": "map",
    "catalogue": "chain",
    "what_if": "chain",
    "feasibility": "gaps",
    "weighing": "gaps",
    "target_lists": "targets",
    "list_returns": "targets",
    "briefs": "targets",
    "events": "targets",
    "loop": "targets",
}
"""Under which of PAGES another page belongs, by blueprint."""
LISTS = {"ledger.project": "ledger.projects", "ledger.enterprise": "ledger.enterprises"}
"""Where the selection bar leads from the page of a single thing."""


def install(app: Flask) -> None:
    """Give the templates the selection, `url` and what the selection bar offers."""
    app.before_request(_tidy)
    app.context_processor(_context)


def bureau() -> Bureau:
    """The bureau that this application serves, with the catalogue as it is at this request."""
    if "bureau" not in g:
        g.bureau = current_app.extensions["bureau"] = current_app.extensions["bureau"].current()
    return cast(Bureau, g.bureau)


def selection() -> Selection:
    """What the URL of this request selects.

    Raises:
        UnknownDivision, AmbiguousDivision, UnknownName, UnknownChoice: it names nothing known.
    """
    if "selection" not in g:
        g.selection = read_selection(bureau(), request.args)
    return cast(Selection, g.selection)


def url(page: str, /, **changes: str | list[str] | None) -> str:
    """The address of a page under the current selection, with some of it changed.

    `page` is an endpoint, or a blueprint's name for its `page`. Values that are not part of the
    selection (a code in the path, a page's own filter) go into the address as they are.
    """
    ours = {key: cast("str | None", changes.pop(key)) for key in KEYS if key in changes}
    endpoint = page if "." in page else f"{page}.page"
    return address(endpoint, selection().query(**ours) | changes)


def address(endpoint: str, values: Mapping[str, str | list[str] | None]) -> str:
    """The address of an endpoint: values its path names go into it, all others into the query.

    url_for has arguments of its own (`endpoint`, `_anchor` …), and a request may use their names.
    """
    rules = current_app.url_map.iter_rules(endpoint)
    in_path = {name for rule in rules for name in rule.arguments}
    named: dict[str, Any] = {name: values[name] for name in in_path if name in values}
    path = url_for(endpoint, **named)
    query = {k: v for k, v in values.items() if k not in in_path and v is not None}
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def here(**changes: str | list[str] | None) -> str:
    """The address of this very page, its own filters kept, with some of it changed."""
    own = {k: v for k, v in request.args.lists() if k not in KEYS and k != "bar"}
    place = cast("dict[str, str | list[str] | None]", request.view_args or {})
    return url(request.endpoint or "overview", **(own | place | changes))


def activity_url(activity: Activity) -> str | None:
    """The page of what stands on a link: an enterprise or a project of the ledger.

    None for a head office that only the catalogue knows: it has no page.
    """
    if activity.id.startswith(CATALOGUED):
        return None
    if activity.stage == OPERATING:
        return url("ledger.enterprise", id=activity.id)
    return url("ledger.project", code=activity.id)


def link_url(link: str, chain: str | None = None) -> str:
    """The chain page on a link: in `chain` where that holds it, else in the first that does."""
    holding = bureau().catalogue.chains_using(link)
    if chain not in holding:
        chain = holding[0] if holding else None
    return url("chain", chain=chain, link=link if chain else None)


def _tidy() -> Response | None:
    """Turn what the selection bar sends into the address that is worth copying.

    Empty fields go; so does a link that the chain newly chosen does not have.
    """
    if request.method != "GET" or "bar" not in request.args or request.routing_exception:
        return None
    kept = {k: [v for v in values if v] for k, values in request.args.lists() if k != "bar"}
    link, chain = request.args.get("link"), request.args.get("chain")
    if link and chain and chain != OTHER_CHAIN:
        chains = bureau().catalogue.chains
        if chain in chains and link not in chains[chain].links:
            del kept["link"]
    return redirect(address(request.endpoint or "overview.page", kept | (request.view_args or {})))


def _context() -> dict[str, object]:
    return {
        "bureau": bureau(),
        "selection": selection(),
        "url": url,
        "here": here,
        "activity_url": activity_url,
        "link_url": link_url,
        "pages": PAGES,
        "bar": _bar(),
        "tab": UNDER.get(request.blueprint or "", request.blueprint),
        "shown": set(current_app.blueprints),
    }


def _bar() -> dict[str, object]:
    """What the selection bar offers, as (value, label) pairs."""
    here, now = bureau(), selection()
    counties = here.gazetteer.divisions.counties(here.city.code)
    year = here.today.year
    halves = [f"{y}H{h}" for y in range(year, year - 4, -1) for h in (2, 1)]
    listing = LISTS.get(request.endpoint or "")
    if request.blueprint == "editing":
        listing = "ledger.projects"
    return {
        "action": url_for(listing) if listing else request.path,
        "counties": [(county.code, county.name) for county in counties],
        "zones": [(zone.name, zone.name) for zone in here.city.zones],
        "unassigned": UNASSIGNED,
        "chains": [(chain.id, chain.name) for chain in chains_in_order(here)],
        "other": (OTHER_CHAIN, OTHER),
        "stages": STAGES,
        "years": [str(y) for y in range(year, year - 12, -1)],
        "halves": halves,
        "spans": [f"{year - n + 1}-{year}" for n in (3, 5, 10)],
        "period": str(now.period) if now.period else "",
        "kept": [
            (key, value)
            for key, values in request.args.lists()
            if key not in (*KEYS, *PAGING, "bar")
            for value in values
        ],
    }


def chains_in_order(here: Bureau) -> list[Chain]:
    """The city's leading chains first, as its plan ranks them, then the others."""
    return here.chains_in_order()
