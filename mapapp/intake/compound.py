"""OLE2 compound files (.xls, .et): their streams, and what must not be opened."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import islice

from mapapp.ledger.problems import FileRefused

_END = 0xFFFFFFFA
"""Sector numbers from here on mean something else than a sector."""

_HEADER = 512
_ENTRY = 128
_FILEPASS = 0x002F
_ROOT = 5
_MOST_ENTRIES = 10_000
_ADVICE = "请在 WPS 或 Excel 里另存为 .xlsx"


@dataclass(frozen=True, slots=True)
class Stream:
    """An entry of the directory."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file's directory and streams; ValueError for one that contradicts itself."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise ValueError("no header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 16 or not 4 <= mini_shift <= shift:
            raise ValueError("sector size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._fat = self._table(self._fat_sectors())
        (first_directory,) = struct.unpack_from("<I", data, 48)
        self._cutoff, first_mini = struct.unpack_from("<II", data, 56)
        self.streams = tuple(self._entries(self._chain(first_directory)))
        self._mini_fat = self._numbers(self._chain(first_mini))
        root = next((s for s in self.streams if s.kind == _ROOT), None)
        self._mini_stream = self._chain(root.start)[: root.size] if root else b""

    def read(self, stream: Stream) -> bytes:
        """A stream's bytes."""
        if stream.size >= self._cutoff:
            return self._chain(stream.start)[: stream.size]
        parts, sector, seen = [], stream.start, 0
        while sector < _END and seen <= len(self._mini_fat):
            parts.append(self._mini_stream[sector * self._mini : (sector + 1) * self._mini])
            sector = self._mini_fat[sector] if sector < len(self._mini_fat) else _END
            seen += 1
        return b"".join(parts)[: stream.size]

    def workbook(self) -> bytes | None:
        """The BIFF stream of a spreadsheet; None where there is none."""
        for name in ("workbook", "book"):
            for stream in self.streams:
                if stream.kind == 2 and stream.name.lower() == name:
                    return self.read(stream)
        return None

    def _fat_sectors(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        each = self._sector // 4 - 1
        seen = 0
        while more < _END and seen < len(self._data) // self._sector + 1:
            numbers = self._numbers(self._at(more))
            sectors += numbers[:each]
            more = numbers[each] if len(numbers) > each else _END
            seen += 1
        return [sector for sector in sectors if sector < _END]

    def _table(self, sectors: list[int]) -> list[int]:
        return self._numbers(b"".join(self._at(sector) for sector in sectors))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, sector: int) -> bytes:
        parts, seen = [], 0
        while sector < len(self._fat):
            parts.append(self._at(sector))
            sector = self._fat[sector]
            seen += 1
            if seen > len(self._fat):
                raise ValueError("a chain of sectors that never ends")
        return b"".join(parts)

    def _numbers(self, data: bytes) -> list[int]:
        return [number for (number,) in struct.iter_unpack("<I", data[: len(data) // 4 * 4])]

    def _entries(self, directory: bytes) -> list[Stream]:
        found = []
        for at in islice(range(0, len(directory) - _ENTRY + 1, _ENTRY), _MOST_ENTRIES):
            raw, length, kind = struct.unpack_from("<64sHB", directory, at)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind:
                found.append(Stream(name, kind, start, size))
        return found


def check_workbook(data: bytes) -> None:
    """Raises FileRefused unless this is a spreadsheet without password and without macros."""
    try:
        compound = Compound(data)
        names = {stream.name.lower() for stream in compound.streams}
        book = compound.workbook()
    except (ValueError, struct.error, IndexError) as error:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _encrypted() from error
        raise _damaged() from error
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise _encrypted()
    if not any(stream.kind == _ROOT for stream in compound.streams):
        raise _damaged()  # cut before the directory, which stands at the end
    if book is None:
        what = "Word 文档" if "worddocument" in names else "旧格式的 Office 文件，里面没有表格"
        raise FileRefused("E_TYPE", f"这种格式（{what}）不能导入。{_ADVICE}，或导出 CSV")
    if any(name.startswith("_vba_project") or name == "vba" for name in names):
        raise FileRefused("E_MACRO", "文件带宏，不予读取。请另存为不带宏的 .xlsx")
    if _has_password(book):
        raise _encrypted()


def _has_password(book: bytes) -> bool:
    """FILEPASS is among the first records of an encrypted workbook."""
    at = 0
    for _ in range(20):
        if at + 4 > len(book):
            return False
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _encrypted() -> FileRefused:
    return FileRefused("E_ENCRYPTED", "文件加了打开密码，请去掉密码后再导入")


def _damaged() -> FileRefused:
    return FileRefused("E_DAMAGED", f"文件不完整或已损坏，读不出表格。{_ADVICE}后再上传")
