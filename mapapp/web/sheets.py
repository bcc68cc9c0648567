"""挂图 and 一页纸: the selection as a sheet for the wall, a county or a chain on one page."""

from flask import Blueprint, Flask, request
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.jobs import Progress
from mapapp.journeys.chain_paper import chain_paper
from mapapp.journeys.county_paper import county_paper
from mapapp.journeys.export import Export
from mapapp.journeys.list_files import read_edition
from mapapp.journeys.one_pager import check_kind
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.journeys.wall_chart import CHART_KINDS, PAPERS, check_paper, resolutions, wall_chart
from mapapp.outreach.edition import Edition
from mapapp.web.author import author
from mapapp.web.state import bureau, selection, url
from mapapp.web.work import offer

bp = Blueprint("sheets", __name__, url_prefix="/sheets")
PAGES = ("map", "chain", "targets")
"""The pages that have the menu, and lead back to."""
_AT_ONCE = 0
"""Every sheet is a job. Measured on the sample: 2 to 5 s the first time, then 0.5 to 2 s."""


def install(app: Flask) -> None:
    """Give the templates what the menu offers."""
    app.jinja_env.globals.update(
        chart_papers=resolutions(),
        chart_kinds=CHART_KINDS,
        page_kinds={"pdf": "PDF", "docx": "Word"},
        sheet_editions=list(Edition),
    )


@bp.get("/wall-chart.<kind>")
def chart(kind: str) -> Response:
    """The current selection on one sheet: `paper` and `edition` in the address."""
    here, chosen, by, edition = bureau(), selection(), author(), _edition()
    paper = request.args.get("paper", PAPERS[0])
    check_paper(kind, paper)

    def write(told: Progress) -> Export:
        return wall_chart(here, chosen, kind, paper, edition, by, told)

    return offer(_back(), 1, write, _AT_ONCE)


@bp.get("/county.<kind>")
def county(kind: str) -> Response:
    """The selected county on a page."""
    here, by, edition, code = bureau(), author(), _edition(), selection().county
    check_kind(kind)
    if code is None:
        names = [f"{name}（{c}）" for c, name in _counties()]
        raise UnknownName("县市区", request.args.get("place", "没有写"), names)

    def write(told: Progress) -> Export:
        return county_paper(here, code, kind, edition, by, told)

    return offer(_back(), 1, write, _AT_ONCE)


@bp.get("/chain.<kind>")
def chain(kind: str) -> Response:
    """The selected chain on a page."""
    here, chosen, by, edition = bureau(), selection(), author(), _edition()
    check_kind(kind)
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        raise UnknownName("产业链", chosen.chain or "没有写", list(here.catalogue.chains))

    def write(told: Progress) -> Export:
        return chain_paper(here, chosen, kind, edition, by, told)

    return offer(_back(), 1, write, _AT_ONCE)


def _edition() -> Edition:
    return read_edition(request.args.get("edition", Edition.INTERNAL))


def _back() -> str:
    """The page that the sheet was asked for on."""
    page = request.args.get("from", PAGES[0])
    return url(page if page in PAGES else PAGES[0])


def _counties() -> list[tuple[str, str]]:
    edge = bureau().boundaries
    return list(zip(edge.county_codes, edge.county_names, strict=True))
