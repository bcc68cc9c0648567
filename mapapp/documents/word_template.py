"""A Word file with places for figures, which its user may change in Word: checked, then filled.

The places are Jinja's ({{ name }}, {%tr for … %}), filled by docxtpl in a sandbox: a template
cannot reach anything but the values handed in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mapapp.documents.official import plain

LARGEST, UNPACKED, MEMBERS = 5 * 1024**2, 40 * 1024**2, 2_000
PICTURE_WIDTH = Mm(156)


class TemplateRefused(ValueError):
    """The file cannot serve as a template; the message says why and what to do."""


def check(data: bytes, known: Collection[str]) -> None:
    """Whether the file is a Word file whose places are all known.

    Raises:
        TemplateRefused: it is not.
    """
    if len(data) > LARGEST:
        raise TemplateRefused(f"模板超过 {LARGEST // 1024**2} MB，请去掉大图再传")
    _check_archive(data)
    try:
        names = DocxTemplate(BytesIO(data)).get_undeclared_template_variables(_sandbox())
    except TemplateError as error:
        raise TemplateRefused(f"模板里的花括号写错了：{error}。请对照说明改") from error
    except Exception as error:  # whatever python-docx and lxml make of a broken file
        raise TemplateRefused("这个文件不是能打开的 Word 文件（.docx）") from error
    unknown = sorted(names - set(known))
    if unknown:
        raise TemplateRefused(
            f"模板里有不认识的名称：{'、'.join(unknown)}。可用的名称见说明里的“月通报模板”"
        )


def fill(data: bytes, values: Mapping[str, object], pictures: Mapping[str, bytes]) -> bytes:
    """The template with its places filled; pictures are PNG, as wide as the text.

    Raises:
        TemplateRefused: a place asks for something that there is not.
    """
    template = DocxTemplate(BytesIO(data))
    shown: dict[str, object] = {name: _plain(value) for name, value in values.items()}
    for name, png in pictures.items():
        shown[name] = InlineImage(template, BytesIO(png), width=PICTURE_WIDTH)
    try:
        template.render(shown, _sandbox(), autoescape=True)
    except TemplateError as error:
        raise TemplateRefused(f"模板填不进去：{error}。请改模板，或恢复自带的模板") from error
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _sandbox() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _plain(value: object) -> object:
    """The value with every text in it freed of what XML cannot hold."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


_OUTSIDE = re.compile(rb'TargetMode\s*=\s*"External"')
_LINK = re.compile(rb'relationships/hyperlink"')


def _check_archive(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as file:
            members = file.infolist()
            names = {item.filename for item in members}
            if "word/document.xml" not in names:
                raise TemplateRefused("这个文件不是 Word 文件（.docx），请在 Word 里另存为 .docx")
            if any("vbaProject" in name for name in names):
                raise TemplateRefused("模板里有宏，不能用，请另存为不带宏的 .docx")
            size = sum(item.file_size for item in members)
            if len(members) > MEMBERS or size > UNPACKED:
                raise TemplateRefused("模板解开以后太大，请去掉大图再传")
            for name in names:
                if name.endswith(".rels"):
                    _check_relations(file.read(name))
    except BadZipFile as error:
        raise TemplateRefused(
            "这个文件不是 Word 文件（.docx），请在 Word 里另存为 .docx"
        ) from error


def _check_relations(text: bytes) -> None:
    """Nothing is fetched from outside: linked pictures, templates and objects."""
    for one in re.findall(rb"<Relationship\b[^>]*>", text):
        if _OUTSIDE.search(one) and not _LINK.search(one):
            raise TemplateRefused("模板链接了外面的文件（图片、模板或对象），请改成嵌入再传")
