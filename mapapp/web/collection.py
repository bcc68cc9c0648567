"""报送: rounds of workbooks that go out, who has returned them, and what they change."""

from datetime import date
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from mapapp.journeys import rounds, send_out
from mapapp.journeys.collect import NEW, ReturnReport, RowKind
from mapapp.journeys.report_form import TITLES
from mapapp.journeys.rounds import RoundView, State
from mapapp.journeys.send_out import NotSent
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.reporting import ReceiverKind
from mapapp.store import StoreError
from mapapp.web.author import author
from mapapp.web.state import bureau, url

bp = Blueprint("collection", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/collection")
def page() -> str:
    return _page()


@bp.post("/collection")
def send() -> str | Response:
    kind = ReceiverKind(request.form.get("kind", ReceiverKind.PLACE.value))
    title = request.form.get("title", "")
    try:
        day = request.form.get("due", "").strip()
        due = date.fromisoformat(day) if day else None
        chosen = request.form.getlist(f"to-{kind.value}")
        number = send_out.open_round(bureau(), title, kind, chosen, due, author())
    except NotSent as error:
        return _page(str(error))
    except ValueError:
        return _page(f"“{day}”不是日期，请写成 2026-05-31 这样。")
    return redirect(url("collection.round", id=str(number)))


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


def _round(view: RoundView, refused: tuple[ReturnReport, ...] = (), taken: int = 0) -> str:
    here = bureau()
    reminders = {s.dispatch.id: rounds.reminder(here, view, s) for s in view.missing}
    return render_template(
        "collection_round.html",
        view=view,
        refused=refused,
        taken=taken,
        reminder=rounds.reminder(here, view),
        reminders=reminders,
        State=State,
    )


@bp.get("/collection/<int:id>/<int:dispatch>.xlsx")
def workbook(id: int, dispatch: int) -> Response:
    view = rounds.view_round(bureau(), id)
    one = rounds.dispatch_of(view, dispatch)
    data = send_out.workbook(bureau(), view.round, one)
    return _file(data, XLSX, send_out.file_name(view.round, one), f"report-{id}-{dispatch}.xlsx")


@bp.get("/collection/<int:id>/all.zip")
def everything(id: int) -> Response:
    view = rounds.view_round(bureau(), id)
    data = send_out.bundle(bureau(), view.round, [item.dispatch for item in view.standings])
    return _file(data, "application/zip", send_out.file_name(view.round), f"report-{id}.zip")


@bp.post("/collection/<int:id>/return")
def upload(id: int) -> str | Response:
    """Take in what came back: one workbook leads to its preview, several to the round's page."""
    view = rounds.view_round(bureau(), id)
    refused, taken = [], []
    for file in request.files.getlist("file"):
        if not file.filename:
            continue
        name = file.filename.replace("\\", "/").rpartition("/")[2]
        found = rounds.take_in(bureau(), file.stream.read(), name, id, author())
        if isinstance(found, ReturnReport):
            refused.append(found)
        else:
            taken.append(found)
    if len(taken) == 1 and not refused:
        return redirect(url("collection.returned", id=str(id), number=str(taken[0])))
    if not taken and not refused:
        refused.append(ReturnReport("", "", refused="还没有选文件，请选好报回的工作簿再上传"))
    return _round(rounds.view_round(bureau(), view.round.id), tuple(refused), len(taken))


@bp.get("/collection/<int:id>/returns/<int:number>")
def returned(id: int, number: int) -> str:
    return _returned(id, number)


@bp.post("/collection/<int:id>/returns/<int:number>")
def confirm(id: int, number: int) -> str | Response:
    adopted, seen = request.form.getlist("adopt"), request.form.get("seen", "")
    try:
        if not rounds.write_return(bureau(), id, number, adopted, seen, author()):
            return _returned(
                id, number, "你看过预览之后台账又变了，还没有写入。请按下面的新预览再确认。"
            )
    except (StoreError, FileRefused) as error:
        return _returned(id, number, str(error))
    return redirect(url("collection.returned", id=str(id), number=str(number)))


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


def _file(data: bytes, mime: str, name: str, plain: str) -> Response:
    disposition = f"attachment; filename={plain}; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(data, mimetype=mime, headers=headers)
