"""Take a target list away: as workbook, CSV, Word file, PDF or map layer, for us or for others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chains import UnknownName
from mapapp import documents
from mapapp.documents import Document
from mapapp.draw.typeface import Typefaces, find_typefaces
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_sheet import own_typefaces
from mapapp.journeys.export import XLSX, Export
from mapapp.journeys.list_making import propose, rows_of
from mapapp.journeys.list_table import ListSheet, list_document, list_layer, list_lines, list_table
from mapapp.journeys.offices import find_office
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.target_lists import ListView, listed_rows
from mapapp.outreach.edition import Edition
from mapapp.outreach.target_list import ListRule

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIMES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "docx": DOCX,
    "pdf": "application/pdf",
    "gpkg": "application/geopackage+sqlite3",
}
KINDS = {"xlsx": "Excel", "csv": "CSV", "docx": "Word", "pdf": "PDF", "gpkg": "GeoPackage"}


def read_edition(text: str) -> Edition:
    """The edition of that name. Raises UnknownName."""
    try:
        return Edition(text)
    except ValueError:
        raise UnknownName("版本", text, [edition.value for edition in Edition]) from None


def list_file(bureau: Bureau, view: ListView, kind: str, edition: Edition, author: str) -> Export:
    """A list in a version as a file of one of KINDS.

    Raises:
        UnknownName: there is no such kind.
        NoTypeface: a PDF, and this machine has no Chinese typeface.
    """
    sheet = sheet_of(bureau, view, edition, author)
    data = _written(bureau, sheet, kind)
    name = f"{safe_name(view.item.title)}-{edition.label}-{sheet.at:%Y%m%d}"
    plain = f"targets-{view.item.id}-{edition.value}.{kind}"
    return Export(f"{name}.{kind}", plain, MIMES[kind], data)


def sheet_of(bureau: Bureau, view: ListView, edition: Edition, author: str) -> ListSheet:
    """A list as it is to be written down now."""
    item, now = view.item, datetime.now()
    said = [bureau.city.name]
    if edition.is_internal:
        said += [
            part for part in (item.office, f"负责人 {item.owner}" if item.owner else "") if part
        ]
        said.append(f"第 {view.version} 版，{view.versions[view.version - 1].on.isoformat()}")
    said.append(f"{view.firms} 家企业、{len(view.rows)} 行")
    said.append(_dated(edition, author, now))
    return ListSheet(item.title, " · ".join(said), view.rows, edition, author, now)


def _dated(edition: Edition, author: str, now: datetime) -> str:
    """The end of a subtitle: ours says that it is ours, and whose copy it is."""
    if edition.is_internal:
        return f"{edition.label}，{author} {now:%Y-%m-%d %H:%M}"
    return f"{now:%Y-%m-%d}"


def office_workbook(
    bureau: Bureau, offices: Sequence[str], edition: Edition, author: str, most: int | None = None
) -> Export:
    """The ranking of each resident office, on a sheet each: the firms that are nearer to it than
    to any other office, ranked as for a visit to its city.

    Raises:
        UnknownName: the city has no such office.
    """
    sheets = []
    now = datetime.now()
    for text in offices:
        office = find_office(bureau, text)
        rule = ListRule(office=office.name, roadshow=office.city, most=most)
        _, kept = propose(bureau, rule)
        rows = listed_rows(bureau, None, rows_of(bureau, kept))
        subtitle = (
            f"{bureau.city.name} · 离{office.name}最近的企业，{len(rows)} 行 · "
            f"{_dated(edition, author, now)}"
        )
        sheets.append(ListSheet(f"{office.name}目标企业", subtitle, rows, edition, author, now))
    tables = [list_table(bureau, sheet) for sheet in sheets]
    whose = f"{bureau.city.name}各专班" if len(sheets) > 1 else find_office(bureau, offices[0]).name
    name = f"{whose}目标企业-{edition.label}-{now:%Y%m%d}.xlsx"
    plain = f"offices-{edition.value}.xlsx"
    return Export(name, plain, XLSX, documents.to_xlsx(*tables))


def typefaces_of(bureau: Bureau) -> Typefaces:
    """The typefaces that papers are set in.

    Raises:
        NoTypeface: this machine has no Chinese one.
    """
    return find_typefaces(own_typefaces(bureau.settings))


def as_paper(bureau: Bureau, document: Document, kind: str) -> bytes:
    """A document as pdf or docx; a Word file names its typefaces and needs none here."""
    if kind == "pdf":
        return documents.to_pdf(document, typefaces_of(bureau))
    return documents.to_docx(document, typefaces_of(bureau))


def _written(bureau: Bureau, sheet: ListSheet, kind: str) -> bytes:
    match kind:
        case "xlsx":
            return documents.to_xlsx(list_table(bureau, sheet))
        case "csv":
            return documents.to_csv(list_lines(bureau, sheet))
        case "gpkg":
            return documents.to_geopackage([list_layer(bureau, sheet)])
        case "pdf" | "docx":
            return as_paper(bureau, list_document(bureau, sheet), kind)
    raise UnknownName("导出格式", kind, tuple(KINDS))
