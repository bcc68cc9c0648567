"""By hand: a new project, a changed one, a pasted block."""

import json
from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from mapapp.journeys import paste_rows
from mapapp.journeys.browse import get_project
from mapapp.journeys.change_history import LABELS, in_words
from mapapp.journeys.edit_project import Clash, Conflict, Outcome, create, edit, next_code
from mapapp.journeys.import_ledger import ImportReport, Verdict
from mapapp.journeys.import_rows import RowReport
from mapapp.journeys.ledger_cells import cells_of, choices, link_names, words_used
from mapapp.journeys.ledger_table import chosen_columns, row_of
from mapapp.journeys.refusals import StaleRow
from mapapp.ledger.edit import EDITABLE, UNITS
from mapapp.ledger.headers import DATES, Field
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.record import changed_fields
from mapapp.web.author import author
from mapapp.web.ledger import as_json
from mapapp.web.state import bureau, selection, url

bp = Blueprint("editing", __name__, url_prefix="/editing")

SHOWN_ROWS = 300
"""Of a preview of a pasted block."""


@bp.get("/cells/<path:code>")
def cells(code: str) -> dict[str, object]:
    """A project's cells as they would be typed, and the version they are of."""
    found = get_project(bureau(), code)
    return {"version": found.row_version, "cells": cells_of(bureau(), found)}


@bp.patch("/cells/<path:code>")
def change(code: str) -> tuple[dict[str, object], int]:
    """Cells changed in place: 200 with the row, 422 with what is wrong, 409 with both values."""
    sent = request.get_json()
    if not isinstance(sent, dict):
        abort(400)
    version, given = sent.get("version"), sent.get("cells")
    if not isinstance(version, int) or not isinstance(given, dict):
        abort(400)
    fields = _fields({str(k): str(v) for k, v in given.items()})
    outcome = edit(bureau(), code, version, fields, author())
    if outcome.conflict:
        return _conflict_json(outcome), 409
    if outcome.problems:
        return {"problems": {str(f): text for f, text in outcome.problems.items()}}, 422
    assert outcome.project is not None
    columns = chosen_columns(request.args.getlist("col"))
    return {
        "saved": outcome.saved,
        "remarks": outcome.remarks,
        "row": as_json(row_of(bureau(), outcome.project, columns)),
    }, 200


@bp.get("/new")
def new() -> str:
    return _form({Field.COUNTY: _county_here()}, {})


@bp.post("/new")
def add() -> str | Response | tuple[str, int]:
    given = _fields(request.form)
    outcome = create(bureau(), given, author())
    if outcome.project is None:
        return _form(given, outcome.problems), 422
    _say(outcome, "项目已新增")
    return redirect(url("ledger.project", code=outcome.project.project_code))


@bp.get("/project/<path:code>")
def form(code: str) -> str:
    found = get_project(bureau(), code)
    return _form(cells_of(bureau(), found), {}, code, found.row_version)


@bp.post("/project/<path:code>")
def save(code: str) -> str | Response | tuple[str, int]:
    version = request.form.get("version", 0, type=int)
    given = _fields(request.form)
    given.pop(Field.CODE, None)
    given = {f: text for f, text in given.items() if _is_meant(f, text)}
    outcome = edit(bureau(), code, version, given, author())
    assert outcome.project is not None
    held, now = cells_of(bureau(), outcome.project), outcome.project.row_version
    shown = {**held, **given}
    if outcome.conflict:
        return _form(shown, {}, code, now, outcome.conflict, held), 409
    if outcome.problems:
        return _form(shown, outcome.problems, code, now, held=held), 422
    _say(outcome, "修改已保存" if outcome.saved else "没有改动")
    return redirect(url("ledger.project", code=code))


@bp.get("/paste")
def paste() -> str:
    return render_template("paste.html", text="", block=None, report=None)


@bp.post("/paste")
def check() -> str | Response:
    """The block as it was understood; written once it is confirmed as it was shown."""
    text = request.form.get("text", "")
    block = paste_rows.read_block(text)
    titles = [t if t in paste_rows.TITLES else "" for t in request.form.getlist("title")]
    if not block.rows:
        return render_template("paste.html", text=text, block=None, report=None, empty=True)
    if not block.titled and not titles:
        usual = paste_rows.usual_titles(block)
        return _paste_page(text, block, None, usual)
    report = paste_rows.preview(bureau(), block, () if block.titled else titles)
    if "confirm" not in request.form:
        return _paste_page(text, block, report, titles)
    return _confirm(text, block, report, titles)


