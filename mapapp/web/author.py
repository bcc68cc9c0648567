"""Who is at the desk: a name kept in the signed cookie, until there are accounts."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, request, session, url_for
from werkzeug.wrappers import Response

bp = Blueprint("author", __name__)

UNNAMED = "本机"
LONGEST = 30


def install(app: Flask) -> None:
    """Give the templates `author()`."""
    app.jinja_env.globals["author"] = author


def author() -> str:
    """The name that changes are signed with."""
    return str(session.get("author") or UNNAMED)


@bp.post("/author")
def rename() -> Response:
    text = "".join(c for c in request.form.get("name", "") if c.isprintable())
    session.permanent = True
    session["author"] = " ".join(text.split())[:LONGEST]
    back = urlsplit(request.form.get("back", ""))
    if back.scheme or back.netloc or not back.path.startswith("/") or back.path.startswith("//"):
        return redirect(url_for("ledger.projects"))
    return redirect(back.path + (f"?{back.query}" if back.query else ""))
