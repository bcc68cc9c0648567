"""周调度: the week's list, the meeting that is kept, its memo."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import weekly
from mapapp.journeys.refusals import StaleRow
from mapapp.journeys.weekly_memo import memo
from mapapp.web.author import author
from mapapp.web.days import asked_day
from mapapp.web.downloads import send
from mapapp.web.state import bureau, selection, url

bp = Blueprint("weekly", __name__)
ROWS, MOST = 60, 300
"""How many projects the list shows, so many more each time, and at most: a meeting's worth."""


@bp.get("/weekly")
def page() -> str:
    return _page((), {})


@bp.post("/weekly")
def keep() -> AnyResponse | tuple[str, int]:
    found = weekly.draft(bureau(), asked_day("on", bureau().today), request.form, selection())
    if found.problems:
        return _page(found.problems, request.form), 422
    try:
        number = weekly.keep(bureau(), found, author())
    except StaleRow:
        return _page(("有的下一步刚被别人改过，请看现在的内容再保存",), {}), 409
    flash("本次调度已保存，写了下一步的都记作承诺。")
    return redirect(url("weekly.meeting", id=str(number)), 303)


@bp.get("/weekly/<int:id>")
def meeting(id: int) -> str:
    found = weekly.meeting(bureau(), id)
    kept = weekly.promises_of(bureau(), found, bureau().today)
    return render_template("weekly_meeting.html", meeting=found, kept=kept)


@bp.get("/weekly/<int:id>/memo")
def download(id: int) -> AnyResponse:
    """The memo as DOCX."""
    return send(memo(bureau(), weekly.meeting(bureau(), id)))


def _page(problems: Sequence[str], typed: Mapping[str, str]) -> str:
    week = weekly.week(bureau(), asked_day("on", bureau().today), selection())
    count = min(max(request.args.get("count", ROWS, int), ROWS), MOST)
    return render_template(
        "weekly.html",
        week=week,
        items=week.items[:count],
        more=min(count + ROWS, MOST) if count < min(len(week.items), MOST) else None,
        problems=problems,
        typed=typed,
        seen=weekly.seen,
    )