def _confirm(
    text: str, block: paste_rows.Block, report: ImportReport, titles: list[str]
) -> str | Response:
    try:
        seen = json.loads(request.form.get("seen", "{}"))
        done = paste_rows.commit(bureau(), report, seen, author())
    except (StaleRow, FileRefused, ValueError) as error:
        return _paste_page(text, block, report, titles, str(error))
    if done is None:
        why = "预览之后台账里的这些项目又变了，还没有写入。请按下面的新预览再确认一次。"
        return _paste_page(text, block, report, titles, why)
    flash(f"已写入 {len(paste_rows.versions(report))} 个项目。")
    return redirect(url("ledger.projects"))


def _paste_page(
    text: str,
    block: paste_rows.Block,
    report: ImportReport | None,
    titles: list[str],
    why: str = "",
) -> str:
    return render_template(
        "paste.html",
        text=text,
        block=block,
        report=report,
        refused=report is not None and report.verdict is Verdict.REFUSE,
        titles=titles,
        known_titles=paste_rows.TITLES,
        seen=json.dumps(paste_rows.versions(report)) if report else "{}",
        rows=report.rows[:SHOWN_ROWS] if report else (),
        counts=paste_rows.counts(report) if report else [],
        differences=_differences,
        why=why,
    )


def _differences(row: RowReport) -> list[tuple[str, str, str]]:
    """What a row changes: the field, its old and its new value."""
    if row.before is None or row.after is None:
        return []
    old, new = changed_fields(row.before, row.after)
    return [
        (LABELS.get(k, k), in_words(bureau(), k, (old or {}).get(k)), in_words(bureau(), k, v))
        for k, v in new.items()
        if k != "last_confirmed"
    ]


def _form(
    cells: Mapping[Field, str],
    problems: Mapping[Field, str],
    code: str | None = None,
    version: int = 0,
    conflict: Conflict | None = None,
    held: Mapping[Field, str] | None = None,
) -> str:
    chain = bureau().catalogue.chains
    named = next((c.id for c in chain.values() if c.name == cells.get(Field.CHAIN)), None)
    return render_template(
        "project_form.html",
        cells=cells,
        held=cells if held is None else held,
        problems=problems,
        code=code,
        version=version,
        conflict=conflict,
        choices=choices(bureau()),
        links=link_names(bureau(), named),
        departments=bureau().store.departments(),
        words=words_used(bureau()),
        next_code="" if code else _next_code(),
        F=Field,
        dates=tuple(DATES),
        units=UNITS,
    )


def _next_code() -> str:
    now = selection()
    return next_code(bureau(), now.county, now.zone.name if now.zone else None)


def _fields(given: Mapping[str, str]) -> dict[Field, str]:
    """The cells that a form or a request names; anything else in it is not ours."""
    return {f: given[f.value] for f in (Field.CODE, *EDITABLE) if f.value in given}


def _is_meant(field: Field, text: str) -> bool:
    """Whether a cell of the form was changed, and is not given up for somebody else's."""
    text = text.replace("\r\n", "\n")
    was = request.form.get(f"was-{field}", "").replace("\r\n", "\n")
    return text != was and request.form.get(f"choose-{field}") != "theirs"


def _say(outcome: Outcome, done: str) -> None:
    flash("；".join((done, *outcome.remarks)) + "。")


def _conflict_json(outcome: Outcome) -> dict[str, object]:
    conflict, project = outcome.conflict, outcome.project
    assert conflict is not None
    assert project is not None
    return {
        "version": project.row_version,
        "by": conflict.by,
        "at": conflict.at.isoformat() if conflict.at else None,
        "clashes": [_clash_json(clash) for clash in conflict.clashes],
    }


def _clash_json(clash: Clash) -> dict[str, object]:
    return {
        "field": clash.field,
        "base": clash.base,
        "theirs": clash.theirs,
        "mine": clash.mine,
        "both": clash.both,
    }


def _county_here() -> str:
    """The place that is selected, as a cell."""
    now = selection()
    if now.zone:
        return now.zone.name
    return bureau().county_name(now.county) if now.county else ""
