"""活动: events and trips, what was signed at them, and what they come to."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import event_entry, events
from mapapp.journeys.events import Dimension, EventList
from mapapp.journeys.export import as_file, check_kind
from mapapp.journeys.refusals import StaleRow
from mapapp.outreach.event import Contract, EventKind, LeaderRank
from mapapp.web.author import author
from mapapp.web.downloads import send
from mapapp.web.paging import paged
from mapapp.web.state import bureau, url

bp = Blueprint("events", __name__)
ROWS = 40
STALE = "这场活动刚被别人改过，没有写入。请看现在的内容再改。"
Answer = AnyResponse | tuple[str, int] | str


@bp.get("/events")
def page() -> str:
    found = _found()
    return render_template(
        "events.html",
        found=found,
        page=paged(found.events, ROWS),
        kinds=list(EventKind),
        of=_dimension(),
        dimensions=list(Dimension),
        counting=events.COUNTING,
    )


@bp.get("/events/figures.<ending>")
def figures(ending: str) -> Response:
    here, of = bureau(), _dimension()
    table = events.figures_table(here, _found(), of)
    name = f"活动成果-按{of.label}-{here.city.name}-{here.today:%Y%m%d}"
    return send(as_file(table, check_kind(ending), name, "events"))


@bp.route("/events/new", methods=["GET", "POST"])
def new() -> Answer:
    if request.method == "GET":
        return _form("", {})
    found = event_entry.enter(bureau(), request.form, author())
    if found.problems:
        return _form("", found.problems), 422
    flash("活动已记下。")
    return redirect(url_for("events.one", id=found.id), 303)


@bp.get("/events/<id>")
def one(id: str) -> str:
    return _event(id, {})


@bp.route("/events/<id>/edit", methods=["GET", "POST"])
def edit(id: str) -> Answer:
    if request.method == "GET":
        return _form(id, {})
    try:
        if "remove" in request.form:
            event_entry.remove(bureau(), id, request.form.get("version", 0, type=int))
            flash("活动已删除。")
            return redirect(url("events"), 303)
        found = event_entry.enter(bureau(), request.form, author(), id)
    except StaleRow:
        flash(STALE)
        return redirect(url_for("events.one", id=id), 303)
    if found.problems:
        return _form(id, found.problems), 422
    flash("已保存。")
    return redirect(url_for("events.one", id=id), 303)


@bp.post("/events/<id>/signings")
def sign(id: str) -> Answer:
    here, version, by = bureau(), request.form.get("version", 0, type=int), author()
    try:
        if "drop" in request.form:
            event_entry.unsign(here, id, version, request.form.get("drop", -1, type=int), by)
            return redirect(url_for("events.one", id=id), 303)
        found = event_entry.sign(here, id, version, request.form, by)
    except StaleRow:
        flash(STALE)
        return redirect(url_for("events.one", id=id), 303)
    if found.problems:
        return _event(id, found.problems), 422
    flash("已记下。")
    return redirect(url_for("events.one", id=id), 303)


def _found() -> EventList:
    wanted = {name: request.args.get(name, "").strip() for name in ("year", "kind", "office")}
    return events.list_events(bureau(), **wanted, text=request.args.get("q", "").strip())


def _dimension() -> Dimension:
    asked = request.args.get("of", "")
    return Dimension(asked) if asked in list(Dimension) else Dimension.OFFICE


def _event(id: str, problems: Mapping[str, str]) -> str:
    here = bureau()
    event = events.get_event(here, id)
    return render_template(
        "event.html",
        event=event,
        first=events.list_events(here).first,
        projects=events.projects_of(here, event),
        contracts=list(Contract),
        problems=problems,
        typed=request.form,
        counting=events.COUNTING,
    )


def _form(id: str, problems: Mapping[str, str]) -> str:
    event = events.get_event(bureau(), id) if id else None
    return render_template(
        "event_form.html",
        event=event,
        typed=request.form,
        problems=problems,
        kinds=list(EventKind),
        ranks=list(LeaderRank),
        today=bureau().today,
    )
