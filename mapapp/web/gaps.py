"""缺环: the missing and weak links, ranked."""

from enum import StrEnum
from functools import partial
from typing import TypeVar

from flask import Blueprint, render_template, request

from chains import Remedy, Status, UnknownName
from mapapp.journeys.feasibility import prospect
from mapapp.journeys.gap_list import list_gaps
from mapapp.journeys.gaps import GAPS
from mapapp.journeys.not_to_chase import cautions, gates_note
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection

bp = Blueprint("gaps", __name__)
Choice = TypeVar("Choice", bound=StrEnum)
ROWS = 12
"""On a page: a row brings its whole explanation along."""


@bp.get("/gaps")
def page() -> str:
    statuses = _chosen(Status, "status", "状态") or list(GAPS)
    remedies = _chosen(Remedy, "remedy", "做法")
    text = request.args.get("q", "").strip()
    found = list_gaps(bureau(), selection(), statuses=statuses, remedies=remedies, text=text)
    return render_template(
        "gaps.html",
        found=found,
        page=paged(found.rows, ROWS),
        in_county=selection().county is not None,
        statuses=statuses,
        remedies=remedies,
        text=text,
        all_statuses=list(Status),
        all_remedies=list(Remedy),
        prospect_of=partial(prospect, bureau()),
        cautions=cautions(bureau(), selection().county),
        gates_note=gates_note(bureau()),
    )


def _chosen(kind: type[Choice], parameter: str, word: str) -> list[Choice]:
    known = [item.value for item in kind]
    for value in request.args.getlist(parameter):
        if value not in known:
            raise UnknownName(word, value, known)
    return [kind(value) for value in request.args.getlist(parameter)]
