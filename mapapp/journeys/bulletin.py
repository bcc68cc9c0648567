"""月通报: what the bulletin of a period says.

Every number comes from journeys/statistics: the page, the table, the paper and JSON cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.statistics import Labelled, Statistics, statistics
from mapapp.ledger.dates import Period

BY = ("chain", "county", "department", "office")
"""The tables of the bulletin, in their order."""
NAMES = {"chain": "产业链", "county": "县市区", "department": "责任单位", "office": "驻外专班"}
FIGURES = (
    "signed_projects", "contracted_investment", "new_projects", "total_investment",
    "landing_rate", "start_rate", "enrolment_rate",
)  # fmt: skip  # fmt: skip
"""The columns of its tables; a template may use all of statistics_table.SHOWN."""
ALWAYS = ("chain", "county")
"""What has a row for every name, and always a table."""


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
    return f"{day_in_words(first)}至{day_in_words(last)}"


def day_in_words(day: object) -> str:
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


def _names_any(part: Statistics) -> bool:
    return any(item.row.key is not None and item.row.codes for item in part.rows)


def told(item: Labelled, by: str) -> bool:
    """Departments and offices that have nothing are left out; chains and counties are not."""
    return by in ALWAYS or bool(item.row.codes)
