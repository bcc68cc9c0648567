"""两期对比: a figure of the counties in two periods, as two maps and a table."""

from flask import Blueprint, render_template, request
from markupsafe import Markup

from mapapp.journeys.compare_periods import (
    FIGURES,
    Comparison,
    compare_periods,
    days,
    draw_compared,
    presets,
)
from mapapp.journeys.county_map import label_points
from mapapp.journeys.selection import UnknownChoice
from mapapp.ledger.dates import Period
from mapapp.ledger.definitions import definitions
from mapapp.web.assets import static_folder
from mapapp.web.days import asked_day
from mapapp.web.state import bureau, selection

bp = Blueprint("compare", __name__)


@bp.get("/map/compare")
def page() -> str:
    here = bureau()
    usual = presets(here.today)[0]
    now = _asked("from", "to", usual.now)
    then = _asked("from2", "to2", usual.then)
    figure = request.args.get("figure") or FIGURES[0]
    seen = compare_periods(here, selection(), figure, now, then)
    drawn = draw_compared(here, seen, static_folder())
    return render_template(
        "map_compare.html",
        seen=seen,
        header=Markup(drawn[0].header),
        maps=[(period, Markup(one.html)) for period, one in zip((now, then), drawn, strict=True)],
        drawings=[Markup(one.script) for one in drawn],
        data={"maps": [dict(one.names) for one in drawn], "counties": _labels(seen)},
        presets=presets(here.today),
        figures={key: definitions(here.city.definitions)[key] for key in FIGURES},
    )


def _asked(first: str, last: str, usual: Period) -> Period:
    one, two = asked_day(first, usual.first), asked_day(last, usual.last)
    if one > two:
        raise UnknownChoice(f"时段从 {one} 到 {two} 是颠倒的，请对调")
    return days(one, two)


def _labels(seen: Comparison) -> list[dict[str, object]]:
    """Where each county's name goes, and what stands under it on either map."""
    labels = label_points(bureau())
    return [
        {
            "at": labels[row.now.key],
            "name": row.now.name,
            "texts": [row.now.text, row.then.text],
        }
        for row in seen.rows
        if row.now.key in labels
    ]
