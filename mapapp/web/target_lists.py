"""名单: lists of firms to win, one of them, a firm on it, and what comes back from the road."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.jobs import Progress
from mapapp.journeys import list_files, list_making, pursuit, target_lists
from mapapp.journeys.export import Export
from mapapp.journeys.list_making import Made
from mapapp.journeys.refusals import StaleRow
from mapapp.journeys.selection import OTHER_CHAIN
from mapapp.ledger.headers import Field
from mapapp.outreach.edition import Edition
from mapapp.outreach.pursuit_cells import PursuitField, VisitField, cells_of
from mapapp.outreach.target_list import Approach, ListRule
from mapapp.web.author import author
from mapapp.web.downloads import send
from mapapp.web.paging import paged
from mapapp.web.state import bureau, selection, url
from mapapp.web.work import offer

bp = Blueprint("target_lists", __name__)
ROWS = 50
PAPER_AT_ONCE = 300
"""As many rows are set as a PDF while a page waits; more are a job. Measured: 500 in 3 s."""
STALE = "这里刚被别人改过，没有写入。请看现在的内容再改。"
Answer = Response | tuple[str, int] | str


@bp.get("/lists")
def page() -> str:
    return render_template(
        "target_lists.html", lists=target_lists.summaries(bureau()), Approach=Approach
    )


@bp.get("/lists/offices.xlsx")
def offices() -> Response:
    """Every resident office's ranking on a sheet each, or one office's alone."""
    here, by = bureau(), author()
    names = request.args.getlist("office") or [office.name for office in here.city.offices]
    edition = list_files.read_edition(request.args.get("edition", "internal"))
    return send(list_files.office_workbook(here, names, edition, by))


@bp.route("/lists/new", methods=["GET", "POST"])
def new() -> str:
    """What a list would be made of: the rows ticked, or a rule for the selection."""
    return _form(request.form.getlist("row") or None, {}, {})


@bp.post("/lists")
def make() -> Answer:
    picked = request.form.getlist("row") or None
    rule = _rule(request.form)
    found = list_making.make_list(bureau(), request.form, rule, author(), picked)
    if found.id is None:
        return _form(picked, request.form, found.problems), 422
    flash("名单已建好。")
    return redirect(_address(found.id), 303)


@bp.get("/lists/<int:id>")
def show(id: int) -> str:
    return list_page(id)


@bp.post("/lists/<int:id>")
def change(id: int) -> Answer:
    """What is said of a list; its end where nobody worked on it."""
    here, version = bureau(), request.form.get("version", 0, type=int)
    try:
        if "remove" in request.form:
            said = target_lists.remove_list(here, id, version)
            if said:
                return list_page(id, {"": said}), 422
            flash("名单已删除。")
            return redirect(url("target_lists"), 303)
        found = target_lists.change_list(here, id, version, request.form, author())
    except StaleRow:
        flash(STALE)
        return redirect(_address(id), 303)
    return _done(id, found, "已保存。")


@bp.post("/lists/<int:id>/firms")
def add(id: int) -> Answer:
    try:
        found = list_making.add_firm(bureau(), id, request.form, author())
    except StaleRow:
        flash(STALE)
        return redirect(_address(id), 303)
    return _done(id, found, "已加入名单。")


@bp.route("/lists/<int:id>/renew", methods=["GET", "POST"])
def renew(id: int) -> Answer:
    """What today's ranking would make of a list; then make it so."""
    item = list_making.get_list(bureau(), id)
    if request.method == "GET":
        revision, _ = list_making.renewal(bureau(), item)
        return render_template("target_list_renew.html", item=item, revision=revision)
    try:
        version = request.form.get("version", 0, type=int)
        now = list_making.renew(bureau(), id, version, author())
        flash(f"现在是第 {now.version} 版。")
    except StaleRow:
        flash(STALE)
    return redirect(_address(id), 303)


@bp.get("/lists/<int:id>/file.<kind>")
def file(id: int, kind: str) -> Response:
    here, by = bureau(), author()
    view = target_lists.view_list(here, id, request.args.get("version", type=int))
    edition = list_files.read_edition(request.args.get("edition", "internal"))
    if kind not in list_files.KINDS:
        raise UnknownName("导出格式", kind, tuple(list_files.KINDS))

    def write(told: Progress) -> Export:
        told.say(f"正在写 {len(view.rows):,} 行")
        return list_files.list_file(here, view, kind, edition, by)

    return offer(_address(id), len(view.rows), write, PAPER_AT_ONCE if kind == "pdf" else None)


