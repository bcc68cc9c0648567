"""周调度: the week's list, the meeting that is kept, its memo."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import weekly
from mapapp.journeys.weekly_memo import memo
from mapapp.web.author import author
from mapapp.web.days import asked_day
from mapapp.web.downloads import send
from mapapp.web.state import bureau, selection, url

bp = Blueprint("weekly", __name__)


@bp.get("/weekly")
def page() -> str:
    return render_template("weekly.html", week=_week(), problems=(), typed={})


@bp.post("/weekly")
def keep() -> AnyResponse | tuple[str, int]:
    found = weekly.draft(bureau(), asked_day("on", bureau().today), request.form, selection())
    if found.problems:
        answer = render_template(
            "weekly.html", week=_week(), problems=found.problems, typed=request.form
        )
        return answer, 422
    number = weekly.keep(bureau(), found, author())
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


def _week() -> weekly.Week:
    return weekly.week(bureau(), asked_day("on", bureau().today), selection())
