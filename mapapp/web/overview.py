"""总览."""

from flask import Blueprint, render_template

from mapapp.journeys.overview import overview
from mapapp.web.state import bureau, chains_in_order, selection

bp = Blueprint("overview", __name__)


@bp.get("/")
def page() -> str:
    order = [chain.id for chain in chains_in_order(bureau())]
    return render_template("overview.html", view=overview(bureau(), selection(), order))
