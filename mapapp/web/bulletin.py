"""月通报: a period's bulletin on screen, as Word and as a workbook; its template."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mapapp.journeys import bulletin_file as files
from mapapp.journeys.bulletin import FIGURES, NAMES, bulletin
from mapapp.journeys.bulletin_template import known_names
from mapapp.journeys.export import Export
from mapapp.journeys.selection import UnknownChoice
from mapapp.ledger.dates import Period
from mapapp.web.author import author
from mapapp.web.downloads import send
from mapapp.web.state import bureau, url

bp = Blueprint("bulletin", __name__)


@bp.get("/bulletin")
def page() -> str:
    return _page()


@bp.get("/bulletin/file/<kind>")
def file(kind: str) -> AnyResponse | tuple[str, int]:
    try:
        return send(files.bulletin_file(bureau(), bulletin(bureau(), _period()), kind))
    except files.TemplateRefused as error:
        return _page(str(error)), 422


@bp.get("/bulletin/template")
def template() -> Response:
    """The template in force, to be changed in Word."""
    data = files.template_in_force(bureau())
    return send(Export("月通报模板.docx", "template.docx", files.DOCX, data))


@bp.post("/bulletin/template")
def put() -> AnyResponse | tuple[str, int]:
    """A template of the bureau's own, or back to the shipped one."""
    if "shipped" in request.form:
        files.put_template(bureau(), None, "", author())
        flash("已恢复自带的模板。")
        return redirect(url("bulletin"), 303)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page("请先选一个 .docx 文件"), 422
    try:
        files.put_template(bureau(), sent.read(), sent.filename, author())
    except files.TemplateRefused as error:
        return _page(str(error)), 422
    flash("模板已换上，以后的通报都用它。")
    return redirect(url("bulletin"), 303)


def _page(problem: str = "") -> str:
    period = _period()
    return render_template(
        "bulletin.html",
        found=bulletin(bureau(), period),
        period=period,
        choices=_choices(),
        names=NAMES,
        figures=FIGURES,
        own=files.own_template(bureau()),
        known=known_names(),
        problem=problem,
    )


def _period() -> Period:
    """The one asked for; else the last whole month."""
    text = request.args.get("of", "").strip()
    try:
        return Period.parse(text or _last_month())
    except ValueError as error:
        raise UnknownChoice(str(error)) from None


def _last_month() -> str:
    today = bureau().today
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    return f"{date(year, month + 1, 1):%Y-%m}"


def _choices() -> list[tuple[str, list[str]]]:
    """Months, quarters, half years and years, the newest first."""
    today = bureau().today
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(24)]
    years = range(today.year, today.year - 6, -1)
    return [
        ("月", [f"{year}-{month + 1:02}" for year, month in months]),
        ("季", [f"{year}Q{n}" for year in years for n in (4, 3, 2, 1)]),
        ("半年", [f"{year}H{n}" for year in years for n in (2, 1)]),
        ("年", [str(year) for year in years]),
    ]
