"""Large answers, small on the wire: with an ETag, compressed where the client can."""

import gzip
import hashlib
import json

from flask import request
from werkzeug.wrappers import Response


def compact_json(data: object) -> Response:
    """A JSON response that a browser may keep and ask about again (304)."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return compact(body, "application/json")


def compact(body: bytes, mimetype: str) -> Response:
    """A response that a browser may keep and ask about again (304)."""
    tag = hashlib.sha256(body).hexdigest()[:20]
    response = Response(mimetype=mimetype)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.headers["Content-Encoding"] = "gzip"
        tag += "-gz"
        body = gzip.compress(body, compresslevel=6, mtime=0)
    response.set_data(body)
    response.set_etag(tag)
    return response.make_conditional(request.environ)
