"""出差包: everything that a team takes along, in one ZIP that needs no net."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from geodata import flattened, flattened_point, load_country
from mapapp import documents
from mapapp.documents import Block, Document, Leaf, Paragraph, Picture, Section
from mapapp.draw.flat_map import Area, Place, draw_flat_map
from mapapp.draw.palette import EMPTY
from mapapp.draw.shading import shade
from mapapp.jobs import Progress
from mapapp.journeys.brief import Brief
from mapapp.journeys.brief_blocks import brief_blocks
from mapapp.journeys.brief_paper import briefs_document, briefs_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_sheet import chain_drawing
from mapapp.journeys.chain_view import view_chain
from mapapp.journeys.export import Export
from mapapp.journeys.list_files import list_file, sheet_of, typefaces_of
from mapapp.journeys.list_form import return_workbook
from mapapp.journeys.list_table import ListSheet, list_document
from mapapp.journeys.selection import Selection
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.target_lists import ListView
from mapapp.outreach.edition import Edition

ZIP = "application/zip"
_READABLE = 0o644
CHAINS = 4
"""As many chains are drawn, those with most rows on the list first."""


def travel_pack(
    bureau: Bureau, view: ListView, edition: Edition, author: str, told: Progress
) -> Export:
    """A list as a ZIP: the pocket page, list and briefs as PDF, long pictures for a chat and, for
    the team itself, the workbook that brings back what was said.

    Raises:
        NoTypeface: this machine has no Chinese typeface.
    """
    sheet = sheet_of(bureau, view, edition, author)
    briefs = briefs_of(bureau, view.rows, edition, told)
    told.say("正在画长图（家）", len(briefs))
    files = dict(_files(bureau, view, sheet, briefs, told))
    name = f"{safe_name(view.item.title)}-出差包-{edition.label}-{sheet.at:%Y%m%d}.zip"
    return Export(name, f"pack-{view.item.id}-{edition.value}.zip", ZIP, _zipped(files, sheet.at))


def _files(
    bureau: Bureau, view: ListView, sheet: ListSheet, briefs: Sequence[Brief], told: Progress
) -> Iterable[tuple[str, bytes]]:
    title, typefaces = safe_name(view.item.title), typefaces_of(bureau)
    yield f"{title}.html", pocket_page(bureau, sheet, briefs)
    yield f"{title}-名单.pdf", documents.to_pdf(list_document(bureau, sheet), typefaces)
    set_ = briefs_document(bureau, view.item.title, briefs, sheet.edition, sheet.author)
    yield f"{title}-简报.pdf", documents.to_pdf(set_, typefaces)
    for number, brief in enumerate(briefs, start=1):
        told.step(number)
        paper = Document(
            brief.firm,
            brief_blocks(bureau, brief, sheet.edition)[1:],
            f"{bureau.city.name} · {view.item.title}",
            watermark=sheet.watermark,
        )
        for part, png in enumerate(documents.to_long_png(paper, typefaces), start=1):
            more = f"-{part}" if part > 1 else ""
            yield f"长图/{number:02}-{safe_name(brief.firm)}{more}.png", png
    yield f"{title}-名单.xlsx", list_file(bureau, view, "xlsx", sheet.edition, sheet.author).data
    if sheet.edition.is_internal:
        yield f"{title}-接洽情况.xlsx", return_workbook(bureau, view).data


def pocket_page(bureau: Bureau, sheet: ListSheet, briefs: Sequence[Brief]) -> bytes:
    """List, maps, chains and briefs as one HTML file."""
    blocks = list_document(bureau, sheet).blocks
    maps = [*_country(bureau, sheet), *(_city(bureau) if sheet.edition.is_internal else ())]
    sections = [Section("名单", [Leaf("", blocks)]), Section("地图", [Leaf("", maps)])]
    if sheet.edition.is_internal:
        sections.append(Section("产业链", [Leaf("", _chains(bureau, sheet))]))
    leaves = [
        Leaf(brief.firm, brief_blocks(bureau, brief, sheet.edition)[1:], folded=True)
        for brief in briefs
    ]
    sections.append(Section("简报", leaves or [Leaf("", [Paragraph("名单里还没有企业。")])]))
    return documents.to_pocket_page(sheet.title, sheet.subtitle, sections, sheet.watermark)


def _country(bureau: Bureau, sheet: ListSheet) -> Iterable[Block]:
    """The provinces, and the prefectures where the listed firms have their head offices."""
    country = load_country(bureau.settings.geodata)
    divisions = bureau.gazetteer.divisions
    firms = {
        row.row.firm: divisions.prefecture_of(row.row.why.city).code
        for row in sheet.rows
        if row.row.why.city in divisions
    }
    here = Counter(firms.values())
    places = [_place(bureau, code, divisions[code].name, number) for code, number in here.items()]
    places.append(_place(bureau, bureau.city.code, bureau.city.name, 1, home=True))
    title = f"目标企业的总部：{len(firms)} 家，在 {len(here)} 个地市"
    yield Picture(
        draw_flat_map(
            title,
            [Area(flattened(one), EMPTY) for one in country.provinces],
            [flattened(one) for one in country.lines],
            places,
        ),
        "圆点在地市的中心，越大企业越多，太密处不写地名；五角星是本市。"
        + _notice(bureau, sheet.edition),
    )
    if here:
        yield Paragraph("、".join(f"{divisions[c].name} {n} 家" for c, n in here.most_common()))


def _notice(bureau: Bureau, edition: Edition) -> str:
    """What a map says of its review; one for others may not call itself internal."""
    settings = bureau.settings
    if edition.is_internal or settings.map_review:
        return settings.map_notice
    return "没有审图号，公开印发前须送审"


def _place(bureau: Bureau, code: str, name: str, number: int, home: bool = False) -> Place:
    x, y = flattened_point(*bureau.gazetteer.position(code))
    return Place(x, y, name.removesuffix("市"), number, home)


def _city(bureau: Bureau) -> Iterable[Block]:
    """The counties by their number of projects: nothing of any single project."""
    counts = {one.county: one.projects for one in bureau.store.county_sums()}
    codes = bureau.boundaries.county_codes
    shading = shade([counts.get(code) for code in codes])
    areas = [
        Area(
            flattened(shape),
            shading.colour(counts.get(code)),
            f"{bureau.boundaries.county_names[place]} {counts.get(code, 0)}",
        )
        for place, (code, shape) in enumerate(zip(codes, bureau.boundaries.drawn, strict=True))
    ]
    yield Picture(
        draw_flat_map(f"{bureau.city.name}各县市区的项目数", areas),
        f"越深项目越多；含各阶段的项目。{bureau.settings.map_notice}",
    )


def _chains(bureau: Bureau, sheet: ListSheet) -> list[Block]:
    """The chains that the list is about, as they stand today."""
    rows = Counter(row.row.chain for row in sheet.rows if row.row.chain in bureau.catalogue.chains)
    return [
        Picture(
            chain_drawing(bureau, view_chain(bureau, chain, Selection())), bureau.chain_name(chain)
        )
        for chain, _ in rows.most_common(CHAINS)
    ]


def _zipped(files: dict[str, bytes], at: datetime) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.external_attr = _READABLE << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
