"""Tables as files to keep: which kinds there are, and how they are sent."""

from urllib.parse import quote

from flask import Response

from chains import UnknownName
from mapapp import documents
from mapapp.documents import Table

KINDS = {
    "xlsx": (
        documents.to_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (documents.to_csv, "text/csv; charset=utf-8"),
}


def download(table: Table, kind: str, name: str, plain: str) -> Response:
    """The table as a file: `name` is what it is called, `plain` the same in ASCII.

    Raises:
        UnknownName: no such kind of file.
    """
    if kind not in KINDS:
        raise UnknownName("导出格式", kind, tuple(KINDS))
    write, mime = KINDS[kind]
    disposition = f"attachment; filename={plain}.{kind}; filename*=UTF-8''{quote(name)}.{kind}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(write(table), mimetype=mime, headers=headers)
