"""目标企业: whom to go and see, and the list to take along."""

from collections import Counter
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request

from chains import Status, UnknownName
from mapapp import documents
from mapapp.journeys.gaps import find_gaps
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.journeys.target_table import target_table
from mapapp.journeys.targets import RankedTarget, rank_targets
from mapapp.web.state import bureau, selection

bp = Blueprint("targets", __name__)
SHOWN = 100
FORMATS = {
    "xlsx": (
        documents.to_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (documents.to_csv, "text/csv; charset=utf-8"),
}


@bp.get("/targets")
def page() -> str:
    found = _ranked()
    everything = "all" in request.args
    return render_template(
        "targets.html",
        found=found if everything else found[:SHOWN],
        total=len(found),
        roadshow=_roadshow(),
        offices=_offices(),
        prefectures=_prefectures(),
        lacking=_lacking(),
    )


@bp.post("/targets/export")
def export() -> Response:
    """The rows ticked, or the whole list where none is."""
    kind = request.form.get("format", "")
    if kind not in FORMATS:
        raise UnknownName("导出格式", kind, FORMATS)
    ticked = set(request.form.getlist("row"))
    found = [item for item in _ranked() if not ticked or item.id in ticked]
    write, mime = FORMATS[kind]
    table = target_table(bureau(), found, selection(), _roadshow())
    name = f"目标企业-{bureau().city.name}-{bureau().today:%Y%m%d}.{kind}"
    disposition = f"attachment; filename=targets.{kind}; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(write(table), mimetype=mime, headers=headers)


def _ranked() -> list[RankedTarget]:
    now = selection()
    if now.chain == OTHER_CHAIN:
        return []
    return rank_targets(bureau(), now.county, now.chain, now.link, _roadshow())


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
