"""目标企业: whom to go and see, and the list to take along."""

from collections import Counter
from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request

from chains import Status
from mapapp.journeys.export import as_file, check_kind
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.not_to_chase import cautions, gates_note
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.journeys.target_table import target_table
from mapapp.journeys.targets import RankedTarget, rank_targets
from mapapp.journeys.weighing import spans
from mapapp.web.downloads import send
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection

bp = Blueprint("targets", __name__)
ROWS = 12
"""On a page: a row brings its whole explanation along."""


@bp.get("/targets")
def page() -> str:
    found = _ranked()
    return render_template(
        "targets.html",
        page=paged(found, ROWS),
        spans=_spans(),
        firms=len({item.target.enterprise.name for item in found}),
        roadshow=_roadshow(),
        offices=_offices(),
        prefectures=_prefectures(),
        lacking=_lacking(),
        cautions=cautions(bureau(), selection().county),
        gates_note=gates_note(bureau()),
    )


@bp.post("/targets/export")
def export() -> Response:
    """The rows ticked, or the whole list where none is."""
    kind = check_kind(request.form.get("format", ""))
    ticked = set(request.form.getlist("row"))
    found = [item for item in _ranked() if not ticked or item.id in ticked]
    table = target_table(bureau(), found, selection(), _roadshow())
    name = f"目标企业-{bureau().city.name}-{bureau().today:%Y%m%d}"
    return send(as_file(table, kind, name, "targets"))


def _ranked() -> list[RankedTarget]:
    now = selection()
    if now.chain == OTHER_CHAIN:
        return []
    return rank_targets(bureau(), now.county, now.chain, now.link, _roadshow())


def _spans() -> Mapping[int, str]:
    """By rank, where each row stands whatever weight moves."""
    now = selection()
    if now.chain == OTHER_CHAIN:
        return {}
    return spans(bureau(), now.county, now.chain, now.link, _roadshow())


def _lacking() -> Counter[Status]:
    """How many links of the selected chain and place have each status."""
    now = selection()
    if now.chain == OTHER_CHAIN:
        return Counter()
    return Counter(gap.here.status for gap in find_gaps(bureau(), now.county, now.chain))


def _roadshow() -> str | None:
    """The code of the prefecture visited."""
    text = request.args.get("roadshow", "").strip()
    return bureau().gazetteer.divisions.find_prefecture(text).code if text else None


def _offices() -> list[tuple[str, str]]:
    """The prefectures with a resident office, as code and words."""
    divisions = bureau().gazetteer.divisions
    return [(divisions.find(o.city).code, o.name) for o in bureau().city.offices]


def _prefectures() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every prefecture by province, as code and name."""
    divisions = bureau().gazetteer.divisions
    return [
        (province.name, [(p.code, p.name) for p in divisions.prefectures(province.code)])
        for province in divisions.provinces()
    ]
