"""The application: every page registered, every guard installed."""

from flask import Flask
from flask_wtf import CSRFProtect

from mapapp.config import ROOT
from mapapp.journeys.bureau import Bureau
from mapapp.web import (
    chain,
    errors,
    figures,
    formats,
    gaps,
    helptext,
    ledger,
    map,
    overview,
    security,
    state,
    targets,
)

PAGES = (overview, map, chain, gaps, targets, ledger, figures, helptext)


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
        # Loopback only, and by that name: a page elsewhere cannot reach us under a name of its own.
        TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]"],
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["bureau"] = bureau
    CSRFProtect(app)
    for part in (security, state, errors, formats):
        part.install(app)
    for page in PAGES:
        app.register_blueprint(page.bp)
    return app
