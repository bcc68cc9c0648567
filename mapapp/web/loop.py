"""闭环: the funnel from target to plant, links filled, and rankings in hindsight."""

from flask import Blueprint, Response, render_template

from mapapp.journeys.export import as_file, check_kind
from mapapp.journeys.loop import COUNTING, loop, loop_table
from mapapp.outreach.loop import AT, Step
from mapapp.web.downloads import send
from mapapp.web.state import bureau

bp = Blueprint("loop", __name__)


@bp.get("/loop")
def page() -> str:
    return render_template(
        "loop.html", found=loop(bureau()), steps=list(Step), at=AT, counting=COUNTING
    )


@bp.get("/loop.<kind>")
def export(kind: str) -> Response:
    here = bureau()
    name = f"招商闭环-{here.city.name}-{here.today:%Y%m%d}"
    return send(as_file(loop_table(here, loop(here)), check_kind(kind), name, "loop"))
