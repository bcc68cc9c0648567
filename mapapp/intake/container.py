"""What a file is, by its content and never by its name; what must not be read is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum, auto
from pathlib import PurePosixPath

from mapapp.intake.limits import Limits
from mapapp.ledger.problems import FileRefused


class Kind(Enum):
    """A container that can be read."""

    XLSX = auto()
    TEXT = auto()


LAST_ROW = 1_048_576
_CHUNK = 1 << 20
_OVERLAP = 256
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_ROW_NUMBER = re.compile(rb"\br=[\"'][A-Za-z]{0,9}([0-9]{7,})")
_DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le")
)
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "GZIP 压缩包",
    b"SQLite format 3": "SQLite 数据库",
    b"{\\rtf": "RTF 文档",
}
_ADVICE = "请在 WPS 或 Excel 里另存为 .xlsx,或导出 CSV"


def kind_of(data: bytes, limits: Limits) -> Kind:
    """The kind of a file that is safe to read. Raises FileRefused."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FileRefused("E_EMPTY_FILE", "文件是空的")
    if len(data) > limits.upload:
        raise FileRefused("E_BOMB", f"文件有 {len(data) / 2**20:.0f} MB,上限 {_mb(limits.upload)}")
    if data.startswith(b"PK"):
        _check_archive(data, limits)
        return Kind.XLSX
    if data.startswith(_OLE2):
        raise _old_office(data)
    for magic, name in _OTHERS.items():
        if data.startswith(magic):
            raise FileRefused("E_TYPE", f"这是 {name}，不是表格。{_ADVICE}")
    _check_markup(data)
    return Kind.TEXT


def _old_office(data: bytes) -> FileRefused:
    if _ENCRYPTED_PACKAGE in data:
        return FileRefused("E_ENCRYPTED", "文件加了打开密码，请去掉密码后再导入")
    return FileRefused("E_TYPE", f"这是旧格式的表格（.xls 或 .et），暂不能直接读。{_ADVICE}")


def _check_markup(data: bytes) -> None:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.match(start) or (start.startswith(b"<") and _HTML.search(start)):
        raise FileRefused("E_HTML_AS_XLS", f"这是网页，不是表格。{_ADVICE}")
    if start.startswith(b"<"):
        raise FileRefused("E_TYPE", f"这种格式（XML）不能导入。{_ADVICE}")
    if start.startswith((b"{", b"[{")) and b'"type"' in start:
        raise FileRefused("E_TYPE", "这种格式（GeoJSON 图层）不能当台账导入")


def _check_archive(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, limits)
            for member in archive.infolist():
                _check_content(archive, member, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise FileRefused(
            "E_DAMAGED", "文件不完整或已损坏，可能没有传完。请重新保存后再上传"
        ) from error


def _check_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.unpacked or unpacked > limits.ratio * max(packed, 1):
        raise FileRefused(
            "E_BOMB",
            f"文件解压后有 {unpacked / 2**20:.0f} MB，"
            f"是压缩前的 {unpacked / max(packed, 1):.0f} 倍，"
            f"超过上限（{_mb(limits.unpacked)}、{limits.ratio} 倍），不予读取",
        )
    names = [member.filename for member in members]
    if any(_leaves(name) for name in names) or len(set(names)) < len(names):
        raise FileRefused(
            "E_DAMAGED", "文件内部的文件名不正常（含上级目录、绝对路径或重名），不予读取"
        )
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused("E_ENCRYPTED", "文件加了打开密码，请去掉密码后再导入")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("E_MACRO", "文件带宏，不予读取。请另存为不带宏的 .xlsx")
    if "xl/workbook.xml" not in names:
        what = "ODS 表格" if "content.xml" in names else "压缩包"
        raise FileRefused("E_TYPE", f"这种格式（{what}）不能直接读。{_ADVICE}")


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Inflate a member once, piece by piece: the directory may lie about it."""
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            window = tail + piece
            if any(word in window for word in _DECLARATIONS):
                raise FileRefused("E_XML_ENTITY", "文件的 XML 里有实体声明，不安全，不予读取")
            for number in _ROW_NUMBER.findall(window):
                if int(number[:12]) > LAST_ROW:
                    raise FileRefused("E_DAMAGED", "文件里的行号超出表格的范围，文件已损坏")
            tail = window[-_OVERLAP:]


def _leaves(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _mb(size: int) -> str:
    return f"{size // 2**20} MB"
