"""One column's title: which field it names, in which unit, in which datum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mapapp.ledger.amounts import Unit, parse_unit
from mapapp.ledger.cells import Cell, closed_up
from mapapp.ledger.fields import MONEY, RANKED, Field

DATUM = re.compile(
    r"GCJ[-_ ]?0?2|BD[-_ ]?0?9(?:LL)?|WGS[-_ ]?(?:19)?84|CGCS[-_ ]?2000|国家2000|2000国家大地坐标系"
    r"|高德|腾讯|火星坐标系?|百度|天地图"
    r"|(?:西安|XIAN)[-_ ]?(?:19)?80|(?:北京|BEIJING)[-_ ]?(?:19)?54",
    re.IGNORECASE,
)

_LONGEST = 80
"""A longer text is a remark, no title."""

_PLACE = re.compile(
    r"(?:项目)?(?:所属|所在|落户|落地|建设|申报|填报|上报|归属|隶属)?的?"
    r"(?=.*[县区])[县市区(),、/或和及·.旗]{2,}(?:名称)?(?:别)?"
)
_NUMBERING = re.compile(r"^(?:[(]?[0-9]{1,2}[).、:]|[*★☆※#●△▲]+)|[*★☆※#:_]+$")
_BRACKET = re.compile(r"^(.+?)[(\[【<:/_\-—|](.+?)[)\]】>]*$")
_BRACKETS = "([【<"
_ONLY_BRACKET = re.compile(r"[(\[【](.+)[)\]】]")
_ASIDE = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_PARTS = re.compile(r"[,、;；，/或\s]+")
_GENERIC = frozenset(
    [
        "编号",
        "编码",
        "代码",
        "名称",
        "全称",
        "项目",
        "金额",
        "数额",
        "总额",
        "时间",
        "日期",
        "年月",
        "单位",
        "说明",
        "阶段",
        "状态",
        "领导",
        "地点",
        "地址",
        "所属",
        "产业",
        "企业",
        "领域",
        "产品",
        "累计",
        "合计",
        "小计",
        "总计",
        "额度",
        "进度",
        "情况",
        "类别",
    ]
)
_WHOLE = frozenset(["总额", "合计", "小计", "总计", "金额", "数额", "额度", "数量"])
_NEUTRAL = re.compile(r"基本情况|基本信息|基础信息|基本|情况|信息|概况|资料|进展|要素|内容|数据$")
_DETAIL = re.compile(
    r"^其中|固定资产(?!总?投资)|设备投资|土地|流动资金|自有|贷款|上年|同比|增长|完成率|占比"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is understood: its field, its place in the row, what its title adds."""

    field: Field
    index: int
    title: str
    unit: Unit | None = None
    datum: str = ""


def plain_title(cell: Cell) -> str:
    """A title for comparing: no spaces, no numbering, no asterisk of what must be filled."""
    if not isinstance(cell, str):
        return _unmarked(closed_up(cell))
    return _plain_text(cell) if len(cell) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _plain_text(text: str) -> str:
    return _unmarked(closed_up(text))


def _unmarked(title: str) -> str:
    while (shorter := _NUMBERING.sub("", title)) != title:
        title = shorter
    return title


def read_title(parts: Sequence[Cell], index: int) -> Column | None:
    """The column under a title, or under groups of titles, the uppermost first; None if unknown."""
    names = [name for name in dict.fromkeys(plain_title(part) for part in parts) if name]
    if not names:
        return None
    *groups, own = names
    if _DETAIL.search(_ASIDE.sub("", own)):
        return None
    shown = "/".join(names)
    for title in _candidates(groups, own):
        if column := _read(title, index):
            return _completed(replace(column, title=shown), (own, *reversed(groups)))
    return None


def _candidates(groups: Sequence[str], own: str) -> Iterable[str]:
    """The titles that a column may mean, the likeliest first: 签约 over 时间 is 签约时间."""
    if not groups:
        yield own
        return
    core = _ASIDE.sub("", own)
    unsaid = _ONLY_BRACKET.fullmatch(own) or parse_unit(own)
    joined = []
    for group in reversed(groups):
        above = _ASIDE.sub("", group)
        if unsaid or core in _WHOLE:
            joined.append(group)
        joined += [above + own, _NEUTRAL.sub("", above) + own, own + above]
    if core not in _GENERIC and not unsaid:
        yield own
    yield from joined
    if core in _GENERIC and all(not _NEUTRAL.sub("", group) for group in groups):
        yield own


def _completed(column: Column, titles: Sequence[str]) -> Column:
    """What the title itself leaves open stands in a heading above it."""
    for title in titles:
        if column.field in MONEY and column.unit is None:
            column = replace(column, unit=unit_in(title))
        if column.field.is_coordinate and not column.datum:
            column = replace(column, datum=datum_in(title))
    return column


def _read(title: str, index: int) -> Column | None:
    if field := _field(title):
        return Column(field, index, title)
    if (match := _BRACKET.match(title)) and (field := _field(match[1])):
        unit = unit_in(match[2]) if field in MONEY else None
        datum = _stated_datum(match[2]) if field.is_coordinate else ""
        # 签约/开工时间 is neither; a slash is read only before a unit or a datum.
        if title[match.end(1)] in _BRACKETS or unit or datum:
            return Column(field, index, title, unit, datum)
    if (datum := datum_in(title)) and (field := _field(_without_datum(title))):
        return Column(field, index, title, datum=datum) if field.is_coordinate else None
    bare = _ASIDE.sub("", title)
    if bare != title and (column := _read(bare, index)):
        return replace(column, title=title)
    return _with_unit_at_end(title, index)


def _field(title: str) -> Field | None:
    if found := RANKED.get(title.lower()):
        return found[0]
    if _PLACE.fullmatch(title) and title not in ("市区",):
        return Field.COUNTY
    return None


def _with_unit_at_end(title: str, index: int) -> Column | None:
    """投资额亿元."""
    for cut in range(len(title) - 1, 1, -1):
        field, unit = _field(title[:cut]), parse_unit(title[cut:])
        if field in MONEY and field and unit:
            return Column(field, index, title, unit)
    return None


def unit_in(text: str) -> Unit | None:
    """The one unit that a remark states: (单位:万元), 含税,万元; None for none, or for two."""
    inside = _ONLY_BRACKET.findall(text) or [text]
    match = _BRACKET.match(text)
    words = [*inside, *([match[2]] if match else [])]
    parts = {
        re.sub(r"^(?:金额|计量|货币)?(?:单位|以)?[:：]?|计$", "", part)
        for word in words
        for part in _PARTS.split(word)
    }
    units = {unit for part in parts if (unit := parse_unit(part))}
    return units.pop() if len(units) == 1 else None


def datum_in(text: str) -> str:
    """The one datum that a text names; two are joined, so that nobody takes them for one."""
    found = dict.fromkeys(word.upper() for word in DATUM.findall(text))
    return "、".join(found)


def _stated_datum(inside: str) -> str:
    """A datum in brackets; an unknown system stays as it is, so that it is not taken for none."""
    return datum_in(inside) or (inside if re.search(r"坐标系|[A-Za-z]{2,}\d", inside) else "")


def _without_datum(title: str) -> str:
    return re.sub(r"坐标系?|的", "", DATUM.sub("", title))
