"""A project's life on its page: a step with its evidence added, put right or taken back."""

from flask import Blueprint, flash, redirect, request
from werkzeug.wrappers import Response

from mapapp.journeys.life import Told, add_event, correct_event, withdraw_event
from mapapp.web.author import author
from mapapp.web.ledger import project_page
from mapapp.web.state import bureau, url

bp = Blueprint("life", __name__, url_prefix="/editing/life")

Answer = Response | tuple[str, int]


@bp.post("/add/<path:code>")
def add(code: str) -> Answer:
    return _answer(code, add_event(bureau(), code, request.form, author()), "已记入进展")


@bp.post("/correct/<path:code>")
def correct(code: str) -> Answer:
    key = request.form.get("key", "")
    told = correct_event(bureau(), code, key, request.form, author())
    return _answer(code, told, "已更正，原来的说法留在变更记录里", key)


@bp.post("/withdraw/<path:code>")
def withdraw(code: str) -> Answer:
    key, with_amount = request.form.get("key", ""), "with_amount" in request.form
    told = withdraw_event(bureau(), code, key, author(), with_amount)
    return _answer(code, told, "已撤去，原来的说法留在变更记录里", key)


def _answer(code: str, told: Told, done: str, key: str = "") -> Answer:
    """The project's page again; with what was typed and why it cannot stand, if so."""
    if told.problems:
        return project_page(code, request.form, told.problems, key), 422
    flash("；".join((done if told.saved else "没有改动", *told.remarks)) + "。")
    return redirect(url("ledger.project", code=code) + "#life")
