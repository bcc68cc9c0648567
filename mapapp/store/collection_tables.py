"""The tables of what is sent out and collected, of the files kept, and of sites."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from mapapp.store.columns import stamp_columns, text_column
from mapapp.store.tables import metadata

kept_file = Table(
    "kept_file",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("purpose"),
    text_column("name"),
    text_column("sha256"),
    Column("content", LargeBinary, nullable=False),
    *stamp_columns(),
)

report_round = Table(
    "report_round",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("title"),
    text_column("kind"),
    Column("due", Date),
    *stamp_columns(),
)

report_dispatch = Table(
    "report_dispatch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("round_id", Integer, ForeignKey("report_round.id"), nullable=False),
    text_column("receiver"),
    text_column("receiver_name"),
    text_column("token"),
    Column("projects", Integer, nullable=False),
    *stamp_columns(),
)

report_row = Table(
    "report_row",
    metadata,
    Column("dispatch_id", Integer, ForeignKey("report_dispatch.id"), primary_key=True),
    Column("row_id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("project_code", Text),
    Column("project_version", Integer),
    Column("cells", JSON, nullable=False),
    *stamp_columns(),
)

report_return = Table(
    "report_return",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dispatch_id", Integer, ForeignKey("report_dispatch.id"), nullable=False),
    Column("file_id", Integer, ForeignKey("kept_file.id"), nullable=False),
    Column("batch_id", Integer, ForeignKey("import_batch.id")),
    *(
        Column(name, Integer, nullable=False)
        for name in ("updated", "inserted", "kept", "rejected")
    ),
    *stamp_columns(),
)

site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True),
    *(text_column(name) for name in ("code", "name", "kind")),
    Column("county", Text),
    Column("zone", Text),
    text_column("place"),
    Column("area", Text),
    Column("area_unit", Text),
    Column("floor_area", Text),
    Column("floor_area_unit", Text),
    Column("utilities", JSON, nullable=False),
    *(text_column(name) for name in ("industries", "constraints")),
    Column("available_from", Text),
    *(text_column(name) for name in ("available_text", "contact")),
    Column("lon", Float),
    Column("lat", Float),
    Column("point_precision", Text),
    Column("source_datum", Text),
    text_column("note"),
    *(Column(name, Text) for name in ("source_text", "source_date", "source_grade")),
    *stamp_columns(),
)

Index(None, report_dispatch.c.round_id)
Index(None, report_return.c.dispatch_id)
Index(None, site.c.county)
