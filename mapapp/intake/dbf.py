"""dBase tables beside a Shapefile: fixed-width texts in the encoding that they or a .cpg name."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mapapp.ledger.problems import FileRefused

_HEADER = 32
_LANGUAGES = {0x4D: "gb18030", 0x4E: "cp949", 0x4F: "cp950", 0x03: "cp1252", 0x57: "gb18030"}


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    width: int


def read_dbf(data: bytes, code_page: bytes, most: int) -> list[dict[str, object]]:
    """The records; deleted ones stay, because the shapes beside them do. Raises FileRefused."""
    if len(data) < _HEADER:
        raise FileRefused("E_DAMAGED", ".dbf 文件不完整，请重新导出图层")
    count, header, width = struct.unpack_from("<IHH", data, 4)
    if count > most:
        raise FileRefused("E_TOO_MANY_ROWS", f"图层有 {count} 行，上限 {most} 行，请分开导入")
    if width < 1 or header + count * width > len(data) + 1:
        raise FileRefused("E_DAMAGED", ".dbf 文件不完整，请重新导出图层")
    decode = _decoder(data, code_page)
    columns = [_column(data[at : at + 32], decode) for at in _descriptors(data, header)]
    return [
        _record(data[header + n * width : header + (n + 1) * width], columns, decode)
        for n in range(count)
    ]


def _descriptors(data: bytes, header: int) -> range:
    end = next((at for at in range(_HEADER, header, 32) if data[at : at + 1] == b"\r"), header - 1)
    return range(_HEADER, end, 32)


def _column(raw: bytes, decode: _Decoder) -> _Column:
    name = raw[:11].split(b"\0")[0]
    return _Column(decode(name, cut=True), chr(raw[11]), raw[16])


def _record(raw: bytes, columns: list[_Column], decode: _Decoder) -> dict[str, object]:
    found: dict[str, object] = {}
    at = 1
    for column in columns:
        found[column.name] = _value(decode(raw[at : at + column.width]).strip(" \0"), column.kind)
        at += column.width
    return found


def _value(text: str, kind: str) -> object:
    if not text or set(text) == {"*"}:
        return None
    if kind in "NF":
        try:
            number = Decimal(text)
        except InvalidOperation:
            return text
        return number if number.is_finite() else text
    return text


class _Decoder:
    """Strict in the encoding that is stated; else UTF-8 where it fits, GB18030 where not."""

    def __init__(self, stated: str | None) -> None:
        self._encodings = [stated] if stated else ["utf-8", "gb18030"]

    def __call__(self, raw: bytes, cut: bool = False) -> str:
        for encoding in self._encodings:
            for text in (raw, raw[:-1], raw[:-2]) if cut else (raw,):
                try:
                    return text.decode(encoding)
                except UnicodeDecodeError:
                    continue
        raise FileRefused("E_ENCODING", "图层的 .dbf 有读不懂的字，请用 UTF-8 或 GBK 重新导出")


def _decoder(data: bytes, code_page: bytes) -> _Decoder:
    name = code_page.decode("ascii", "ignore").strip().lower()
    name = {"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)
    if name.isdigit():
        name = f"cp{name}"
    try:
        return _Decoder(codecs.lookup(name).name) if name else _Decoder(_LANGUAGES.get(data[29]))
    except LookupError:
        return _Decoder(None)
