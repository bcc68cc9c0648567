"""说明: how each page is read, what the words and the scores mean."""

from flask import Blueprint, render_template

from chains import Status
from mapapp.ledger.project import STALE_AFTER_YEARS
from mapapp.web.page_help import groups_here
from mapapp.web.state import bureau

STATUSES = {status.value: status for status in Status}
bp = Blueprint("helptext", __name__)


@bp.get("/help")
def page() -> str:
    return render_template(
        "help.html",
        groups=groups_here(),
        weights=bureau().weights,
        statuses=STATUSES,
        stale_years=STALE_AFTER_YEARS,
    )
