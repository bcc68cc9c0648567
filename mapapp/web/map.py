"""地图: the counties shaded, the projects on them, and a panel for what is clicked."""

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from mapapp.journeys.browse import find_projects, projects_by_code
from mapapp.journeys.county_map import (
    CountyMap,
    Fragment,
    draw_map,
    label_points,
    link_standing,
    map_bounds,
    view_map,
    view_place,
    view_project,
    zoom_range,
)
from mapapp.journeys.county_measures import (
    Measure,
    counties_record,
    ladder_record,
    read_measure,
)
from mapapp.journeys.map_key import map_key
from mapapp.journeys.month_sums import month_sums
from mapapp.journeys.point_bytes import overdue_bytes, point_bytes
from mapapp.journeys.selection import STAGE_UNKNOWN, STAGES
from mapapp.journeys.sites import get_site
from mapapp.web.assets import static_folder
from mapapp.web.compact import compact, compact_json, pack, to_json
from mapapp.web.formats import amount
from mapapp.web.state import bureau, chains_in_order, selection, url

bp = Blueprint("map", __name__)
NAMES_AT_ONCE, FOUND = 60, 8
PADDING = 10
"""Pixels around the city on the map."""


@bp.get("/map")
def page() -> str:
    seen, drawn = _drawn()
    key = map_key(bureau())
    return render_template(
        "map.html",
        seen=seen,
        folium_map=Markup(drawn.html),
        data=page_data(seen, drawn),
        panel=Markup(_panel(request.args.get("project"), _site())),
        shapes=key.shapes,
        stage_colours=key.stages,
        overdue_colours=key.overdue,
        colours=key.chains,
        chains=chains_in_order(bureau()),
        other=key.other,
        measures=Measure,
        zone_colour=key.zone,
        site_colour=key.site,
    )


@bp.get("/map/drawing.js")
def drawing() -> Response:
    """Folium's script: a page asks for it once the projects are drawn."""
    _, drawn = _drawn()
    return script_answer(drawn.generator)


def script_answer(text: str) -> Response:
    """A script of Folium's, compressed once for all who ask."""
    return compact(
        bureau().remember(("script", text), lambda: pack(text.encode(), "text/javascript"))
    )


def _drawn() -> tuple[CountyMap, Fragment]:
    """What the address asks for, and its map. No text of the ledger is in it (draw/county_map)."""
    seen = view_map(bureau(), selection(), read_measure(request.args.get("shade")))
    return seen, draw_map(bureau(), seen, static_folder())


@bp.get("/map/points")
def points() -> Response:
    """All projects, whatever is selected: the page chooses among them itself."""
    here = bureau()
    return compact(here.remember("points answer", lambda: pack(point_bytes(here))))


@bp.get("/map/points/overdue")
def overdue() -> Response:
    here = bureau()
    return compact(here.remember("overdue answer", lambda: pack(overdue_bytes(here))))


@bp.get("/map/points/names")
def names() -> Response:
    """What the projects of these codes are called: [name, enterprise, 协议金额] by code."""
    found = projects_by_code(bureau(), request.args.getlist("code")[:NAMES_AT_ONCE])
    return compact_json(
        {
            item.project_code: [item.name, item.enterprise, amount(item.contracted_investment)]
            for item in found
        }
    )


@bp.get("/map/points/find")
def find() -> Response:
    """The first projects of the selection with a text in them, wherever its place is."""
    chosen, text = selection().without_place(), request.args.get("q", "").strip()
    found = find_projects(bureau(), chosen, text, FOUND) if text else []
    return compact_json(
        [
            [item.project_code, item.name, item.stage.value if item.stage else STAGE_UNKNOWN]
            for item in found
        ]
    )


@bp.get("/map/sums")
def sums() -> Response:
    here = bureau()
    return compact(
        here.remember("sums answer", lambda: pack(to_json(month_sums(here)), "application/json"))
    )


@bp.get("/map/counties")
def counties() -> Response:
    """The counties' figures and colours alone: a page shades them anew without being loaded."""
    by = read_measure(request.args.get("shade"))
    seen = view_map(bureau(), selection(), by)
    return compact_json(counties_record(bureau(), selection(), by) | {"said": seen.said})


@bp.get("/map/panel/place")
def place_panel() -> str:
    return _panel(None)


@bp.get("/map/panel/project/<path:code>")
def project_panel(code: str) -> str:
    return _panel(code)


def _site() -> int | None:
    """The number of the site that the address asks for."""
    return request.args.get("site", type=int)


def _panel(project: str | None, site: int | None = None) -> str:
    """What the side panel shows: a project, a site, else the place that is selected."""
    here, chosen = bureau(), selection()
    if project:
        return render_template("map_project.html", view=view_project(here, project))
    if site:
        return render_template("map_site.html", site=get_site(here, site))
    whole = None
    if not chosen.place:
        whole = view_map(here, chosen, read_measure(request.args.get("shade")))
    return render_template(
        "map_place.html",
        view=view_place(here, chosen),
        whole=whole,
        standing=link_standing(here, chosen),
    )


def page_data(seen: CountyMap, drawn: Fragment) -> dict[str, object]:
    """What the page's scripts need; texts reach the page by textContent only."""
    labels = label_points(bureau())
    shade = None if seen.by == Measure.COUNT else seen.by.value
    return {
        "libraries": [*drawn.libraries, url("map.drawing", shade=shade)],
        "bounds": map_bounds(bureau()),
        "padding": PADDING,
        "zooms": zoom_range(bureau().settings.tiles),
        "overdue": url_for("map.overdue"),
        "names_of": url_for("map.names"),
        "find": url_for("map.find"),
        "sums": url_for("map.sums"),
        "stageOrder": STAGES,
        "ladder": ladder_record(seen.colours),
        "sites": url_for("sites.drawn"),
        "overdueColours": map_key(bureau()).overdue,
        "siteColour": map_key(bureau()).site,
        "sitePanel": url_for("sites.panel", id=0).removesuffix("0") + "ID",
        "site": _site(),
        "placePanel": url_for("map.place_panel"),
        "projectPanel": url_for("map.project_panel", code="CODE"),
        "place": selection().place,
        "project": request.args.get("project"),
        "countySums": url_for("map.counties"),
        "counties": [
            {
                "code": county.key,
                "name": county.name,
                "label": labels[county.key],
                "text": county.text,
            }
            for county in seen.readings.counties
        ],
        "zones": [
            {"name": zone.name, "short": zone.short} for zone in bureau().city.zones if zone.centre
        ],
    }
