"""包联: who follows what, and a contact kept on a project's page."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.jobs import Progress
from mapapp.journeys import following
from mapapp.journeys.browse import get_project
from mapapp.journeys.export import Export, as_file, check_kind
from mapapp.journeys.refusals import StaleRow
from mapapp.web.author import author
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection, url
from mapapp.web.work import offer

bp = Blueprint("following", __name__)
ROWS = 40


@bp.get("/following")
def page() -> str:
    found = _found()
    return render_template(
        "following.html",
        found=found,
        page=paged(found.rows, ROWS),
        shows=following.SHOW,
        to=_narrowed(),
    )


@bp.get("/following/export/<kind>")
def export(kind: str) -> AnyResponse:
    check_kind(kind)
    home, found = bureau(), _found()
    name = f"项目包联-{home.city.name}-{found.on:%Y%m%d}"

    def write(told: Progress) -> Export:
        return as_file(following.following_table(home, found), kind, name, "following")

    return offer(url("following"), len(found.rows), write)


@bp.get("/following/<path:code>")
def project(code: str) -> str:
    return _project_page(code, following.Entry())


@bp.post("/following/<path:code>")
def add(code: str) -> AnyResponse | tuple[str, int]:
    """A contact, or how a promise ended."""
    if "settle" in request.form:
        return _settle(code)
    entry = following.add(bureau(), code, request.form, author())
    if entry.problems:
        return _project_page(code, entry), 422
    flash("已记下。")
    return redirect(url("following.project", code=code), 303)


def _settle(code: str) -> AnyResponse | tuple[str, int]:
    try:
        number, version = (request.form.get(k, 0, type=int) for k in ("settle", "version"))
        entry = following.settle(bureau(), code, number, version, request.form, author())
    except StaleRow:
        flash("这一条刚被别人改过，请看一下现在的内容再填。")
        return redirect(url("following.project", code=code), 303)
    if entry.problems:
        return _project_page(code, entry), 422
    flash("已办结。")
    return redirect(url("following.project", code=code), 303)


def _project_page(code: str, entry: following.Entry) -> str:
    return render_template(
        "following_project.html",
        project=get_project(bureau(), code),
        kept=bureau().store.follow_ups.of(code),
        today=bureau().today,
        entry=entry,
    )


def _found() -> following.Following:
    return following.following(bureau(), selection(), _narrowed())


def _narrowed() -> following.Narrowing:
    return following.Narrowing(
        show=request.args.get("show", "all"),
        department=request.args.get("department", "").strip(),
        leader=request.args.get("leader", "").strip(),
        tag=request.args.get("tag", "").strip(),
    )
