"""待确认环节: suggestions with the words that speak for them, each answered with one click."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from chains import UnknownName
from mapapp.journeys import confirm_links, import_batch
from mapapp.journeys.ledger_cells import link_names
from mapapp.journeys.refusals import StaleRow
from mapapp.web.author import author
from mapapp.web.state import bureau, url

bp = Blueprint("tagging", __name__, url_prefix="/tagging")
SHOWN = 20
ANSWERED = 50


@bp.get("")
def page() -> str:
    start = max(0, request.args.get("start", 0, int) or 0)
    upload = request.args.get("upload")
    batch = import_batch.find(bureau(), upload) if upload else None
    found = confirm_links.pending(bureau(), start, SHOWN, upload or None)
    return render_template(
        "tagging.html",
        found=found,
        start=start,
        step=SHOWN,
        known=link_names(bureau()),
        upload=batch,
    )


@bp.get("/done")
def done() -> str:
    given = confirm_links.answers(bureau())
    return render_template("tagging_done.html", answers=given[:ANSWERED], total=len(given))


@bp.post("")
def answer() -> Response:
    """One answer: `link` the links chosen, or `none`."""
    form = request.form
    kind, key = form.get("kind", ""), form.get("key", "")
    links = [] if "none" in form else [t for t in form.getlist("link") if t.strip()]
    version = form.get("version", 0, int) or 0
    if kind not in (confirm_links.PROJECT, confirm_links.ENTERPRISE):
        abort(400)
    kept = {key: form.get(key) or None for key in ("start", "upload")}
    back = redirect(url("tagging.page", **kept))
    if not links and "none" not in form:
        flash("没有填环节，什么也没有记下。请从列表里选一个，或按“都不是”。")
        return back
    try:
        confirm_links.answer(bureau(), kind, key, version, links, author())
    except StaleRow:
        flash(f"{key} 在您打开页面以后又改过，没有写入。请看过现在的内容再答一次。")
        return back
    except UnknownName as error:
        flash(str(error))
        return back
    said = "、".join(links) if links else "都不是"
    flash(f"已记下：{key} {said}（{author()}）。")
    return back
