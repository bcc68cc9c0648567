"""What protects the pages: the content security policy, headers, and the secret key."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import SecurityError

from mapapp.config import is_loopback

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:{tiles}; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def install(app: Flask) -> None:
    """Give each response its headers, and the templates `csp_nonce()`."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.before_request(_refuse_foreign_host)
    app.after_request(_protect)


def csp_nonce() -> str:
    """This response's nonce: the same one for the policy and for every tag that needs it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _refuse_foreign_host() -> None:
    """Without accounts we answer on this machine only, and only by its own names: otherwise a
    site elsewhere could point a name of its own here and read the pages through the browser."""
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        host = ""
    if not is_loopback(host):
        raise SecurityError


def _protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=csp_nonce(), tiles=_tiles())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _tiles() -> str:
    """The hosts that tiles come from, where the settings name a service; nothing else is let in."""
    service = current_app.extensions["bureau"].settings.tiles
    return "".join(f" {origin}" for origin in service.origins) if service else ""


def fingerprint(folder: Path) -> str:
    """Changes when any file of the folder does. Stands in static URLs as a folder of its own, so
    that what a script or style sheet loads by a relative path carries it too."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def secret_key(instance: Path) -> bytes:
    """The installation's secret, made on first use; only the owner can read it."""
    path = instance / "secret_key"
    if not path.exists():
        _create(path, secrets.token_bytes(32))
    return path.read_bytes()


def _create(path: Path, content: bytes) -> None:
    """Write a file whole, unless somebody else was first: then theirs stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