@bp.get("/lists/<int:id>/rows/<int:row>")
def firm(id: int, row: int) -> str:
    return _firm(id, row)


@bp.post("/lists/<int:id>/rows/<int:row>")
def write(id: int, row: int) -> Answer:
    """Cells of a row, a contact, the signature, or the end of its stay on the list."""
    here, version, by = bureau(), request.form.get("version", 0, type=int), author()
    try:
        if "drop" in request.form:
            list_making.drop_row(here, id, row, by)
            flash("已从名单里去掉，以前的版本里还在。")
            return redirect(_address(id), 303)
        if "forget" in request.form:
            pursuit.forget_visit(here, id, row, request.form.get("forget", 0, type=int), version)
            flash("这条接洽已去掉。状态没有动，不对的请改。")
            return redirect(url_for("target_lists.firm", id=id, row=row), 303)
        if "sign" in request.form:
            found = pursuit.sign_row(here, id, row, version, request.form, by)
        elif "code" in request.form:
            found = pursuit.link_row(here, id, row, version, request.form["code"], by)
        else:
            found = pursuit.write_row(here, id, row, version, request.form, by)
    except StaleRow:
        flash(STALE)
        return redirect(url_for("target_lists.firm", id=id, row=row), 303)
    except UnknownName as unknown:
        return _firm(id, row, {"code": str(unknown)}), 422
    if found.problems:
        return _firm(id, row, found.problems, found), 422
    said = f"已转为项目 {found.project_code}。" if found.project_code else "已记下。"
    flash(said if found.saved else "没有改动。")
    return redirect(url_for("target_lists.firm", id=id, row=row), 303)


def _address(id: int) -> str:
    return url_for("target_lists.show", id=id)


def _done(id: int, found: Made, said: str) -> Answer:
    if found.problems:
        return list_page(id, found.problems), 422
    flash(said)
    return redirect(_address(id), 303)


def _rule(given: Mapping[str, str]) -> ListRule:
    now = selection()
    roadshow = given.get("roadshow", "").strip()
    visited = bureau().gazetteer.divisions.find_prefecture(roadshow).code if roadshow else None
    return ListRule(
        county=now.county,
        chain=None if now.chain == OTHER_CHAIN else now.chain,
        link=now.link,
        roadshow=visited,
        office=given.get("near", "").strip(),
        per_link=_number(given.get("per_link", "")),
        most=_number(given.get("most", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else None


def _form(picked: list[str] | None, typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
    here = bureau()
    given = typed or request.values
    rule = _rule(given)
    ranked, kept = list_making.propose(here, rule)
    if picked is not None:
        kept = [item for item in ranked if item.id in set(picked)]
    return render_template(
        "target_list_new.html",
        rule=rule,
        words=target_lists.rule_words(here, rule),
        picked=picked,
        kept=kept,
        held=target_lists.listed_firms(here),
        ranked=len(ranked),
        typed=typed,
        title=typed.get("title") or target_lists.default_title(here, rule, here.today),
        problems=problems,
        events=here.store.events.every(),
        roadshow=given.get("roadshow", ""),
    )


def list_page(id: int, problems: Mapping[str, str] | None = None) -> str:
    """The page of a list, with what is wrong with an entry by the field's name."""
    here = bureau()
    view = target_lists.view_list(here, id, request.args.get("version", type=int))
    wanted = request.args.get("approach", "")
    rows = [row for row in view.rows if wanted in ("", row.row.pursuit.approach.value)]
    return render_template(
        "target_list.html",
        view=view,
        item=view.item,
        words=target_lists.rule_words(here, view.item.rule),
        page=paged(rows, ROWS),
        counts={a: sum(r.row.pursuit.approach is a for r in view.rows) for a in Approach},
        wanted=wanted,
        problems=problems or {},
        typed=request.form,
        kinds=list_files.KINDS,
        editions=list(Edition),
        events=here.store.events.every(),
    )


def _firm(
    id: int,
    row: int,
    problems: Mapping[str, str] | None = None,
    found: pursuit.Wrote | None = None,
) -> str:
    here = bureau()
    view = pursuit.view_row(here, id, row)
    held = cells_of(view.listed.row.pursuit)
    return render_template(
        "target_list_firm.html",
        view=view,
        row=view.listed.row,
        cells=held | {f.value: "" for f in VisitField} | dict(request.form.items()),
        PursuitField=PursuitField,
        VisitField=VisitField,
        Field=Field,
        approaches=list(Approach),
        problems=problems or {},
        alike=found.alike if found else (),
        counties=[(code, here.county_name(code)) for code in here.boundaries.county_codes],
        today=here.today,
    )
