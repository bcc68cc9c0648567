"""撤销: what a return or an import of sites wrote is looked at, and taken back."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from mapapp.journeys import undo_import
from mapapp.journeys.refusals import StoreError
from mapapp.journeys.undo_import import UndoPlan
from mapapp.web.author import author
from mapapp.web.state import bureau, url

bp = Blueprint("undoing", __name__)


def undo_page(plan: UndoPlan, action: str, back: str, trail: list[tuple[str, str]]) -> str:
    """What undoing would do. action is where it is done, back the page it is about; trail leads
    to that page."""
    return render_template("undo.html", plan=plan, action=action, back=back, trail=trail)


@bp.get("/collection/<int:id>/returns/<int:number>/undo")
def plan_return(id: int, number: int) -> str | tuple[str, int]:
    back = url("collection.returned", id=str(id), number=str(number))
    try:
        plan = undo_import.plan_undo_return(bureau(), id, number)
    except StoreError as refusal:
        trail = [("报送", url("collection")), ("报回的表", back)]
        return render_template("undo_nothing.html", why=str(refusal), back=back, trail=trail), 409
    action = url("undoing.undo_return", id=str(id), number=str(number))
    return undo_page(plan, action, back, [("报送", url("collection")), (plan.name, back)])


@bp.post("/collection/<int:id>/returns/<int:number>/undo")
def undo_return(id: int, number: int) -> str | tuple[str, int] | Response:
    try:
        undo_import.undo_return(bureau(), id, number, author())
    except StoreError:
        return plan_return(id, number)
    return redirect(url("collection.returned", id=str(id), number=str(number)), 303)


@bp.get("/sites/import/<int:batch>/undo")
def plan_sites(batch: int) -> str:
    plan = undo_import.plan_undo_sites(bureau(), batch)
    back, action = url("sites.choose"), url("undoing.undo_sites", batch=str(batch))
    return undo_page(plan, action, back, [("载体", url("sites")), ("导入载体清单", back)])


@bp.post("/sites/import/<int:batch>/undo")
def undo_sites(batch: int) -> str | Response:
    try:
        undo_import.undo_sites(bureau(), batch, author())
    except StoreError:
        return plan_sites(batch)
    return redirect(url("sites.choose"), 303)
