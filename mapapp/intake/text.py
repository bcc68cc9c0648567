"""Delimited text to rows: strictly decoded, strictly split, nothing guessed."""

from __future__ import annotations

import codecs
import csv
import io

from mapapp.intake.limits import Limits
from mapapp.ledger.cells import RawRow, RawSheet
from mapapp.ledger.problems import FileRefused

_LONGEST_CELL = 1 << 20
_DELIMITERS = ",\t;"


def read_text(data: bytes, limits: Limits) -> list[RawSheet]:
    """One sheet without a name. Raises FileRefused."""
    text = _decode(data)
    delimiter, hinted = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for number, cells in enumerate(reader, start=1):
            if (hinted and number == 1) or not any(cell.strip() for cell in cells):
                continue
            rows.append(RawRow(number, tuple(cell or None for cell in cells)))
            if len(rows) > limits.rows + 100:
                raise FileRefused("E_TOO_MANY_ROWS", f"超过 {limits.rows} 行，请分成几个文件导入")
    except csv.Error as error:
        raise FileRefused(
            "E_CSV_QUOTE", f"第{reader.line_num}行的引号不成对，分不清单元格（{error}）"
        ) from error
    return [RawSheet("", tuple(rows), ragged=True)]


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    lines = data.split(b"\n")
    certain = [(n, kind) for n, line in enumerate(lines, start=1) if (kind := _encoding(line))]
    kinds = {kind for _, kind in certain}
    if len(kinds) > 1:
        line = next(n for n, kind in certain if kind != certain[0][1])
        raise FileRefused(
            "E_ENCODING", f"第{line}行起的编码与前面不同（UTF-8 与 GBK 混在一起），请统一后再导入"
        )
    return _strictly(data, "gb18030" if kinds == {"gb18030"} else "utf-8")


def _encoding(line: bytes) -> str | None:
    """The encoding that a line can only be in; None where it fits both.

    GBK bytes happen to be UTF-8 at times (联通), but then of two-byte sequences; Chinese in UTF-8
    has three.
    """
    if line.isascii():
        return None
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8" if any(character > "\u07ff" for character in text) else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileRefused(
            "E_ENCODING", f"第{line}行有读不懂的字节（按 {encoding} 读），请另存为 UTF-8 后再导入"
        ) from error


def _delimiter(text: str) -> tuple[str, bool]:
    """The delimiter, and whether Excel's `sep=` line names it."""
    first = text.split("\n", 1)[0].strip("\r\ufeff ")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    return max(_DELIMITERS, key=first.count), False
