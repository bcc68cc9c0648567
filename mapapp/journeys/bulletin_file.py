"""The bulletin as a file: Word from the template in force, with its charts, or a workbook."""

from __future__ import annotations

from decimal import Decimal

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.documents.word_template import TemplateRefused, check, fill
from mapapp.draw.bars import Bar, draw_bars
from mapapp.draw.sheet_file import to_png
from mapapp.draw.typeface import NoTypeface, Typefaces, find_typefaces
from mapapp.journeys.bulletin import ALWAYS, BY, NAMES, Bulletin, bulletin, day_in_words, told
from mapapp.journeys.bulletin_template import PICTURES, known_names, shipped_template
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_sheet import STANDS_FOR
from mapapp.journeys.export import Export, as_file
from mapapp.journeys.statistics import Labelled, Statistics
from mapapp.journeys.statistics_table import SHOWN
from mapapp.journeys.weekly_memo import DOCX
from mapapp.ledger.dates import Period
from mapapp.store.bulletin_templates import KeptTemplate

KIND = "bulletin"

__all__ = [
    "DOCX", "TemplateRefused", "bulletin_file", "own_template", "put_template", "template_in_force",
]  # fmt: skip


def bulletin_file(bureau: Bureau, found: Bulletin, kind: str) -> Export:
    """As docx, from the template in force, or as xlsx or csv.

    Raises:
        UnknownName: there is no such kind.
        TemplateRefused: the bureau's own template cannot be filled.
    """
    if kind == "docx":
        data = fill(template_in_force(bureau), _values(bureau, found), charts(bureau, found))
        return Export(f"{found.title}.docx", "bulletin.docx", DOCX, data)
    return as_file(bulletin_table(found), kind, found.title, "bulletin")


def template_in_force(bureau: Bureau) -> bytes:
    """The bureau's own, else the shipped one."""
    kept = bureau.store.templates.newest(KIND)
    return kept.data if kept and kept.data else shipped_template(bureau.city.name)


def own_template(bureau: Bureau) -> KeptTemplate | None:
    """What the bureau put in the place of the shipped one, if it did."""
    kept = bureau.store.templates.newest(KIND)
    return kept if kept and kept.data else None


def put_template(bureau: Bureau, data: bytes | None, name: str, actor: str) -> None:
    """Put a template in place, None for the shipped one; it is tried on this year first.

    Raises:
        TemplateRefused: it cannot be used; nothing is kept.
    """
    if data is not None:
        check(data, known_names())
        year = Period.parse(str(bureau.today.year))
        found = bulletin(bureau, year)
        fill(data, _values(bureau, found), charts(bureau, found))
    bureau.store.templates.put(KIND, data, name[:200], actor)


def _values(bureau: Bureau, found: Bulletin) -> dict[str, object]:
    return {
        "city": bureau.city.name,
        "title": found.title,
        "period": found.words,
        "first": str(found.period.first),
        "last": str(found.period.last),
        "today": day_in_words(bureau.today),
        "opening": list(found.opening),
        "left_out": found.left_out,
        **dict.fromkeys(PICTURES, "（这台电脑没有中文字体，没有画图）"),
        "whole": _texts(found.whole.whole),
        **{f"by_{by}": _part_texts(found, by) for by in BY},
        "shares": [
            {
                "name": item.name,
                "projects": str(item.projects),
                "of_projects": _text(item.of_projects),
                "investment": f"{item.yi:,.2f}",
                "of_investment": _text(item.of_amount),
            }
            for item in found.whole.shares
        ],
        "beside": [
            {
                "name": item.label,
                "indicator": item.reported.indicator,
                "counted": f"{item.counted:,f}",
                "reported": item.reported.value,
                "difference": "—" if item.difference is None else f"{item.difference:+,f}",
            }
            for item in found.parts["chain"].beside
        ],
    }


def _part_texts(found: Bulletin, by: str) -> list[dict[str, str]]:
    part = found.parts.get(by)
    if part is None:
        return []
    return [_texts(item) for item in (*part.rows, part.whole) if told(item, by)]


def _texts(item: Labelled) -> dict[str, str]:
    row = item.row
    texts = {"name": item.label}
    for figure in SHOWN:
        if figure.endswith("_projects"):
            texts[figure] = f"{row.count(figure):,}"
        elif figure.endswith("_rate"):
            texts[figure] = _text(row.rate(figure))
        else:
            texts[figure] = f"{row.yi(figure):,.2f}"
    for figure in ("signed_projects", "contracted_investment"):
        texts[f"{figure}_growth"] = _text(item.growth(figure))
    return texts


def _text(value: Decimal | None) -> str:
    return "—" if value is None else str(value)


def charts(bureau: Bureau, found: Bulletin) -> dict[str, bytes]:
    """The pictures as PNG; none on a machine without a Chinese typeface."""
    own = [*bureau.settings.fonts, bureau.settings.instance / "fonts"]
    try:
        typefaces = find_typefaces(own)
    except NoTypeface:
        return {}
    return {
        f"chart_{by}": _chart(found.parts[by], f"按{NAMES[by]}的签约金额", typefaces)
        for by in ALWAYS
    }


def _chart(part: Statistics, title: str, typefaces: Typefaces) -> bytes:
    known = part.whole.before is not None and part.whole.before.yi("contracted_investment") > 0
    bars = [
        Bar(
            item.label,
            float(item.row.yi("contracted_investment")),
            float(item.before.yi("contracted_investment")) if item.before and known else None,
        )
        for item in part.rows
    ]
    sheet = draw_bars(title, "亿元", bars)
    sheet.replace_letters(typefaces.lacking(sheet.letters()), STANDS_FOR)
    return to_png(sheet, typefaces)


def bulletin_table(found: Bulletin) -> Table:
    """All parts under one another, for a workbook."""
    words = found.whole.words
    columns = [Column("分组", 12), Column("名称", 20)]
    for figure in SHOWN:
        kind = Kind.INTEGER if figure.endswith("_projects") else Kind.AMOUNT
        kind = Kind.SCORE if figure.endswith("_rate") else kind
        columns.append(Column(f"{words[figure].name}（{words[figure].unit}）", 11, kind))
    columns += [
        Column("签约项目同比（%）", 10, Kind.SCORE),
        Column("签约金额同比（%）", 10, Kind.SCORE),
    ]
    rows = [_row("全市", found.whole.whole)]
    for by, part in found.parts.items():
        rows += [_row(NAMES[by], item) for item in part.rows if told(item, by)]
    return Table(
        title=found.title,
        subtitle=f"{found.period.first} 至 {found.period.last}",
        columns=columns,
        rows=rows,
        notes=(
            *(Note("通报", line) for line in found.opening),
            *(Note(words[figure].name, words[figure].sentence) for figure in SHOWN),
            Note("没有计入的", found.left_out or "无"),
        ),
        printed=11,
    )


def _row(group: str, item: Labelled) -> tuple[Value, ...]:
    row = item.row
    values: list[Value] = [group, item.label]
    for figure in SHOWN:
        if figure.endswith("_projects"):
            values.append(row.count(figure))
        else:
            value = row.rate(figure) if figure.endswith("_rate") else row.yi(figure)
            values.append(value)
    growth = (item.growth("signed_projects"), item.growth("contracted_investment"))
    return (*values, *growth)
