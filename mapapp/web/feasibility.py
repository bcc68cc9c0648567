"""Pages beside 缺环: what not to chase, how far to believe feasibility, the bureau's register."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from mapapp.jobs import Progress
from mapapp.journeys import backtest as backtests
from mapapp.journeys import register as registers
from mapapp.journeys.not_to_chase import not_to_chase
from mapapp.journeys.refusals import FileRefused, StoreError
from mapapp.journeys.register import RegisterReport
from mapapp.web import work
from mapapp.web.author import author
from mapapp.web.state import bureau, selection, url

bp = Blueprint("feasibility", __name__, url_prefix="/gaps")
ROWS = 200
"""Rows of a preview that are shown; faults first."""


@bp.get("/not-to-chase")
def avoid() -> str:
    """不建议追."""
    return render_template(
        "not_to_chase.html",
        found=not_to_chase(bureau(), selection()),
        share=bureau().weights.poor_feasibility,
    )


@bp.get("/backtest")
def backtest() -> str:
    subject = url("feasibility.backtest")
    job = work.runner().of(subject)
    return render_template("backtest.html", shown=backtests.latest(bureau()), job=job)


@bp.post("/backtest")
def run() -> Response:
    here, actor = bureau(), author()

    def done(told: Progress) -> str:
        return backtests.run(here, told, actor)

    return work.watch(work.begin("backtest", url("feasibility.backtest"), done))


@bp.get("/register")
def register() -> str:
    return _choose()


def _choose(report: RegisterReport | None = None) -> str:
    return render_template(
        "register.html", report=report, file=None, files=registers.files(bureau())
    )


@bp.post("/register")
def upload() -> str | Response:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(RegisterReport("", "", refused="还没有选文件，请选好再上传"))
    name = file.filename.replace("\\", "/").rpartition("/")[2]
    found = registers.keep(bureau(), file.stream.read(), name, author())
    if isinstance(found, RegisterReport):
        return _choose(found)
    return redirect(url("feasibility.preview", file=str(found)))


@bp.get("/register/<int:file>")
def preview(file: int) -> str:
    return _preview(file)


@bp.post("/register/<int:file>")
def confirm(file: int) -> str | Response:
    report = registers.read_kept(bureau(), file) or abort(404)
    if report.fingerprint != request.form.get("seen"):
        return _preview(file, "你看过预览之后登记又变了，还没有写入。请按下面的新预览再确认。")
    try:
        added = registers.commit(bureau(), report, author())
    except (StoreError, FileRefused) as error:
        return _preview(file, str(error))
    flash(f"已登记 {added} 条，可行性已按新的资料重算。")
    return redirect(url("feasibility.register"), 303)


@bp.post("/register/<int:id>/remove")
def remove(id: int) -> Response:
    registers.remove(bureau(), id)
    flash("已移除这个文件的全部登记，可行性已重算。")
    return redirect(url("feasibility.register"), 303)


def _preview(file: int, fault: str = "") -> str:
    report = registers.read_kept(bureau(), file) or abort(404)
    rows = sorted(report.rows, key=lambda row: (not row.fault, not row.repeats))
    return render_template(
        "register.html", report=report, file=file, fault=fault, rows=rows[:ROWS], files=[]
    )
