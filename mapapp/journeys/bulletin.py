"""月通报: the figures of a period as an official paper and as a workbook.

Every number comes from journeys/statistics: the page, the table, the paper and JSON cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.documents.official import OfficialDocument
from mapapp.documents.word_template import TemplateRefused, check, fill
from mapapp.draw.bars import Bar, draw_bars
from mapapp.draw.sheet_file import to_png
from mapapp.draw.typeface import NoTypeface, Typefaces, find_typefaces
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_sheet import STANDS_FOR
from mapapp.journeys.export import Export, as_file
from mapapp.journeys.statistics import Labelled, Statistics, statistics
from mapapp.journeys.statistics_table import SHOWN
from mapapp.journeys.weekly_memo import DOCX
from mapapp.ledger.dates import Period
from mapapp.store.bulletin_templates import KeptTemplate

KIND = "bulletin"
BY = ("chain", "county", "department", "office")
"""The tables of the bulletin, in their order."""
NAMES = {"chain": "产业链", "county": "县市区", "department": "责任单位", "office": "驻外专班"}
FIGURES = (
    "signed_projects", "contracted_investment", "new_projects", "total_investment",
    "landing_rate", "start_rate", "enrolment_rate",
)  # fmt: skip
"""The columns of its tables; a template may use all of statistics_table.SHOWN."""
ALWAYS = ("chain", "county")
"""What has a row for every name, and always a table."""
PICTURES = ("chart_chain", "chart_county")

__all__ = [
    "DOCX",
    "NAMES",
    "TemplateRefused",
    "bulletin",
    "bulletin_file",
    "known_names",
    "shipped_template",
]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The statistics of one period, whole and by each dimension, with the opening paragraph."""

    title: str
    period: Period
    words: str
    whole: Statistics
    parts: Mapping[str, Statistics]
    opening: Sequence[str]
    left_out: str


def bulletin(bureau: Bureau, period: Period) -> Bulletin:
    """What the bulletin of a period says."""
    whole = statistics(bureau, period)
    parts = {by: statistics(bureau, period, by) for by in BY}
    parts = {by: part for by, part in parts.items() if by in ALWAYS or _names_any(part)}
    words = in_words(period)
    return Bulletin(
        f"{bureau.city.name}{words}招商引资情况通报",
        period,
        words,
        whole,
        parts,
        _opening(bureau, words, whole),
        _left_out(whole),
    )


def in_words(period: Period) -> str:
    """The period as a title has it: 2023年6月, 2023年上半年, 2023年第二季度, or its days."""
    first, last = period.first, period.last
    for text, words in (
        (f"{first.year}", f"{first.year}年"),
        (f"{first.year}H1", f"{first.year}年上半年"),
        (f"{first.year}H2", f"{first.year}年下半年"),
        *((f"{first.year}Q{n}", f"{first.year}年第{'一二三四'[n - 1]}季度") for n in (1, 2, 3, 4)),
        (f"{first:%Y-%m}", f"{first.year}年{first.month}月"),
    ):
        known = Period.parse(text)
        if (known.first, known.last) == (first, last):
            return words
    return f"{_day(first)}至{_day(last)}"


def _day(day: object) -> str:
    year, month, date = str(day).split("-")
    return f"{year}年{int(month)}月{int(date)}日"


def _opening(bureau: Bureau, words: str, found: Statistics) -> list[str]:
    row = found.whole.row
    said = [
        f"{words}，全市新签约项目{row.count('signed_projects')}个"
        f"{_grew(found.whole, 'signed_projects')}，"
        f"签约金额{row.yi('contracted_investment'):,.2f}亿元"
        f"{_grew(found.whole, 'contracted_investment')}；新引进项目{row.count('new_projects')}个，"
        f"投资总额{row.yi('total_investment'):,.2f}亿元。"
    ]
    if row.count("signed_projects"):
        said.append(
            f"签约项目中，落地率{row.rate('landing_rate')}%，开工率{row.rate('start_rate')}%，"
            f"入统率{row.rate('enrolment_rate')}%。"
        )
    if row.count("framework_projects"):
        said.append(
            f"另签框架协议{row.count('framework_projects')}个、"
            f"{row.yi('framework_investment'):,.2f}亿元；连同框架协议共"
            f"{_with_framework(found)}。"
        )
    if found.shares and row.count("signed_projects"):
        share = found.shares[-1]
        amount = f"，占金额{share.of_amount}%" if share.of_amount is not None else ""
        said.append(
            f"“{share.name}”产业项目{share.projects}个，占签约项目{share.of_projects}%{amount}。"
        )
    return said


def _with_framework(found: Statistics) -> str:
    row = found.whole.row
    both = {*row.codes.get("signed_projects", ()), *row.codes.get("framework_projects", ())}
    counted = set(row.codes.get("signed_projects", ())) & set(
        row.codes.get("framework_projects", ())
    )
    yi = row.yi("contracted_investment")
    if not counted:
        yi += row.yi("framework_investment")
    return f"{len(both)}个、{yi:,.2f}亿元"


def _grew(item: Labelled, figure: str) -> str:
    growth = item.growth(figure)
    if growth is None:
        return ""
    if growth == 0:
        return "，同比持平"
    return f"，同比{'增长' if growth > 0 else '下降'}{abs(growth)}%"


