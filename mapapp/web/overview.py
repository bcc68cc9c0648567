"""总览."""

from typing import Any

from flask import Blueprint, render_template

from mapapp.journeys.headline import Headline, headline
from mapapp.journeys.overview import Overview, overview
from mapapp.ledger.dates import Period
from mapapp.web.days import asked_day
from mapapp.web.state import bureau, chains_in_order, selection, url

bp = Blueprint("overview", __name__)


@bp.get("/")
def page() -> str:
    here, chosen = bureau(), selection()
    order = [chain.id for chain in chains_in_order(here)]
    view = overview(here, chosen, order)
    top = headline(here, chosen, asked_day("on", here.today))
    return render_template("overview.html", view=view, top=top, charts=_charts(view, top))


def _charts(view: Overview, top: Headline) -> dict[str, Any]:
    """What static/js/charts.js draws: the numbers of the page's tables, with their links."""
    if not view.total.projects and not view.enterprises:
        return {}
    lit = {row.name for row in view.counties if row.place == selection().place}
    return {
        "months": _months(top),
        "stages": _stages(view) | {"highlight": selection().stage},
        "places": _places(view) | {"highlight": next(iter(lit), None)},
    }


def _months(top: Headline) -> dict[str, Any]:
    year, months = top.on.year, top.months
    now, before = [month.signed for month in months], [month.signed_before for month in months]
    return {
        "label": f"{year} 年各月签约项目与 {year - 1} 年相比，数字在“看数字”里",
        "unit": "个",
        "categories": [f"{month.number} 月" for month in months],
        "series": [
            {"name": f"{year} 年", "look": "now", "values": now},
            {"name": f"{year - 1} 年", "look": "before", "values": before},
        ],
        "links": [
            _signed(month.period if month.signed else month.before)
            if month.signed or month.signed_before
            else None
            for month in months
        ],
    }


def _signed(period: Period) -> str:
    days = {"from": str(period.first), "to": str(period.last)}
    whole = {"figure": "signed_projects", "by": "", "key": "", "stage": None, "period": None}
    return url("statistics.listed", **whole, **days)


def _stages(view: Overview) -> dict[str, Any]:
    rows = view.stages
    others = [row.sum.projects - row.unconfirmed for row in rows]
    return {
        "label": "各阶段的项目数，其中待核实的画斜线，数字见“项目阶段”表",
        "unit": "个",
        "horizontal": True,
        "stacked": True,
        "categories": [row.name for row in rows],
        "series": [
            {"name": "其余", "look": "now", "values": others},
            {"name": "待核实", "look": "doubt", "values": [r.unconfirmed for r in rows]},
        ],
        "links": [url("ledger.projects", stage=row.name) for row in rows],
    }


def _places(view: Overview) -> dict[str, Any]:
    rows = view.counties
    return {
        "label": "各区县的项目数，数字见“区县”表",
        "unit": "个",
        "horizontal": True,
        "categories": [row.name for row in rows],
        "series": [{"name": "项目", "look": "now", "values": [row.sum.projects for row in rows]}],
        "links": [url("ledger.projects", place=row.place) for row in rows],
    }
