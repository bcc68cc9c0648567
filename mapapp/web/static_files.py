"""The files of static/, read and compressed once."""

from functools import cache
from mimetypes import guess_type

from flask import Flask, abort
from werkzeug.wrappers import Response

from mapapp.config import ROOT
from mapapp.web import security
from mapapp.web.compact import Packed, compact, pack

FOLDER = ROOT / "static"


def install(app: Flask) -> None:
    """Serve the files that are there now, under an address that changes when one of them does.
    A file is found by its name in this list: what a request says never becomes a path."""
    prefix = f"/static/{security.fingerprint(FOLDER)}"
    known = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}

    @cache
    def packed(filename: str) -> Packed:
        kind = guess_type(filename)[0] or "application/octet-stream"
        return pack((FOLDER / filename).read_bytes(), kind)

    def static(filename: str) -> Response:
        if filename not in known:
            abort(404)
        return compact(packed(filename))

    app.add_url_rule(f"{prefix}/<path:filename>", "static", static)
