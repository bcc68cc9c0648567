"""台账: the projects and enterprises behind every number, and each one's own page."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mapapp.jobs import Progress
from mapapp.journeys import browse, saved_views
from mapapp.journeys.change_history import history_of
from mapapp.journeys.export import Export, as_file, check_kind
from mapapp.journeys.following import contact_of
from mapapp.journeys.ledger_cells import choices, link_names, words_used
from mapapp.journeys.ledger_file import ledger_file
from mapapp.journeys.ledger_filter import KEYS, LedgerFilter, read_filter
from mapapp.journeys.ledger_table import (
    COLUMNS,
    TableColumn,
    TableRow,
    chosen_columns,
    ledger_table,
    read_order,
    rows_of,
)
from mapapp.journeys.life import disorder, national_code_of, steps
from mapapp.journeys.spot import spot_of
from mapapp.ledger.project import Stage
from mapapp.web.author import author
from mapapp.web.compact import compact_json
from mapapp.web.state import bureau, selection
from mapapp.web.work import offer

bp = Blueprint("ledger", __name__)

OWN_KEYS = (*KEYS, "sort", "col")
"""The table's part of the address."""
FIRST_ROWS = 60


@bp.get("/projects")
def projects() -> str:
    chosen, order = _filter(), read_order(request.args.get("sort", ""))
    columns = chosen_columns(request.args.getlist("col"))
    start = request.args.get("from", 0, type=int)
    table = ledger_table(bureau(), chosen, columns, order, max(start, 0), FIRST_ROWS)
    return render_template(
        "projects.html",
        table=table,
        chosen=chosen,
        all_columns=COLUMNS,
        departments=bureau().store.departments(),
        words=words_used(bureau()),
        views=saved_views.list_views(bureau()),
        query=_query(),
        kept=_kept(_query()),
        data=_page_data(columns, table.totals.projects),
        step=FIRST_ROWS,
    )


@bp.get("/ledger/rows")
def rows() -> AnyResponse:
    """A window of the table's rows, as compact JSON."""
    columns = chosen_columns(request.args.getlist("col"))
    order = read_order(request.args.get("sort", ""))
    start, count = (request.args.get(k, 0, type=int) for k in ("start", "count"))
    found = rows_of(bureau(), _filter(), columns, order, start, count)
    response = compact_json({"start": start, "rows": [as_json(row) for row in found]})
    response.headers["Cache-Control"] = "no-store"
    return response


def as_json(row: TableRow) -> list[object]:
    return [row.code, row.version, list(row.flags), list(row.cells)]


@bp.get("/ledger/export/<kind>")
def export(kind: str) -> AnyResponse:
    """The projects that the filters mean, as a file that an import reads back."""
    here, chosen = bureau(), _filter()
    name = f"招商项目台账-{here.city.name}-{here.today:%Y%m%d}"
    check_kind(kind)

    def write(told: Progress) -> Export:
        table = ledger_file(here, chosen)
        told.say(f"正在写 {len(table.rows):,} 行")
        return as_file(table, kind, name, "projects")

    return offer(_back(_query()), here.store.count(chosen.query(here)), write)


@bp.post("/ledger/views")
def save_view() -> AnyResponse:
    query = _query()
    try:
        saved_views.save_view(bureau(), request.form.get("name", ""), query, author())
        flash("视图已保存。")
    except saved_views.ViewRefused as error:
        flash(str(error))
    return redirect(_back(query))


@bp.post("/ledger/views/<int:id>/drop")
def drop_view(id: int) -> AnyResponse:
    flash("视图已删除。" if saved_views.drop_view(bureau(), id) else "这个视图已经不在了。")
    return redirect(_back(_query()))


@bp.get("/projects/<path:code>")
def project(code: str) -> str:
    return project_page(code)


def project_page(
    code: str,
    entry: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    key: str = "",
) -> str:
    """A project's page; entry and wrong are a step that could not be kept, key the one it is of."""
    found = browse.get_project(bureau(), code)
    firm = bureau().store.enterprise(found.enterprise_id) if found.enterprise_id else None
    return render_template(
        "project.html",
        project=found,
        firm=firm,
        history=history_of(bureau(), code),
        data=_page_data((), 1) | {"code": code, "version": found.row_version},
        spot=spot_of(bureau(), found),
        steps=steps(found),
        stages=tuple(Stage),
        disorder=disorder(found),
        entry=entry or {},
        wrong=wrong or {},
        wrong_key=key,
        national=national_code_of(bureau(), found),
        contact=contact_of(bureau(), code),
    )


@bp.get("/enterprises")
def enterprises() -> str:
    text = request.args.get("q", "").strip()
    found = browse.list_enterprises(bureau(), selection(), text=text)
    return render_template("enterprises.html", found=found, text=text)


@bp.get("/enterprises/<path:id>")
def enterprise(id: str) -> str:
    found = browse.get_enterprise(bureau(), id)
    return render_template(
        "enterprise.html", firm=found, projects=browse.projects_of(bureau(), found)
    )


def _filter() -> LedgerFilter:
    return read_filter(selection(), request.args)


def _query() -> list[tuple[str, str]]:
    """The address of this view: what is selected, filtered, sorted and shown."""
    own = [(k, v) for k in OWN_KEYS for v in request.args.getlist(k) if v]
    return [*selection().query().items(), *own]


def _kept(query: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The same as url_for takes it; only our own words, never url_for's."""
    found: dict[str, list[str]] = {}
    for key, value in query:
        found.setdefault(key, []).append(value)
    return found


def _back(query: list[tuple[str, str]]) -> str:
    return url_for("ledger.projects", **_kept(query))  # type: ignore[arg-type]


def _page_data(columns: tuple[TableColumn, ...], total: int) -> dict[str, object]:
    """What the page's scripts need; texts reach the page by textContent only."""
    return {
        "rows": url_for("ledger.rows"),
        "project": url_for("ledger.project", code="CODE", **selection().query()),  # type: ignore[arg-type]
        "cells": url_for("editing.cells", code="CODE"),
        "change": url_for("editing.change", code="CODE"),
        "total": total,
        "columns": [
            {"key": c.key, "field": c.field, "number": c.number, "unit": c.unit} for c in columns
        ],
        "choices": choices(bureau()),
        "links": link_names(bureau()),
    }
