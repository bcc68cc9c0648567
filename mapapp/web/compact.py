"""Large answers, small on the wire: with an ETag, compressed where the client can."""

import gzip
import hashlib
import json
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer made ready once for many requests: as it is, compressed, and what tells it from
    others."""

    body: bytes
    compressed: bytes
    tag: str
    mimetype: str


def pack(body: bytes, mimetype: str = "application/octet-stream") -> Packed:
    """An answer ready to be sent."""
    tag = hashlib.sha256(body).hexdigest()[:20]
    return Packed(body, gzip.compress(body, compresslevel=6, mtime=0), tag, mimetype)


def compact(packed: Packed) -> Response:
    """A response that a browser may keep and ask about again (304)."""
    response = Response(mimetype=packed.mimetype)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip") > 0:
        response.headers["Content-Encoding"] = "gzip"
        response.set_data(packed.compressed)
        response.set_etag(f"{packed.tag}-gz")
    else:
        response.set_data(packed.body)
        response.set_etag(packed.tag)
    return response.make_conditional(request.environ)


def compact_json(data: object) -> Response:
    """The same for data that is made anew for every request."""
    return compact(pack(to_json(data), "application/json"))


def to_json(data: object) -> bytes:
    """JSON without a blank too many."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
