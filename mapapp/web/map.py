"""地图: the counties shaded, the projects on them, and a panel for what is clicked."""

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from mapapp.cities import Zone
from mapapp.journeys.county_map import (
    CountyMap,
    draw_map,
    label_points,
    view_map,
    view_place,
    view_project,
)
from mapapp.journeys.county_measures import Measure, counties_record, read_measure
from mapapp.journeys.map_key import map_key
from mapapp.journeys.points import columns, place_projects
from mapapp.journeys.sites import get_site
from mapapp.web.compact import compact_json
from mapapp.web.state import bureau, chains_in_order, selection

bp = Blueprint("map", __name__)


@bp.get("/map")
def page() -> str:
    seen = view_map(bureau(), selection(), read_measure(request.args.get("shade")))
    key = map_key(bureau())
    static = url_for("static", filename="x").removesuffix("/x")
    fragment = draw_map(bureau(), seen, static)
    return render_template(
        "map.html",
        seen=seen,
        fragment={
            "header": Markup(fragment.header),
            "html": Markup(fragment.html),
            "script": Markup(fragment.script),
        },
        data=_page_data(seen, dict(fragment.names)),
        panel=Markup(_panel(request.args.get("project"), _site())),
        shapes=key.shapes,
        colours=key.chains,
        chains=chains_in_order(bureau()),
        other=key.other,
        measures=Measure,
        zone_colour=key.zone,
        site_colour=key.site,
    )


@bp.get("/map/points")
def points() -> Response:
    return compact_json(columns(bureau(), place_projects(bureau(), selection())))


@bp.get("/map/counties")
def counties() -> Response:
    """The counties' figures and colours alone: a page shades them anew without being loaded."""
    by = read_measure(request.args.get("shade"))
    return compact_json(counties_record(bureau(), selection(), by))


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
    return render_template("map_place.html", view=view_place(here, chosen), whole=whole)


def _page_data(seen: CountyMap, names: dict[str, str]) -> dict[str, object]:
    """What the page's scripts need; texts reach the page by textContent only."""
    labels = label_points(bureau())
    return {
        "names": names,
        "points": url_for("map.points", **selection().query(place=None)),  # type: ignore[arg-type]
        "sites": url_for("sites.drawn"),
        "siteColour": map_key(bureau()).site,
        "sitePanel": url_for("sites.panel", id=0).removesuffix("0") + "ID",
        "site": _site(),
        "placePanel": url_for("map.place_panel"),
        "projectPanel": url_for("map.project_panel", code="CODE"),
        "place": selection().place,
        "project": request.args.get("project"),
        "measure": {"label": seen.by.label, "unit": seen.by.unit},
        "countiesAnew": url_for("map.counties"),
        "counties": [
            {
                "code": county.key,
                "name": county.name,
                "label": labels[county.key],
                "value": county.value,
                "text": county.text,
            }
            for county in seen.readings.counties
        ],
        "zones": [
            {"name": zone.name, "short": _short(zone)}
            for zone in bureau().city.zones
            if zone.centre
        ],
    }


def _short(zone: Zone) -> str:
    """What a map has room for: 经开区."""
    return zone.name if len(zone.name) < 6 else min((zone.name, *zone.aliases), key=len)
