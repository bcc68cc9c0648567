"""Delimited text to rows: strictly decoded, strictly split, nothing guessed."""

from __future__ import annotations

import codecs
import csv
import io
import re

from mapapp.intake.limits import Limits
from mapapp.ledger.cells import RawRow, RawSheet
from mapapp.ledger.headers import read_header
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.quoting import restore

_LONGEST_CELL = 1 << 20
_DELIMITERS = ",\t;|，"
_LOOKED_AT = 30
"""Lines that a delimiter is judged by: titles above the header have none."""

_KEPT_AS_TEXT = re.compile(r'="([0-9A-Za-z-]{1,64})"')

_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16 = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def read_text(data: bytes, limits: Limits) -> list[RawSheet]:
    """One sheet without a name. Raises FileRefused."""
    text = _decode(data).rstrip("\x00\x1a")
    delimiter, hinted = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    ended = 0
    try:
        for number, cells in enumerate(reader, start=1):
            ended = reader.line_num
            if (hinted and number == 1) or not any(cell.strip() for cell in cells):
                continue
            rows.append(RawRow(number, tuple(_cell(cell) for cell in cells)))
            if len(rows) > limits.rows + 100:
                raise FileRefused("E_TOO_MANY_ROWS", f"超过 {limits.rows} 行，请分成几个文件导入")
    except csv.Error as error:
        raise _quotes(ended + 1, reader.line_num, error) from error
    return [RawSheet("", tuple(rows), ragged=True)]


def _cell(text: str) -> str | None:
    """="000123" is how people keep the zeros of a code in a CSV that Excel opens."""
    if kept := _KEPT_AS_TEXT.fullmatch(text):
        return kept[1]
    return restore(text) or None


def _quotes(begun: int, noticed: int, error: csv.Error) -> FileRefused:
    if "limit" in str(error):
        return FileRefused(
            "E_CSV_QUOTE", f"第{begun}行有一个长得不合理的单元格，多半是引号不成对，请核对"
        )
    until = f"，读到第{noticed}行还没有配上" if noticed > begun else ""
    return FileRefused(
        "E_CSV_QUOTE", f"第{begun}行的引号不成对{until}，分不清单元格。请补上引号，或另存为 .xlsx"
    )


def _decode(data: bytes) -> str:
    if data.startswith(_UTF32):
        raise FileRefused("E_ENCODING", "文件是 UTF-32 编码，请另存为 UTF-8 后再导入")
    if encoding := _utf16(data):
        return _strictly(data, encoding).removeprefix("\ufeff")
    data = data.removeprefix(codecs.BOM_UTF8)
    lines = data.split(b"\n")
    certain = [(n, kind) for n, line in enumerate(lines, start=1) if (kind := _encoding(line))]
    kinds = {kind for _, kind in certain}
    if len(kinds) > 1:
        line = next(n for n, kind in certain if kind != certain[0][1])
        raise FileRefused(
            "E_ENCODING", f"第{line}行起的编码与前面不同（UTF-8 与 GBK 混在一起），请统一后再导入"
        )
    if kinds != {"gb18030"}:
        return _strictly(data, "utf-8")
    if _is_big5(data):
        raise FileRefused("E_ENCODING", "文件是 Big5（繁体）编码，请另存为 UTF-8 后再导入")
    return _strictly(data, "gb18030")


def _utf16(data: bytes) -> str:
    """UTF-16 by its mark; without one, where every other byte of the line ends is a NUL."""
    if data[:2] in _UTF16:
        return _UTF16[data[:2]]
    start = data[:4096]
    if start.count(b"\x00") * 20 < len(start):
        return ""
    for ending, encoding in ((b"\n\x00", "utf-16-le"), (b"\x00\n", "utf-16-be")):
        marks = (bytes([byte]) for byte in b",;|\t\n")
        separators = sum(start.count(ending.replace(b"\n", mark)) for mark in marks)
        if separators > 3 and separators * 2 > start.count(b"\x00"):
            return encoding
    return ""


def _is_big5(data: bytes) -> bool:
    """Whether the header says 項目 in Big5; the same bytes as GBK are no words."""
    try:
        head = data[:4096].decode("big5", "ignore")
    except UnicodeDecodeError:
        return False
    return any(word in head for word in ("項目名稱", "項目編號", "企業名稱"))


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
    first = text.split("\n", 1)[0].strip("\r\ufeff ").strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], True
    lines = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    return max(_DELIMITERS, key=lambda mark: max(_titles(line, mark) for line in lines)), False


def _titles(line: str, delimiter: str) -> tuple[int, int]:
    """How many known titles a line holds when it is split so, and how many cells."""
    if delimiter not in line:
        return 0, 0
    cells = line[:4096].split(delimiter)
    return len(read_header([cell.strip(' "\r') for cell in cells])), len(cells)
