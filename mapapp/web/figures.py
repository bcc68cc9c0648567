"""上报数据: every published figure, with its source."""

from flask import Blueprint, render_template, request

from mapapp.journeys.browse import list_figures
from mapapp.web.state import bureau

bp = Blueprint("figures", __name__)


@bp.get("/figures")
def page() -> str:
    text = request.args.get("q", "").strip()
    return render_template("figures.html", figures=list_figures(bureau(), text=text), text=text)
