"""导入: a file comes in, its columns are set right, its rows are looked at, and written or not."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import quote

from flask import (
    Blueprint,
    Response,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from mapapp.jobs import Job, JobState, Progress
from mapapp.journeys import import_batch, import_mapping, import_preview, undo_import
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_batch import Phase, Upload
from mapapp.journeys.refusals import FileRefused, MappingRefused, StoreError
from mapapp.journeys.rejected_rows import rejected_workbook
from mapapp.ledger.fields import Field
from mapapp.web.author import author
from mapapp.web.state import bureau
from mapapp.web.undoing import undo_page
from mapapp.web.work import AT_ONCE, runner

bp = Blueprint("imports", __name__, url_prefix="/imports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
def page() -> str:
    return _list()


@bp.post("")
def upload() -> AnyResponse | tuple[str, int]:
    file, limit = request.files.get("file"), import_batch.UPLOAD_LIMIT
    data = file.stream.read(limit + 1) if file else b""
    name = (file.filename if file else "") or ""
    try:
        id = import_batch.receive(bureau(), data, name, request.form.get("sender", ""), author())
    except FileRefused as refusal:
        return _refuse(f"{refusal.message}。", 413 if len(data) > limit else 400)
    done = _start("read", id, import_batch.examine)
    return jsonify({"url": done.location}) if _by_script() else done


@bp.get("/<id>")
def show(id: str) -> str:
    return _show(import_batch.find(bureau(), id))


@bp.get("/<id>/status.json")
def status(id: str) -> Response:
    """How far the newest job of an upload is."""
    job = runner().of(import_batch.find(bureau(), id).id)
    return _no_store(jsonify(_status(job)))


@bp.get("/<id>/mapping")
def mapping(id: str) -> str | AnyResponse:
    found = import_batch.find(bureau(), id)
    if found.phase not in (Phase.MAPPING, Phase.PREVIEW) or not found.sheets:
        return redirect(url_for("imports.show", id=id))
    return _show(found, step="mapping")


@bp.post("/<id>/mapping")
def set_mapping(id: str) -> AnyResponse | tuple[str, int]:
    found = import_batch.find(bureau(), id)
    try:
        import_mapping.choose(bureau(), found, request.form, author())
    except (MappingRefused, StoreError) as refusal:
        return _show(found, step="mapping", fault=str(refusal)), 400
    return _start("preview", id, import_batch.preview)


@bp.post("/<id>/again")
def again(id: str) -> AnyResponse:
    """Do the step that failed, or look at the rows once more."""
    found = import_batch.find(bureau(), id)
    if found.phase is Phase.PREVIEW:
        return _start("preview", id, import_batch.preview)
    return _start("read", id, import_batch.examine)


@bp.post("/<id>/confirm")
def confirm(id: str) -> AnyResponse:
    import_batch.find(bureau(), id)
    return _start("commit", id, partial(_signed, import_batch.confirm, author()))


@bp.post("/<id>/cancel")
def cancel(id: str) -> AnyResponse:
    job = runner().of(import_batch.find(bureau(), id).id)
    if job:
        runner().cancel(job.id)
        runner().wait(job.id, AT_ONCE)
    return redirect(url_for("imports.show", id=id), 303)


@bp.get("/<id>/undo")
def plan_undo(id: str) -> str:
    return _plan(id)


@bp.post("/<id>/undo")
def undo(id: str) -> AnyResponse:
    import_batch.find(bureau(), id)
    return _start("undo", id, partial(_signed, undo_import.undo_import, author()))


@bp.get("/<id>/file")
def original(id: str) -> Response:
    """The file as it came: always a download, never a page."""
    found = import_batch.find(bureau(), id)
    return _attachment(
        import_batch.original(bureau(), id), found.file_name, "original", "application/octet-stream"
    )


@bp.get("/<id>/rejected.xlsx")
def rejected(id: str) -> Response:
    """The rows that were turned away, with the reason beside each."""
    found = import_batch.find(bureau(), id)
    data = rejected_workbook(bureau(), found)
    return _attachment(data, f"退回的行-{_stem(found.file_name)}.xlsx", "rejected.xlsx", XLSX)


def _signed(
    work: Callable[[Bureau, str, str, Progress], str],
    actor: str,
    here: Bureau,
    id: str,
    told: Progress,
) -> str:
    return work(here, id, actor, told)


def _start(kind: str, id: str, work: Callable[[Bureau, str, Progress], str]) -> AnyResponse:
    """Begin a job, unless one is under way for this file; short ones are over at once."""
    job, here = runner().of(id), bureau()
    if job is None or job.state.is_over:
        job = runner().submit(kind, id, author(), lambda told: work(here, id, told))
    runner().wait(job.id, AT_ONCE)
    return redirect(url_for("imports.show", id=id), 303)


def _by_script() -> bool:
    """Whether the page's own script asks, which shows how much of the file has travelled."""
    return request.headers.get("Accept") == "application/json"


def _refuse(message: str, status: int) -> AnyResponse | tuple[str, int]:
    if not _by_script():
        return _list(message), status
    answer = jsonify({"error": {"status": status, "message": message}})
    answer.status_code = status
    return answer


def _list(fault: str = "") -> str:
    store = bureau().store.imports
    uploads = store.uploads()
    return render_template(
        "imports.html",
        uploads=uploads,
        jobs={u.id: runner().of(u.id) for u in uploads if u.batch is None},
        senders=store.senders(),
        fault=fault,
        limit=import_batch.UPLOAD_LIMIT,
        local=_local,
    )


def _show(found: Upload, step: str = "", fault: str = "") -> str:
    job = runner().of(found.id)
    busy = job if job and not job.state.is_over else None
    step = "progress" if busy else step or found.phase.value
    preview = None
    if step in (Phase.PREVIEW, Phase.DONE):
        kind, start = request.args.get("show", ""), request.args.get("from", 0, type=int)
        preview = import_preview.view_preview(bureau(), found, kind, start)
    return render_template(
        "import.html",
        upload=found,
        step=step,
        busy=busy,
        job=job,
        trouble=fault or _trouble(job),
        preview=preview,
        kinds=import_preview.KINDS,
        page_size=import_preview.PAGE,
        sheets=import_mapping.mapped_sheets(found) if step == "mapping" else (),
        fields=[field.value for field in Field],
        units=import_mapping.UNITS,
        datums=import_mapping.DATUMS,
        local=_local,
    )


def _plan(id: str) -> str:
    found = import_batch.find(bureau(), id)
    try:
        plan = undo_import.plan_undo(bureau(), id)
    except StoreError as refusal:
        return _show(found, fault=str(refusal))
    back = url_for("imports.show", id=id)
    trail = [("导入", url_for("imports.page")), (found.file_name, back)]
    return undo_page(plan, url_for("imports.undo", id=id), back, trail)


def _trouble(job: Job | None) -> str:
    """What went wrong with the last step."""
    if job and job.state in (JobState.FAILED, JobState.CANCELLED):
        return job.message
    return ""


def _status(job: Job | None) -> dict[str, object]:
    if job is None:
        return {"state": "none", "over": True, "message": "", "done": 0, "total": 0}
    return {
        "state": job.state.value,
        "over": job.state.is_over,
        "message": job.message,
        "done": job.done,
        "total": job.total,
    }


def _attachment(data: bytes, name: str, plain: str, mime: str) -> Response:
    disposition = f"attachment; filename={plain}; filename*=UTF-8''{quote(name, safe='')}"
    response = Response(data, mimetype=mime, headers={"Content-Disposition": disposition})
    return _no_store(response)


def _no_store(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def _local(moment: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
