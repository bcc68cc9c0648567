"""What a file is, by its content and never by its name; what must not be read is refused."""

from __future__ import annotations

import codecs
import re

from mapapp.intake.archive import ADVICE, Kind, kind_of_archive
from mapapp.intake.compound import check_workbook
from mapapp.intake.limits import Limits
from mapapp.ledger.problems import FileRefused

__all__ = ["Kind", "kind_of"]

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\x00"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|script)(?=[\s>/])", re.IGNORECASE
)
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF8": "GIF 图片",
    b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "GZIP 压缩包",
    b"BZh": "BZIP2 压缩包",
    b"{\\rtf": "RTF 文档",
    b"MZ": "Windows 程序",
    b"\x7fELF": "Linux 程序",
    b"\x00\x00\x27\x0a": "单独的 .shp，请把 .shp、.dbf、.prj 打成一个 zip",
    b"AC10": "AutoCAD 图纸",
    b"PAR1": "Parquet",
    b"ID;P": "SYLK 表格",
    b"TABLE\r\n0,1": "DIF 表格",
    b"TABLE\n0,1": "DIF 表格",
}
_TEXT_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKUP_WITHIN = 4096


def kind_of(data: bytes, limits: Limits) -> Kind:
    """The kind of a file that is safe to read. Raises FileRefused."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileRefused("E_EMPTY_FILE", "文件是空的，请重新选择文件")
    if len(data) > limits.upload:
        raise FileRefused(
            "E_BOMB", f"文件有 {len(data) / 2**20:.0f} MB，上限 {limits.upload // 2**20} MB"
        )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return kind_of_archive(data, limits)
    if data.startswith(_OLE2):
        check_workbook(data)
        return Kind.XLS
    if data.startswith(_SQLITE):
        return Kind.GEOPACKAGE
    if data.startswith(_BIFF) and b"\x00" in data[:20]:
        raise FileRefused("E_TYPE", f"这种格式（Excel 4 或更早的表格）太旧，不能直接读。{ADVICE}")
    for magic, name in _OTHERS.items():
        if data.startswith(magic):
            raise FileRefused("E_TYPE", f"这是 {name}，不是表格。{ADVICE}")
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> Kind:
    start = _as_ascii(data[:_MARKUP_WITHIN]).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"MIME-Version:") or _HTML.match(start):
        raise _page()
    if start.startswith(b"<") and (_HTML.search(start) or b"<!--" in start[:8]):
        raise _page()
    if start.startswith(b"<"):
        raise FileRefused("E_TYPE", f"这种格式（XML）不能导入。{ADVICE}")
    if start.startswith((b"{", b"\x1e{", b"[{", b"[\n", b"[\r", b"[ ")):
        return Kind.GEOJSON
    if _is_binary(data):
        raise FileRefused("E_TYPE", f"这不是表格，也不是文字，认不出是什么格式。{ADVICE}")
    return Kind.TEXT


def _page() -> FileRefused:
    return FileRefused("E_HTML_AS_XLS", f"这是网页，不是表格。{ADVICE}")


def _as_ascii(start: bytes) -> bytes:
    """The markup of a UTF-16 file, for looking at."""
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if start.startswith(bom):
            return start[2:].decode(encoding, "ignore").encode("ascii", "replace")
    return start


def _is_binary(data: bytes) -> bool:
    """Whether a file is full of control characters; a NUL or two in a CSV is its row's matter."""
    if data.startswith(_TEXT_BOMS):
        return False
    start = data[:65_536]
    odd = sum(start.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13))
    utf16 = (start.count(0) * 5 > len(start) * 2 and b"\n\x00" in start) or b"\x00\n" in start
    return odd * 20 > len(start) + 100 and not utf16
