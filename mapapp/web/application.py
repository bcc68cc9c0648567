"""The application: every page registered, every guard installed."""

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect

from mapapp.config import ROOT
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.import_batch import REQUEST_LIMIT, UPLOAD_LIMIT
from mapapp.web import (
    annual_targets,
    assets,
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
    static_files,
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


PARTS = (
    security,
    static_files,
    state,
    errors,
    formats,
    assets,
    author,
    weighing,
    page_help,
    sheets,
)
"""What every page needs, in the order in which it is installed."""
COMPRESSED = ["text/html", "application/json"]
"""What is compressed as it is sent: an office's line is thin. Files are compressed once
(web/static_files)."""


def build(bureau: Bureau) -> Flask:
    """The Flask application around an opened bureau."""
    app = Flask(
        "mapapp",
        static_folder=None,
        template_folder=str(ROOT / "mapapp" / "templates"),
    )
    app.config.update(
        SECRET_KEY=security.secret_key(bureau.settings.instance),
        SESSION_COOKIE_NAME="liantu",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        MAX_FORM_MEMORY_SIZE=UPLOAD_LIMIT,  # a pasted block is a form's field
        MAX_CONTENT_LENGTH=REQUEST_LIMIT,
        COMPRESS_MIMETYPES=COMPRESSED,
        COMPRESS_ALGORITHM=["br", "gzip"],
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["bureau"] = bureau
    CSRFProtect(app)
    Compress(app)
    for part in PARTS:
        part.install(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    return app
