"""编辑链谱: a chain as a workbook, what an edited one would change, history and the way back."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import catalogue_history as history
from mapapp.journeys import edit_catalogue as editing
from mapapp.journeys.catalogue_sheets import chain_workbook, new_workbook
from mapapp.journeys.edit_catalogue import EditReport
from mapapp.journeys.import_batch import UPLOAD_LIMIT
from mapapp.journeys.refusals import StoreError
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.web import downloads
from mapapp.web.author import author
from mapapp.web.paging import paged
from mapapp.web.state import bureau, chains_in_order, selection, url

bp = Blueprint("catalogue", __name__, url_prefix="/chain/edit")
CHANGES, FAULTS = 50, 200
"""Rows of a preview at a time; faults that are listed."""


@bp.get("")
def page() -> str:
    return _page()


def _page(report: EditReport | None = None, fault: str = "") -> str:
    return render_template(
        "catalogue.html",
        report=report,
        most=FAULTS,
        fault=fault,
        chains=chains_in_order(bureau()),
        own_files=history.own_files(bureau()),
        edits=history.edits(bureau()),
    )


@bp.get("/workbook.xlsx")
def workbook() -> Response:
    """The workbook of the chain selected."""
    chosen = selection().chain
    if not chosen or chosen == OTHER_CHAIN:
        abort(404)
    return downloads.send(chain_workbook(bureau(), chosen))


@bp.get("/new.xlsx")
def template() -> Response:
    """A workbook with nothing but its titles, for a new chain."""
    return downloads.send(new_workbook(bureau()))


@bp.post("")
def upload() -> AnyResponse | tuple[str, int]:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(fault="还没有选文件，请选好工作簿再上传。"), 400
    name = file.filename.replace("\\", "/").rpartition("/")[2]
    data = file.stream.read(UPLOAD_LIMIT + 1)
    found = editing.keep(bureau(), data, name, author())
    if isinstance(found, EditReport):
        return _page(found), 413 if len(data) > UPLOAD_LIMIT else 400
    return redirect(url("catalogue.preview", file=str(found)), 303)


@bp.get("/<int:file>")
def preview(file: int) -> str:
    return _preview(file)


def _preview(file: int, fault: str = "") -> str:
    report = editing.read_kept(bureau(), file) or abort(404)
    return render_template(
        "catalogue_preview.html",
        report=report,
        most=FAULTS,
        file=file,
        fault=fault,
        page=paged(report.changes, CHANGES),
    )


@bp.post("/<int:file>")
def confirm(file: int) -> AnyResponse | tuple[str, int]:
    report = editing.read_kept(bureau(), file) or abort(404)
    if report.fingerprint != request.form.get("seen"):
        changed = "你看过之后链谱或台账又变了，还没有写入。请按下面现在的内容再确认。"
        return _preview(file, changed), 409
    try:
        number = editing.commit(bureau(), report, request.form.get("note", ""), author())
    except StoreError as refusal:
        return _preview(file, str(refusal)), 409
    flash(f"已生效（第 {number} 次修改）：{report.chain_name}。不合适可以在“修改记录”里撤销。")
    return redirect(url("catalogue", chain=report.chain, link=None), 303)


@bp.post("/undo/<int:number>")
def undo(number: int) -> AnyResponse | tuple[str, int]:
    try:
        history.undo(bureau(), number, author())
    except StoreError as refusal:
        return _page(fault=str(refusal)), 409
    flash(f"已撤销第 {number} 次修改，涉及的内容恢复到它之前。")
    return redirect(url("catalogue", chain=None, link=None), 303)


@bp.post("/restore")
def restore() -> AnyResponse | tuple[str, int]:
    """Back to what is shipped: the files named, or all."""
    try:
        history.restore(bureau(), request.form.getlist("name"), author())
    except StoreError as refusal:
        return _page(fault=str(refusal)), 409
    flash("已恢复为随产品的版本。")
    return redirect(url("catalogue", chain=None, link=None), 303)
