"""ZIP containers: what may be opened at all, and which kind of file it is."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import PurePosixPath

from mapapp.intake.limits import Limits
from mapapp.ledger.problems import FileRefused

LAST_ROW = 1_048_576
ADVICE = "请在 WPS 或 Excel 里另存为 .xlsx，或导出 CSV"


class Kind(Enum):
    """A container that can be read."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    TEXT = auto()
    GEOJSON = auto()
    GEOPACKAGE = auto()
    SHAPEFILE = auto()


_CHUNK = 1 << 20
_OVERLAP = 256
_ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']\s*[A-Za-z]{0,9}([0-9]{7,})")
_DECLARATIONS = tuple(
    word.encode(code)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for code in ("ascii", "utf-16-le", "utf-16-be")
)
_OTHERS = (
    ("xl/workbook.bin", "二进制工作簿 .xlsb"),
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 文稿"),
    ("doc.kml", "KMZ 图层"),
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OSError,
    IndexError,
    KeyError,
)


def kind_of_archive(data: bytes, limits: Limits) -> Kind:
    """What a ZIP holds, once every member has been looked through. Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, limits)
            kind = _kind(archive)
            for member in archive.infolist():
                _check_content(archive, member)
            return kind
    except _UNREADABLE as error:
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
            f"超过上限（{limits.unpacked // 2**20} MB、{limits.ratio} 倍），不予读取",
        )
    names = [member.filename for member in members]
    if any(_leaves(name) for name in names) or len(set(names)) < len(names):
        raise FileRefused(
            "E_DAMAGED", "文件内部的文件名不正常（含上级目录、绝对路径或重名），不予读取"
        )
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise FileRefused("E_DAMAGED", "文件内部有指向别处的链接，不予读取")
    if any(member.flag_bits & 1 for member in members) or _says_encrypted(archive, names):
        raise FileRefused("E_ENCRYPTED", "文件加了打开密码，请去掉密码后再导入")
    if any(_is_macro(name) for name in names) or _says_macro(archive, names):
        raise FileRefused("E_MACRO", "文件带宏，不予读取。请另存为不带宏的 .xlsx")


def _says_encrypted(archive: zipfile.ZipFile, names: Sequence[str]) -> bool:
    """An ODS with a password keeps its members under readable names, and says so here."""
    name = "META-INF/manifest.xml"
    return name in names and b"encryption-data" in archive.open(name).read(_CHUNK)


def _says_macro(archive: zipfile.ZipFile, names: Sequence[str]) -> bool:
    """A macro's member may have any name; the list of content types gives it away."""
    name = "[Content_Types].xml"
    if name not in names:
        return False
    types = archive.open(name).read(_CHUNK).lower()
    return b"macroenabled" in types or b"vbaproject" in types


def _is_macro(name: str) -> bool:
    lower = name.lower()
    return lower.endswith("vbaproject.bin") or lower.startswith(
        ("xl/macrosheets/", "basic/", "scripts/")
    )


def _kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names:
        if _is_spreadsheet(archive):
            return Kind.ODS
        raise FileRefused("E_TYPE", f"这种格式（ODF 文档，不是表格）不能导入。{ADVICE}")
    if any(name.lower().endswith(".shp") for name in names):
        return Kind.SHAPEFILE
    what = next((text for name, text in _OTHERS if name in names), "")
    if what:
        raise FileRefused("E_TYPE", f"这种格式（{what}）不能导入。{ADVICE}")
    raise FileRefused(
        "E_TYPE",
        "这种格式（压缩包）不能导入。请解压后逐个上传；图层请把 .shp、.dbf、.prj 打成一个包",
    )


def _is_spreadsheet(archive: zipfile.ZipFile) -> bool:
    if "mimetype" in archive.namelist():
        return b"opendocument.spreadsheet" in archive.open("mimetype").read(200)
    return b"office:spreadsheet" in archive.open("content.xml").read(_CHUNK)


def _check_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
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
    return path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name
