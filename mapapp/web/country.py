"""全国: in which cities the target enterprises sit, and a city with its counties."""

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from mapapp.journeys.country_map import (
    CountryView,
    Marked,
    city_geometry,
    country_drawing,
    prefectures,
    view_city,
    view_country,
)
from mapapp.web.assets import static_folder
from mapapp.web.compact import compact_json
from mapapp.web.map import script_answer
from mapapp.web.state import bureau, selection

bp = Blueprint("country", __name__)
LISTED = 60
"""As many cities stand in the panel, those with most enterprises; the map shows them all."""


@bp.get("/country")
def page() -> str:
    here = bureau()
    seen = view_country(here, selection())
    drawing = country_drawing(here, static_folder())
    return render_template(
        "country.html",
        seen=seen,
        header=Markup(drawing.header),
        html=Markup(drawing.html),
        data=_data(seen, dict(drawing.names)),
        panel=Markup(_panel(seen)),
    )


@bp.get("/country/map.js")
def drawing() -> Response:
    """The script of the Folium map: always the same, so that a browser keeps it."""
    return script_answer(country_drawing(bureau(), static_folder()).script)


@bp.get("/country/place/<code>")
def place(code: str) -> Response:
    return compact_json(city_geometry(bureau(), code))


@bp.get("/country/panel")
def panel() -> str:
    return _panel(None)


def _panel(seen: CountryView | None) -> str:
    """The city that the address asks for, else all of them."""
    here, city = bureau(), request.args.get("city", "").strip()
    if city:
        return render_template("country_city.html", view=view_city(here, selection(), city))
    whole = seen or view_country(here, selection())
    return render_template("country_cities.html", seen=whole, cities=whole.cities[:LISTED])


def _data(seen: CountryView, names: dict[str, str]) -> dict[str, object]:
    here, city = bureau(), request.args.get("city", "").strip()
    return {
        "names": names,
        "tiles": here.settings.tiles is not None,
        "city": here.gazetteer.divisions.find_prefecture(city).code if city else None,
        "place": url_for("country.place", code="CODE"),
        "panel": url_for("country.panel"),
        "cities": [
            {"code": one.code, "name": one.name, "at": one.at, "firms": one.firms}
            for one in seen.cities
        ],
        "offices": [_mark(office) for office in seen.offices],
        "home": _mark(seen.home),
        "all": [[code, name, province] for code, name, province in prefectures(here)],
    }


def _mark(one: Marked) -> dict[str, object]:
    return {"name": one.name, "city": one.city_name, "code": one.code, "at": one.at}
