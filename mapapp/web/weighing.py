"""权重与口径: every weight, what happens to the rankings when they move, and setting them."""

from flask import Blueprint, Flask, redirect, render_template, request
from werkzeug.wrappers import Response

from mapapp.journeys import weighing
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.journeys.targets import rank_targets
from mapapp.journeys.weighing import Trial
from mapapp.web.author import author
from mapapp.web.state import bureau, chains_in_order, here, selection, url

bp = Blueprint("weighing", __name__)


def install(app: Flask) -> None:
    """Give the templates what is weighed otherwise here than by the programme."""
    app.jinja_env.globals["weighed_otherwise"] = lambda: weighing.differing(bureau())


@bp.get("/weights")
def page() -> str | Response:
    trial = weighing.read_trial(bureau(), request.args)
    if "try" in request.args:
        return redirect(_tidy(trial))
    chain, county = _chain(), selection().county
    link = selection().link or _first_link(chain, county)
    targets = rank_targets(bureau(), county, chain, link) if link else []
    return render_template(
        "weighing.html",
        rows=weighing.weight_rows(bureau(), trial.typed),
        trial=trial,
        chain=chain,
        link=link,
        top=weighing.TOP,
        settings=weighing.settings(bureau()),
        differing=weighing.differing(bureau()),
        gaps=weighing.gaps_firmness(bureau(), chain, county),
        targets=weighing.targets_firmness(targets),
        firms=[item.target.enterprise.name for item in targets],
        moved_gaps=weighing.compare_gaps(bureau(), trial.weights, chain, county)
        if trial.weights
        else None,
        moved_targets=weighing.compare_targets(bureau(), trial.weights, chain, link, county)
        if trial.weights and link
        else None,
    )


@bp.post("/weights")
def save() -> str | Response:
    """Set what was tried, or go back to the city's file."""
    if "reset" in request.form:
        weighing.set_weights(bureau(), bureau().configured, _note(), author())
        return redirect(url("weighing"), 303)
    trial = weighing.read_trial(bureau(), request.form)
    if trial.weights is None:
        return redirect(_tidy(trial), 303)
    weighing.set_weights(bureau(), trial.weights, _note(), author())
    return redirect(url("weighing"), 303)


def _tidy(trial: Trial) -> str:
    """The address with only the weights that differ from those in force."""
    rows = weighing.weight_rows(bureau(), trial.typed)
    changed: dict[str, str | list[str] | None] = {
        row.code: row.tried if row.tried != f"{row.now:g}" else None for row in rows
    }
    return here(**changed, **{"try": None})


def _note() -> str:
    return request.form.get("note", "")


def _chain() -> str:
    """The chain selected, else the city's first."""
    chosen = selection().chain
    return chosen if chosen and chosen != OTHER_CHAIN else chains_in_order(bureau())[0].id


def _first_link(chain: str, county: str | None) -> str | None:
    """The most critical gap for which somebody is known."""
    gaps = (gap.here.link for gap in find_gaps(bureau(), county, chain) if gap.is_gap)
    return next((link for link in gaps if rank_targets(bureau(), county, chain, link)), None)
