"""What goes along with a team and comes back: the workbook, its check, its confirmation."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mapapp.journeys import list_form, list_return, target_lists
from mapapp.journeys.refusals import FileRefused, StaleRow
from mapapp.web.author import author
from mapapp.web.downloads import send
from mapapp.web.state import bureau
from mapapp.web.target_lists import STALE, Answer, list_page

bp = Blueprint("list_returns", __name__)


@bp.get("/lists/<int:id>/form.xlsx")
def form(id: int) -> Response:
    """The workbook to be filled in on the road."""
    return send(list_form.return_workbook(bureau(), target_lists.view_list(bureau(), id)))


@bp.post("/lists/<int:id>/returns")
def upload(id: int) -> Answer:
    given = request.files.get("file")
    if given is None or not given.filename:
        return list_page(id, {"file": "还没有选文件，请选好填过的工作簿再上传。"}), 422
    name = given.filename.replace("\\", "/").rpartition("/")[2]
    try:
        number = list_return.keep_return(bureau(), id, given.stream.read(), name, author())
    except FileRefused as refused:
        return list_page(id, {"file": f"{refused.message}。"}), 422
    return redirect(url_for("list_returns.returned", id=id, number=number), 303)


@bp.get("/lists/<int:id>/returns/<int:number>")
def returned(id: int, number: int) -> Answer:
    return _returned(id, number)


@bp.post("/lists/<int:id>/returns/<int:number>")
def confirm(id: int, number: int) -> Answer:
    adopted, seen = request.form.getlist("adopt"), request.form.get("seen", "")
    try:
        rows = list_return.write_return(bureau(), id, number, adopted, seen, author())
    except (FileRefused, StaleRow) as refused:
        fault = refused.message if isinstance(refused, FileRefused) else STALE
        return _returned(id, number, fault), 409
    flash(f"已写入 {rows} 行。")
    return redirect(url_for("target_lists.show", id=id), 303)


def _returned(id: int, number: int, fault: str = "") -> str:
    return render_template(
        "target_list_return.html",
        report=list_return.kept_return(bureau(), id, number),
        number=number,
        fault=fault,
        adopted=request.form.getlist("adopt"),
        Fate=list_return.Fate,
    )
