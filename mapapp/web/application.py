"""The application: every page registered, every guard installed."""

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect

from mapapp.config import ROOT
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_batch import REQUEST_LIMIT, UPLOAD_LIMIT
from mapapp.web import (
    annual_targets,
    author,
    briefs,
    bulletin,
    catalogue,
    chain,
    collection,
    compare,
    country,
    duplicates,
    editing,
    errors,
    events,
    feasibility,
    figures,
    following,
    formats,
    gaps,
    helptext,
    imports,
    ledger,
    life,
    linked,
    list_returns,
    loop,
    map,
    milestones,
    overview,
    page_help,
    security,
    sheets,
    sites,
    state,
    statistics,
    supply_map,
    tagging,
    target_lists,
    targets,
    undoing,
    wall,
    weekly,
    weighing,
    what_if,
    work,
)

PAGES = (
    overview,
    wall,
    map,
    linked,
    compare,
    supply_map,
    country,
    chain,
    catalogue,
    gaps,
    feasibility,
    targets,
    target_lists,
    list_returns,
    briefs,
    sheets,
    events,
    loop,
    ledger,
    imports,
    duplicates,
    editing,
    life,
    author,
    collection,
    sites,
    figures,
    helptext,
    undoing,
    work,
    tagging,
    what_if,
    weighing,
    milestones,
    statistics,
    following,
    weekly,
    bulletin,
    annual_targets,
)


COMPRESSED = [
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
]
"""What is sent compressed: an office's line is thin, and Bootstrap alone shrinks to an eighth."""


def build(bureau: Bureau) -> Flask:
    """The Flask application around an opened bureau."""
    static = ROOT / "static"
    app = Flask(
        "mapapp",
        static_folder=str(static),
        static_url_path=f"/static/{security.fingerprint(static)}",
        template_folder=str(ROOT / "mapapp" / "templates"),
    )
    app.config.update(
        SECRET_KEY=security.secret_key(bureau.settings.instance),
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
        SESSION_COOKIE_NAME="liantu",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        MAX_FORM_MEMORY_SIZE=UPLOAD_LIMIT,  # a pasted block is a form's field
        MAX_CONTENT_LENGTH=REQUEST_LIMIT,
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "deflate"],  # files of the static folder
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["bureau"] = bureau
    CSRFProtect(app)
    Compress(app)
    parts = (security, state, errors, formats, author, weighing, page_help, sheets)
    for part in parts:
        part.install(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    return app
