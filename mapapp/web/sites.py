"""载体: parks, empty plants and land, where they come from, and each one's own page."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from mapapp.journeys import import_sites
from mapapp.journeys.import_batch import UPLOAD_LIMIT
from mapapp.journeys.import_sites import SiteReport
from mapapp.journeys.refusals import FileRefused, StoreError
from mapapp.journeys.rejected_sites import rejected_sites
from mapapp.journeys.sites import FIELD_NAMES, columns, get_site, list_sites, site_history
from mapapp.ledger.site import SiteKind, Utility
from mapapp.ledger.site_headers import SiteField
from mapapp.web import downloads
from mapapp.web.author import author
from mapapp.web.compact import compact_json
from mapapp.web.state import bureau, selection, url

bp = Blueprint("sites", __name__)


@bp.get("/sites")
def page() -> str:
    kind, text = request.args.get("kind", ""), request.args.get("q", "").strip()
    found = list_sites(bureau(), selection(), kind=kind, text=text)
    return render_template(
        "sites.html", found=found, kind=kind, text=text, kinds=list(SiteKind), utilities=Utility
    )


@bp.get("/sites/<int:id>")
def site(id: int) -> str:
    found = get_site(bureau(), id)
    return render_template(
        "site.html", site=found, history=site_history(bureau(), found), names=FIELD_NAMES
    )


@bp.get("/map/sites")
def drawn() -> Response:
    return compact_json(columns(bureau()))


@bp.get("/map/panel/site/<int:id>")
def panel(id: int) -> str:
    return render_template("map_site.html", site=get_site(bureau(), id))


@bp.get("/sites/import")
def choose() -> str:
    return _choose()


def _choose(report: SiteReport | None = None) -> str:
    return render_template(
        "sites_import.html",
        report=report,
        fields=list(SiteField),
        file=None,
        imports=bureau().store.sites.imports(),
    )


@bp.post("/sites/import")
def upload() -> Response | tuple[str, int]:
    file = request.files.get("file")
    if file is None or not file.filename:
        return _choose(SiteReport("", "", refused="还没有选文件，请选好载体清单再上传")), 400
    name = file.filename.replace("\\", "/").rpartition("/")[2]
    data = file.stream.read(UPLOAD_LIMIT + 1)
    found = import_sites.keep(bureau(), data, name, author())
    if isinstance(found, SiteReport):
        return _choose(found), 413 if len(data) > UPLOAD_LIMIT else 400
    return redirect(url("sites.preview", file=str(found)))


@bp.get("/sites/import/<int:file>")
def preview(file: int) -> str:
    return _preview(file)


@bp.post("/sites/import/<int:file>")
def confirm(file: int) -> str | Response:
    report = import_sites.read_kept(bureau(), file) or abort(404)
    if report.fingerprint != request.form.get("seen"):
        return _preview(file, "你看过预览之后载体又变了，还没有写入。请按下面的新预览再确认。")
    try:
        import_sites.commit(bureau(), report, author())
    except (StoreError, FileRefused) as error:
        return _preview(file, str(error))
    return redirect(url("sites"))


@bp.get("/sites/import/<int:file>/rejected.xlsx")
def rejected(file: int) -> Response:
    """The rows that were turned away, with the reason beside each."""
    return downloads.send(rejected_sites(bureau(), file) or abort(404))


def _preview(file: int, fault: str = "") -> str:
    report = import_sites.read_kept(bureau(), file) or abort(404)
    return render_template(
        "sites_import.html",
        report=report,
        file=file,
        fault=fault,
        labels=import_sites.LABELS,
        fields=list(SiteField),
    )
