"""Long work as the browser sees it: begun, watched, cancelled, and its file taken away.

A job's subject is the address of the page that it belongs to: there it leads when it is over.
"""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.jobs import Job, JobState, Progress, Quiet, Runner
from mapapp.journeys import export
from mapapp.journeys.export import ROWS_AT_ONCE, Export
from mapapp.journeys.refusals import REFUSALS
from mapapp.web import downloads
from mapapp.web.author import author
from mapapp.web.state import bureau

bp = Blueprint("work", __name__, url_prefix="/work")

AT_ONCE = 0.8
"""Work that is done within so many seconds shows its result without a progress bar; the
application's setting of this name says otherwise."""

TITLES = {"export": "导出", "send": "下发", "collect": "核对报回的工作簿", "settle": "写入台账",
          "match": "比对", "backtest": "回测"}  # fmt: skip


def runner() -> Runner:
    """The jobs of this application; made, and the dead ones of the last run buried, when first
    asked for."""
    if "jobs" not in current_app.extensions:
        found = Runner(bureau().store.jobs, REFUSALS)
        found.recover()
        current_app.extensions["jobs"] = found
    return cast(Runner, current_app.extensions["jobs"])


def begin(kind: str, subject: str, work: Callable[[Progress], str]) -> Job:
    """Begin a job, or find the one of this kind that is under way; waits for a short one."""
    job = runner().of(subject)
    if job is None or job.state.is_over or job.kind != kind:
        job = runner().submit(kind, subject, author(), work)
    return runner().wait(job.id, current_app.config.get("AT_ONCE", AT_ONCE)) or job


def watch(job: Job) -> Response:
    """To the page of a job."""
    return redirect(url_for("work.page", id=job.id), 303)


def offer(
    subject: str, rows: int, write: Callable[[Progress], Export], at_once: int | None = None
) -> Response:
    """A file at once where it has few rows (ROWS_AT_ONCE unless said); else a job writes it, which
    the page then follows."""
    if rows <= (ROWS_AT_ONCE if at_once is None else at_once):
        return downloads.send(write(Quiet()))
    here = bureau()

    def work(told: Progress) -> str:
        told.say("正在导出")
        found = write(told)
        export.keep(here, told.job, found)
        return f"“{found.name}”已经备好。"

    return watch(runner().submit("export", subject, author(), work))


@bp.get("/<id>")
def page(id: str) -> str | Response:
    job = _find(id)
    if job.state is JobState.DONE and job.kind != "export":
        return redirect(job.subject, 303)
    title = TITLES.get(job.kind, "处理")
    return render_template("work.html", job=job, title=title, JobState=JobState)


@bp.get("/<id>/status.json")
def status(id: str) -> Response:
    """How far a job is."""
    job = _find(id)
    answer = jsonify(
        state=job.state.value,
        over=job.state.is_over,
        message=job.message,
        done=job.done,
        total=job.total,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<id>/cancel")
def cancel(id: str) -> Response:
    job = _find(id)
    runner().cancel(job.id)
    runner().wait(job.id, AT_ONCE)
    return watch(job)


@bp.get("/<id>/file")
def file(id: str) -> Response:
    """What a job wrote, for a day."""
    found = export.kept(bureau(), _find(id).id)
    return downloads.send(found or abort(410))


def _find(id: str) -> Job:
    """A job that one of these pages began. Raises UnknownName."""
    job = runner().get(id)
    if job is None or job.kind not in TITLES:
        raise UnknownName("任务", id, ())
    return job
