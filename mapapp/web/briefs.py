"""简报 and 出差包: what a team takes along for the firms of a list."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.jobs import Progress, Quiet
from mapapp.journeys import brief_paper, list_files, target_lists
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import Export
from mapapp.journeys.target_lists import ListView
from mapapp.journeys.travel_pack import travel_pack
from mapapp.outreach.edition import Edition
from mapapp.web.author import author
from mapapp.web.downloads import send
from mapapp.web.state import bureau
from mapapp.web.work import offer

bp = Blueprint("briefs", __name__)
AT_ONCE = 8
"""As many briefs are written while a page waits; more are a job. Measured: 50 in 3 s as PDF, in
6 s as Word file, with the pack's pictures 12 s."""


@bp.get("/lists/<int:id>/briefs.<kind>")
def file(id: int, kind: str) -> Response:
    here, by, edition = bureau(), author(), _edition()
    view = _view(here, id)
    _check(kind)

    def write(told: Progress) -> Export:
        return brief_paper.brief_file(here, view.item.title, view.rows, kind, edition, by, told)

    return offer(_address(id), view.firms, write, AT_ONCE)


@bp.get("/lists/<int:id>/rows/<int:row>/brief.<kind>")
def one(id: int, row: int, kind: str) -> Response:
    """The brief of one firm, for all its rows on the list."""
    here, view = bureau(), target_lists.view_list(bureau(), id)
    _check(kind)
    firm = next((one.row.firm for one in view.rows if one.row.id == row), None)
    if firm is None:
        raise UnknownName("名单行", str(row), ())
    rows = [one for one in view.rows if one.row.firm == firm]
    return send(brief_paper.brief_file(here, firm, rows, kind, _edition(), author(), Quiet()))


@bp.get("/lists/<int:id>/pack.zip")
def pack(id: int) -> Response:
    here, by, edition = bureau(), author(), _edition()
    view = _view(here, id)

    def write(told: Progress) -> Export:
        return travel_pack(here, view, edition, by, told)

    return offer(_address(id), view.firms, write, AT_ONCE)


def _view(here: Bureau, id: int) -> ListView:
    """The list in the version that the page shows."""
    return target_lists.view_list(here, id, request.args.get("version", type=int))


def _check(kind: str) -> None:
    if kind not in ("pdf", "docx"):
        raise UnknownName("简报格式", kind, ("pdf", "docx"))


def _edition() -> Edition:
    return list_files.read_edition(request.args.get("edition", "internal"))


def _address(id: int) -> str:
    return url_for("target_lists.show", id=id)
