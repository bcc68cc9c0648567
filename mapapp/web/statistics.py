"""统计: the figures of a period, each with its meaning and the list it was counted from."""

from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.jobs import Progress
from mapapp.journeys import exchange
from mapapp.journeys.browse import projects_by_code
from mapapp.journeys.export import Export, as_file, check_kind
from mapapp.journeys.selection import UnknownChoice
from mapapp.journeys.statistics import BY, Statistics, counted, label, statistics
from mapapp.journeys.statistics_table import statistics_table
from mapapp.ledger.dates import Period
from mapapp.web.author import author
from mapapp.web.days import asked_day
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection, url
from mapapp.web.work import offer

bp = Blueprint("statistics", __name__)
ROWS = 60
NOBODY = "-"
"""How an address names the row of those that name none."""


@bp.get("/statistics")
def page() -> str:
    return render_template(
        "statistics.html", found=_found(), by=_by(), by_words=BY, ask=_asked(), nobody=NOBODY
    )


@bp.get("/statistics/list")
def listed() -> str:
    """The projects behind one figure."""
    found, figure = _found(), request.args.get("figure", "")
    given = request.args.get("key", "")
    key = None if given == NOBODY else given
    codes = counted(found, figure, key)
    page = paged(codes, ROWS)
    return render_template(
        "statistics_list.html",
        found=found,
        word=found.words[figure],
        label=label(bureau(), found.by, key) if given else found.whole.label,
        page=page,
        projects=projects_by_code(bureau(), page.rows),
        ask=_asked(),
    )


@bp.get("/statistics/export/<kind>")
def export(kind: str) -> AnyResponse:
    """The table as a file."""
    check_kind(kind)
    home, found = bureau(), _found()
    name = f"招商统计-{home.city.name}-{found.period.first:%Y%m%d}-{found.period.last:%Y%m%d}"

    def write(told: Progress) -> Export:
        return as_file(statistics_table(home, found), kind, name, "statistics")

    return offer(url("statistics"), len(found.rows), write)


@bp.get("/rates")
def rates() -> str:
    return render_template("rates.html", rates=exchange.rates(bureau()), entry=exchange.Entry())


@bp.post("/rates")
def save_rate() -> AnyResponse | tuple[str, int]:
    if "drop" in request.form:
        exchange.drop(bureau(), request.form.get("currency", ""), request.form.get("on", ""))
        return redirect(url("statistics.rates"), 303)
    entry = exchange.enter(bureau(), request.form, author())
    if entry.problems:
        known = exchange.rates(bureau())
        return render_template("rates.html", rates=known, entry=entry), 422
    return redirect(url("statistics.rates"), 303)


def _found() -> Statistics:
    return statistics(bureau(), _period(), _by(), selection())


def _by() -> str | None:
    return request.args.get("by", "county") or None


def _period() -> Period:
    """The days asked for; else the bar's period; else this year so far."""
    today = bureau().today
    chosen = selection().period
    first = asked_day("from", chosen.first if chosen else date(today.year, 1, 1))
    last = asked_day("to", chosen.last if chosen else today)
    if first > last:
        raise UnknownChoice(f"统计时段从 {first} 到 {last} 是颠倒的，请对调")
    return Period(f"{first} 至 {last}", first, last)


def _asked() -> dict[str, str]:
    """What the address says of this page alone, for its links."""
    period = _period()
    return {"by": _by() or "", "from": str(period.first), "to": str(period.last)}
