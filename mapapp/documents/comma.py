"""A table as CSV, as Excel and WPS open it: UTF-8 with BOM, CRLF.

Text that a spreadsheet would run is neutralised (ledger.quoting). Numbers are written as they
are: a negative one is no formula.
"""

from __future__ import annotations

import csv
import io

from mapapp.documents.table import Table, Value, as_text
from mapapp.ledger.quoting import neutral


def to_csv(table: Table) -> bytes:
    """The header and the rows; title and notes stay with the workbook."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([neutral(column.title) for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8")


def _cell(value: Value) -> str:
    return neutral(value) if isinstance(value, str) else as_text(value)
