"""联动: map, chain, figures and table on one page, which mark the same projects."""

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from mapapp.journeys.chain_view import busiest_chain, draw_picture, view_chain
from mapapp.journeys.county_map import draw_map, view_map
from mapapp.journeys.county_measures import Measure
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.web.assets import static_folder
from mapapp.web.map import page_data
from mapapp.web.state import bureau, selection, url

bp = Blueprint("linked", __name__)


@bp.get("/linked")
def page() -> str:
    here, chosen = bureau(), selection()
    seen = view_map(here, chosen, Measure.COUNT)
    fragment = draw_map(here, seen, static_folder())
    drawn = chosen.chain if chosen.chain not in (None, OTHER_CHAIN) else busiest_chain(here)
    view = view_chain(here, str(drawn), chosen)
    return render_template(
        "linked.html",
        seen=seen,
        folium_map=Markup(fragment.html),
        data=page_data(seen, fragment)
        | {"projectPage": url_for("ledger.project", code="CODE"), "chain": view.chain.id},
        view=view,
        picture=Markup(draw_picture(view, chosen.link, lambda name: url("linked", link=name))),
    )