def _left_out(found: Statistics) -> str:
    doubtful = found.found.doubtful
    said = [
        f"{len(codes)}{text}"
        for codes, text in (
            (doubtful.undated, "个已签约项目没有签约日期"),
            (doubtful.straddling, "个签约日期不到日、跨在期外"),
            (doubtful.unconverted, "笔外币没有可用的汇率"),
        )
        if codes
    ]
    unstated = (
        f"{len(doubtful.unstated)}个签约项目没有写金额，计个数不计金额。"
        if doubtful.unstated
        else ""
    )
    return (f"没有计入的：{'，'.join(said)}。" if said else "") + unstated


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


def known_names() -> dict[str, str]:
    """Every name that a template may use, and what it stands for (docs/bulletin.md)."""
    return {
        "city": "本市的名称",
        "title": "标题",
        "period": "时段，如 2023年上半年",
        "first": "时段第一天",
        "last": "时段最后一天",
        "today": "成文日期，如 2023年7月3日",
        "opening": "开头的几段话",
        "left_out": "没有计入的",
        "whole": "全市的数字",
        **{f"by_{by}": f"按{NAMES[by]}的行" for by in BY},
        "shares": "一主四优多支撑各占多少",
        "beside": "与公布数字对照",
        "chart_chain": "按产业链的签约金额图",
        "chart_county": "按县市区的签约金额图",
    }


def _values(bureau: Bureau, found: Bulletin) -> dict[str, object]:
    return {
        "city": bureau.city.name,
        "title": found.title,
        "period": found.words,
        "first": str(found.period.first),
        "last": str(found.period.last),
        "today": _day(bureau.today),
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


def _names_any(part: Statistics) -> bool:
    return any(item.row.key is not None and item.row.codes for item in part.rows)


def _told(item: Labelled, by: str) -> bool:
    """Departments and offices that have nothing are left out; chains and counties are not."""
    return by in ALWAYS or bool(item.row.codes)


def _part_texts(found: Bulletin, by: str) -> list[dict[str, str]]:
    part = found.parts.get(by)
    if part is None:
        return []
    return [_texts(item) for item in (*part.rows, part.whole) if _told(item, by)]


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


def shipped_template(city: str) -> bytes:
    """The template that comes with the programme: an official paper with its places."""
    paper = OfficialDocument("{{ title }}")
    paper.paragraph("{%p for line in opening %}")
    paper.paragraph("{{ line }}")
    paper.paragraph("{%p endfor %}")
    numbers = iter("一二三四五六")
    for by in BY:
        if by not in ALWAYS:
            paper.paragraph(f"{{%p if by_{by} %}}")
        paper.heading(f"{next(numbers)}、按{NAMES[by]}")
        if f"chart_{by}" in PICTURES:
            paper.centred(f"{{{{ chart_{by} }}}}")
        _figure_table(paper, by)
        if by not in ALWAYS:
            paper.paragraph("{%p endif %}")
    paper.heading(f"{next(numbers)}、“一主四优多支撑”占比")
    paper.table(
        ("产业链", "项目（个）", "占比（%）", "金额（亿元）", "占比（%）"),
        _rows("shares", ("name", "projects", "of_projects", "investment", "of_investment")),
        (2.4, 1.2, 1.2, 1.4, 1.2),
        right=(1, 2, 3, 4),
    )
    paper.paragraph("{%p if beside %}")
    paper.heading(f"{next(numbers)}、与公布数字对照")
    paper.table(
        ("范围", "指标", "台账", "公布", "相差"),
        _rows("beside", ("name", "indicator", "counted", "reported", "difference")),
        (2.4, 3.0, 1.2, 1.2, 1.2),
        right=(2, 3, 4),
    )
    paper.paragraph("{%p endif %}")
    paper.paragraph("{{ left_out }}")
    paper.signed_by("{{ city }}招商主管部门", "{{ today }}")
    return paper.data()


def _figure_table(paper: OfficialDocument, by: str) -> None:
    titles = (
        NAMES[by], "签约", "同比", "签约金额", "同比", "新引进", "投资额",
        "落地率", "开工率", "入统率",
    )  # fmt: skip
    names = (
        "name", "signed_projects", "signed_projects_growth", "contracted_investment",
        "contracted_investment_growth", "new_projects", "total_investment", "landing_rate",
        "start_rate", "enrolment_rate",
    )  # fmt: skip
    widths = (2.9, 0.9, 1.1, 1.6, 1.1, 1.1, 1.5, 1.1, 1.1, 1.1)
    paper.paragraph("单位：个，亿元，%")
    paper.table(titles, _rows(f"by_{by}", names), widths, right=tuple(range(1, len(titles))))


def _rows(of: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """A row of places that is repeated for each item; the rows around it vanish when filled."""
    blank = ("",) * (len(names) - 1)
    return [
        (f"{{%tr for row in {of} %}}", *blank),
        tuple(f"{{{{ row.{name} }}}}" for name in names),
        ("{%tr endfor %}", *blank),
    ]


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
        rows += [_row(NAMES[by], item) for item in part.rows if _told(item, by)]
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
