"""目标任务: the year's targets and who is how far."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import annual_targets
from mapapp.journeys.statistics import BY
from mapapp.web.author import author
from mapapp.web.state import bureau, url

bp = Blueprint("annual_targets", __name__)


@bp.get("/annual-targets")
def page() -> str:
    return _page({})


@bp.post("/annual-targets")
def put() -> AnyResponse | tuple[str, int]:
    year, dimension, indicator = _asked()
    wrong = annual_targets.put(bureau(), year, dimension, indicator, request.form, author())
    if wrong:
        return _page(wrong), 422
    flash("目标已保存。")
    back = {"year": str(year), "of": dimension, "indicator": indicator}
    return redirect(url("annual_targets", **back), 303)


def _page(problems: dict[str, str]) -> str:
    year, dimension, indicator = _asked()
    return render_template(
        "annual_targets.html",
        view=annual_targets.annual_view(bureau(), year, dimension, indicator),
        dimensions={name: BY[name] for name in annual_targets.DIMENSIONS},
        indicators=annual_targets.words(bureau()),
        years=range(bureau().today.year + 1, bureau().today.year - 5, -1),
        problems=problems,
        typed=request.form,
    )


def _asked() -> tuple[int, str, str]:
    given = request.values
    year = given.get("year", bureau().today.year, type=int)
    return year, given.get("of", "county"), given.get("indicator", "signed_projects")
