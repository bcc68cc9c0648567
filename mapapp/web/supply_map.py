"""供需: who makes the selected link here, who uses it, and how far apart they are."""

from flask import Blueprint, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from mapapp.journeys.county_map import Fragment, label_points, map_bounds
from mapapp.journeys.display_datum import display_point
from mapapp.journeys.firm_places import FirmPlace
from mapapp.journeys.supply_map import SupplyView, choices, draw_supply, view_supply
from mapapp.web.assets import static_folder
from mapapp.web.map import script_answer
from mapapp.web.state import bureau, selection

bp = Blueprint("supply_map", __name__)
ROWS = 200
"""As many pairs are listed and drawn, the nearest."""


@bp.get("/map/link")
def page() -> str:
    here, chosen = bureau(), selection()
    seen = view_supply(here, chosen)
    offered = choices(here, chosen)
    if seen is None:
        return render_template("map_supply_links.html", choices=offered)
    fragment = draw_supply(here, static_folder())
    return render_template(
        "map_supply.html",
        seen=seen,
        pairs=seen.pairs[:ROWS],
        choices=offered,
        folium_map=Markup(fragment.html),
        data=_data(seen, fragment),
    )


@bp.get("/map/link/drawing.js")
def drawing() -> Response:
    """Folium's script, the same for every link."""
    return script_answer(draw_supply(bureau(), static_folder()).generator)


def _data(seen: SupplyView, fragment: Fragment) -> dict[str, object]:
    """What the page's script puts on the map; texts get there by textContent only."""
    drawn = [place for place in seen.places if place.drawn]
    number = {place.name: n for n, place in enumerate(drawn)}
    makers = {place.name for place in seen.suppliers}
    waiting = {place.name for place in seen.waiting}
    users = {customer.place.name: customer.links for customer in seen.customers}
    here = bureau()
    labels = label_points(here)
    return {
        "libraries": [*fragment.libraries, url_for("supply_map.drawing")],
        "bounds": map_bounds(here),
        "counties": [{"name": here.county_name(code), "at": at} for code, at in labels.items()],
        "firms": [
            {
                "name": place.name,
                "at": display_point(here, place.drawn),
                "makes": place.name in makers,
                "waits": place.name in waiting,
                "uses": place.name in users,
                "exact": place.exact,
                "words": "；".join(_roles(seen, place, users.get(place.name, ()))),
            }
            for place in drawn
            if place.drawn
        ],
        "lines": [
            {
                "row": row,
                "ends": [number[pair.supplier.name], number[pair.customer.place.name]],
                "said": pair.said,
                "nearest": pair.nearest,
            }
            for row, pair in enumerate(seen.pairs[:ROWS])
            if pair.supplier.name in number and pair.customer.place.name in number
        ],
    }


def _roles(seen: SupplyView, place: FirmPlace, uses: tuple[str, ...]) -> list[str]:
    words = []
    if place.name in {one.name for one in seen.suppliers}:
        words.append(f"供应{seen.link.link}")
    if place.name in {one.name for one in seen.waiting}:
        words.append(f"{seen.link.link}：已签约，未开工，不算供应方")
    if uses:
        words.append(f"客户：{'、'.join(uses)}")
    return [*words, f"{place.county_name}，{place.precision}"]
