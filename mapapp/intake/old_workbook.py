"""A BIFF workbook (.xls, WPS .et) through calamine; what it leaves out comes from the records."""

from __future__ import annotations

import io
import struct

from python_calamine import CalamineError, CalamineWorkbook

from mapapp.intake.biff import counts_from_1904, read_marks
from mapapp.intake.compound import Compound
from mapapp.intake.limits import Limits
from mapapp.intake.sheets import NO_EXTRAS, Extras, is_worksheet, raw_sheet
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused


def read_old_workbook(data: bytes, limits: Limits) -> list[RawSheet]:
    """The worksheets in their order. Raises FileRefused."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        book = Compound(data).workbook() or b""
        since_1904 = counts_from_1904(book)
        found = [
            Extras(
                m.marks,
                frozenset(m.hidden_rows),
                since_1904=since_1904,
                hidden_columns=frozenset(m.hidden_columns),
            )
            for m in read_marks(book)
        ]
        return [
            raw_sheet(
                meta,
                workbook.get_sheet_by_name(meta.name),
                found[place] if place < len(found) else NO_EXTRAS,
                limits,
            )
            for place, meta in enumerate(workbook.sheets_metadata)
            if is_worksheet(meta)
        ]
    except (CalamineError, ValueError, KeyError, IndexError, struct.error, OSError) as error:
        raise FileRefused(
            "E_DAMAGED", f"文件已损坏，读不出表格（{error}）。请在 WPS 或 Excel 里另存为 .xlsx"
        ) from error
