"""The application: every page registered, every guard installed."""

from flask import Flask
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
    list_returns,
    loop,
    map,
    milestones,
    overview,
    security,
    sites,
    state,
    statistics,
    tagging,
    target_lists,
    targets,
    undoing,
    weekly,
    weighing,
    what_if,
    work,
)

PAGES = (
    overview,
    map,
    chain,
    catalogue,
    gaps,
    feasibility,
    targets,
    target_lists,
    list_returns,
    briefs,
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
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["bureau"] = bureau
    CSRFProtect(app)
    for part in (security, state, errors, formats, author, weighing):
        part.install(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    return app
