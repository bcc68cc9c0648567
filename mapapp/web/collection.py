"""报送: rounds of workbooks that go out, who has returned them, and what they change."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mapapp.jobs import JobState, Progress
from mapapp.journeys import rounds, send_out
from mapapp.journeys.collect import NEW, ReturnReport, RowKind
from mapapp.journeys.export import XLSX, Export, as_file, check_kind
from mapapp.journeys.report_form import TITLES
from mapapp.journeys.round_summary import round_summary
from mapapp.journeys.rounds import RoundView, State
from mapapp.journeys.send_out import NotSent
from mapapp.journeys.sent_back import sent_back
from mapapp.ledger.reporting import ReceiverKind
from mapapp.web import downloads
from mapapp.web.author import author
from mapapp.web.state import bureau, url
from mapapp.web.work import begin, offer, runner, watch

bp = Blueprint("collection", __name__)


@bp.get("/collection")
def page() -> str:
    return _page()


@bp.post("/collection")
def send() -> str | Response:
    here, by = bureau(), author()
    kind = ReceiverKind(request.form.get("kind", ReceiverKind.PLACE.value))
    title, chosen = request.form.get("title", ""), request.form.getlist(f"to-{kind.value}")
    day = request.form.get("due", "").strip()
    try:
        due = date.fromisoformat(day) if day else None
        send_out.check_round(here, title, kind, chosen, due)
    except NotSent as error:
        return _page(str(error))
    except ValueError:
        return _page(f"“{day}”不是日期，请写成 2026-05-31 这样。")
    made: list[int] = []

    def work(told: Progress) -> str:
        made.append(send_out.open_round(here, title, kind, chosen, due, by, told))
        return f"“{title}”已下发。"

    job = begin("send", url("collection"), work)
    return redirect(url("collection.round", id=str(made[0]))) if made else watch(job)


def _page(fault: str = "") -> str:
    here = bureau()
    return render_template(
        "collection.html",
        rounds=rounds.list_rounds(here),
        receivers=[(kind, send_out.receivers(here, kind)) for kind in ReceiverKind],
        zones={zone.name for zone in here.city.zones},
        fault=fault,
        given=request.form,
        State=State,
    )


@bp.get("/collection/<int:id>")
def round(id: int) -> str:
    return _round(rounds.view_round(bureau(), id))


def _round(view: RoundView, fault: str = "") -> str:
    here = bureau()
    job = runner().of(_address(view.round.id))
    reminders = {s.dispatch.id: rounds.reminder(here, view, s) for s in view.missing}
    return render_template(
        "collection_round.html",
        view=view,
        fault=fault,
        job=job if job and job.kind == "collect" else None,
        reminder=rounds.reminder(here, view),
        reminders=reminders,
        State=State,
    )


@bp.get("/collection/<int:id>/<int:dispatch>.xlsx")
def workbook(id: int, dispatch: int) -> Response:
    here, view = bureau(), rounds.view_round(bureau(), id)
    one = rounds.dispatch_of(view, dispatch)

    def write(told: Progress) -> Export:
        told.say(f"正在写{one.name}的工作簿")
        data = send_out.workbook(here, view.round, one)
        name = send_out.file_name(view.round, one)
        return Export(name, f"report-{id}-{dispatch}.xlsx", XLSX, data)

    return offer(_address(id), one.projects, write)


@bp.get("/collection/<int:id>/all.zip")
def everything(id: int) -> Response:
    here, view = bureau(), rounds.view_round(bureau(), id)

    def write(told: Progress) -> Export:
        data = send_out.bundle(here, view.round, [s.dispatch for s in view.standings], told)
        return Export(send_out.file_name(view.round), f"report-{id}.zip", "application/zip", data)

    return offer(_address(id), view.projects, write)


@bp.get("/collection/<int:id>/summary.<kind>")
def summary(id: int, kind: str) -> Response:
    """All projects of the round as they are now, and how each receiver stands."""
    here, view = bureau(), rounds.view_round(bureau(), id)
    check_kind(kind)

    def write(told: Progress) -> Export:
        table = round_summary(here, view)
        told.say(f"正在写 {len(table.rows):,} 行")
        return as_file(table, kind, send_out.safe_name(table.title), f"summary-{id}")

    return offer(_address(id), view.projects, write)


@bp.post("/collection/<int:id>/return")
def upload(id: int) -> str | Response:
    """Take in what came back: one workbook leads to its preview, several to the round's page."""
    here, by = bureau(), author()
    rounds.view_round(here, id)
    files = [
        (file.filename.replace("\\", "/").rpartition("/")[2], file.stream.read())
        for file in request.files.getlist("file")
        if file.filename
    ]
    if not files:
        return _round(rounds.view_round(here, id), "还没有选文件，请选好报回的工作簿再上传。")
    found: list[ReturnReport | int] = []

    def work(told: Progress) -> str:
        found.extend(rounds.take_in(here, files, id, by, told))
        return rounds.words_on(found)

    job = begin("collect", _address(id), work)
    if not job.state.is_over:
        return watch(job)
    match found:
        case [int() as number]:
            return redirect(url("collection.returned", id=str(id), number=str(number)))
    return redirect(_address(id))


@bp.get("/collection/<int:id>/returns/<int:number>")
def returned(id: int, number: int) -> str | Response:
    job = runner().of(_address(id, number))
    if job and not job.state.is_over:
        return watch(job)
    failed = job is not None and job.state is not JobState.DONE
    return _returned(id, number, job.message if job and failed else "")


@bp.post("/collection/<int:id>/returns/<int:number>")
def confirm(id: int, number: int) -> str | Response:
    here, by = bureau(), author()
    adopted, seen = request.form.getlist("adopt"), request.form.get("seen", "")

    def work(told: Progress) -> str:
        told.say("正在写入台账")
        rounds.write_return(here, id, number, adopted, seen, by)
        return "已写入台账。"

    job = begin("settle", _address(id, number), work)
    if not job.state.is_over:
        return watch(job)
    if job.state is not JobState.DONE:
        return _returned(id, number, job.message)
    return redirect(_address(id, number))


@bp.get("/collection/<int:id>/returns/<int:number>/rejected.xlsx")
def rejected(id: int, number: int) -> Response:
    """The rows that were turned away, with the reason beside each, to be returned again."""
    _, report = rounds.read_return(bureau(), id, number)
    name = f"退回的行-{send_out.file_name(report.round, report.dispatch)}" if report.round else ""
    return downloads.send(Export(name, "rejected.xlsx", XLSX, sent_back(bureau(), report)))


def _address(id: int, number: int | None = None) -> str:
    """The page of a round, or of a return."""
    if number is None:
        return url_for("collection.round", id=id)
    return url_for("collection.returned", id=id, number=number)


def _returned(id: int, number: int, fault: str = "") -> str:
    found, report = rounds.read_return(bureau(), id, number)
    view = rounds.view_round(bureau(), id)
    return render_template(
        "collection_return.html",
        view=view,
        found=found,
        report=report,
        groups=[(kind, [r for r in report.rows if r.kind is kind]) for kind in RowKind],
        RowKind=RowKind,
        NEW=NEW,
        titles={field: title for title, field in TITLES.items()},
        fault=fault,
        adopted=request.form.getlist("adopt"),
    )
