"""3313: the milestones of every project on a day."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from chains import UnknownName
from mapapp.jobs import Progress
from mapapp.journeys.export import Export, as_file, check_kind
from mapapp.journeys.milestone_table import milestone_table
from mapapp.journeys.milestones import OPEN, MilestoneList, milestones, rule_of
from mapapp.ledger.milestones import Standing
from mapapp.web.days import asked_day
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection, url
from mapapp.web.work import offer

bp = Blueprint("milestones", __name__)
ROWS = 40


@bp.get("/milestones")
def page() -> str:
    found = _found()
    return render_template(
        "milestones.html",
        found=found,
        page=paged(found.rows, ROWS),
        standings=_standings(),
        step=request.args.get("step", ""),
        department=request.args.get("department", ""),
        all_standings=list(Standing),
    )


@bp.get("/milestones/export/<kind>")
def export(kind: str) -> AnyResponse:
    """What the page lists, as a file."""
    check_kind(kind)
    home, found = bureau(), _found()
    name = f"项目里程碑-{home.city.name}-{found.on:%Y%m%d}"

    def write(told: Progress) -> Export:
        return as_file(milestone_table(home, found), kind, name, "milestones")

    return offer(url("milestones"), len(found.rows), write)


def _found() -> MilestoneList:
    step = request.args.get("step", "")
    steps = [item.name for item in rule_of(bureau())]
    if step and step not in steps:
        raise UnknownName("里程碑", step, steps)
    return milestones(
        bureau(),
        asked_day("on", bureau().today),
        selection(),
        standings=_standings(),
        step=step,
        department=request.args.get("department", "").strip(),
    )


def _standings() -> list[Standing]:
    known = [item.value for item in Standing]
    given = request.args.getlist("standing")
    for value in given:
        if value not in known:
            raise UnknownName("里程碑状态", value, known)
    return [Standing(value) for value in given] or list(OPEN)
