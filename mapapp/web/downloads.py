"""Files to take away, as answers: always a download, never a page."""

from urllib.parse import quote

from flask import Response

from mapapp.journeys.export import Export


def send(export: Export) -> Response:
    """A file under its own name."""
    name = quote(export.name, safe="")
    disposition = f"attachment; filename={export.plain}; filename*=UTF-8''{name}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(export.data, mimetype=export.mime, headers=headers)
