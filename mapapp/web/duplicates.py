"""疑似重复: pairs to be decided, two rows made one, and what was decided so far."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.jobs import Cancelled, JobState, Progress
from mapapp.journeys import duplicates, merging
from mapapp.journeys.refusals import StoreError
from mapapp.web.author import author
from mapapp.web.state import bureau, url
from mapapp.web.work import begin, watch

bp = Blueprint("duplicates", __name__, url_prefix="/duplicates")
SHOWN = 20


@bp.get("")
def page() -> str:
    start = max(0, request.args.get("start", 0, int) or 0)
    found = duplicates.list_suspects(bureau(), start, SHOWN)
    sides = [merging.lines(bureau(), pair.first, pair.second) for pair in found.shown]
    return render_template(
        "duplicates.html", found=found, sides=sides, start=start, step=SHOWN, done=_done_count()
    )


@bp.get("/done")
def done() -> str:
    """What was merged and what was said to be different, each with its way back."""
    return render_template(
        "duplicates_done.html",
        merges=bureau().store.merges.latest(),
        decisions=duplicates.decisions(bureau()),
        total=bureau().store.duplicates.suspect_count(),
    )


@bp.post("/find")
def find() -> Response:
    """Compare whatever is new or changed, however much it is."""
    here = bureau()

    def work(told: Progress) -> str:
        told.say("正在准备比对")

        def tell(done: int, total: int) -> None:
            told.say("正在比对", total)
            told.step(done)

        try:
            duplicates.find(here, progress=tell)
        except Cancelled:
            return "停下之前比对过的已经记下，其余的下次接着比对。"
        return "比对完了。"

    back = url("duplicates.page")
    job = begin("match", back, work)
    return redirect(back) if job.state is JobState.DONE else watch(job)


@bp.post("/different")
def different() -> Response:
    first, second = _codes()
    duplicates.say_different(bureau(), first, second, author())
    flash(f"已记下：{first} 和 {second} 不是同一个项目，不再提示。")
    return redirect(url("duplicates.page", start=request.form.get("start") or None))


@bp.post("/withdraw")
def withdraw() -> Response:
    first, second = _codes()
    duplicates.withdraw(bureau(), first, second)
    flash(f"已撤回：{first} 和 {second} 会重新比对。")
    return redirect(url("duplicates.done"))


@bp.get("/merge")
def choose() -> str:
    """The two rows side by side, and which value stays."""
    mine, theirs = duplicates.two_projects(
        bureau(), request.args.get("survivor", ""), request.args.get("loser", "")
    )
    return render_template(
        "duplicates_merge.html",
        survivor=mine,
        loser=theirs,
        match=duplicates.compare(bureau(), mine, theirs).match,
        lines=merging.lines(bureau(), mine, theirs),
    )


@bp.post("/merge")
def merge() -> Response:
    survivor, loser = request.form.get("survivor", ""), request.form.get("loser", "")
    given = {
        name.removeprefix("keep-"): value
        for name, value in request.form.items()
        if name.startswith("keep-")
    }
    seen = _version("survivor_version"), _version("loser_version")
    try:
        merging.merge(bureau(), survivor, loser, given, author(), seen)
    except StoreError as error:
        flash(str(error), "warn")
        return redirect(url("duplicates.choose", survivor=survivor, loser=loser))
    flash(f"{loser} 已并入 {survivor}，原来的内容留作“另一口径”；可在“已处理”里撤销。")
    return redirect(url("duplicates.page"))


@bp.get("/undo/<int:id>")
def plan(id: int) -> str | Response:
    """What undoing would leave as it is, where fields were changed since."""
    try:
        found = merging.plan_undo(bureau(), id)
    except merging.CannotUndo as error:
        flash(str(error), "warn")
        return redirect(url("duplicates.done"))
    return render_template("duplicates_undo.html", plan=found)


@bp.post("/undo/<int:id>")
def undo(id: int) -> Response:
    keep = "keep" in request.form
    try:
        found = merging.plan_undo(bureau(), id)
        if found.conflicts and not keep:
            return redirect(url("duplicates.plan", id=str(id)))
        merging.undo(bureau(), id, author(), keep)
    except StoreError as error:
        flash(str(error), "warn")
        return redirect(url("duplicates.done"))
    flash(f"已撤销：{found.merge.survivor} 和 {found.merge.loser} 恢复成两个项目。")
    return redirect(url("duplicates.done"))


def _codes() -> tuple[str, str]:
    return request.form.get("first", ""), request.form.get("second", "")


def _version(name: str) -> int:
    text = request.form.get(name, "")
    if not text.isascii() or not text.isdigit():
        raise UnknownName("版本", text, ())
    return int(text)


def _done_count() -> int:
    return len(bureau().store.merges.latest()) + len(bureau().store.duplicates.decisions())
