"""The tables of imports under way: files as they came, their rows, mappings, and jobs."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text

from mapapp.store.columns import UtcTime, stamp_columns, text_column
from mapapp.store.tables import ledger_change, metadata


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0)


import_upload = Table(
    "import_upload",
    metadata,
    Column("id", Text, primary_key=True),
    *(text_column(name) for name in ("file_name", "sha256", "sender", "phase", "message")),
    _number("size"),
    Column("codes", JSON, nullable=False),
    Column("sheets", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("previous", Text, ForeignKey("import_upload.id")),
    Column("batch_id", Integer, ForeignKey("import_batch.id")),
    *stamp_columns(),
)

import_row = Table(
    "import_row",
    metadata,
    Column("upload_id", Text, ForeignKey("import_upload.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    text_column("sheet"),
    _number("row"),
    Column("cells", JSON, nullable=False),
    *(text_column(name) for name in ("kind", "codes", "message", "project_code", "name")),
    Column("before_version", Integer),
    Column("old", JSON(none_as_null=True)),
    Column("new", JSON(none_as_null=True)),
    *stamp_columns(),
)

import_mapping = Table(
    "import_mapping",
    metadata,
    Column("sender", Text, primary_key=True),
    Column("signature", Text, primary_key=True),
    Column("columns", JSON, nullable=False),
    *stamp_columns(),
)

job = Table(
    "job",
    metadata,
    Column("id", Text, primary_key=True),
    *(text_column(name) for name in ("kind", "subject", "state", "message", "owner")),
    _number("done"),
    _number("total"),
    Column("heartbeat", UtcTime, nullable=False),
    *stamp_columns(),
)

Index(None, import_row.c.upload_id, import_row.c.kind)
Index(None, job.c.subject)
Index(None, ledger_change.c.batch_id)
