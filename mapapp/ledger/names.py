"""Names reduced to what identifies: a project's subject, its phase, its figures; a firm's brand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = {digit: place for place, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|iv|vi|v|i{1,3}|首)"
_ASIDE = re.compile(r"\((?:[^()]*(?:未写|原文|简称|口径|全称|据|运营方|合资|暂名|待定)[^()]*)\)")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_MARK = re.compile(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)")
_PHASE = re.compile(
    rf"第?(?P<all>{_NUMBER}(?:[、,和及至~—-]?{_NUMBER})*+)(?P<kind>期)(?:工程|项目)?"
)
"""The numbers are never given back (*+): a name of thirty digits would be split in every way."""
_PART = re.compile(
    rf"第?(?P<all>{_NUMBER})(?P<kind>条生产线|号生产线|号线|号厂房|号工厂|号矿|号园|标段|车间|厂区)"
)
_LETTER = re.compile(r"(?P<all>[a-h])(?P<kind>区|地块|园|标段|馆)(?!块)")
_COUNTED = re.compile(
    r"[零〇一二两三四五六七八九十百]+(?=(?:万|亿|千|吉瓦时|兆瓦|吨|辆|台|座|条|头))"
)
_QUANTITY = re.compile(
    r"(?P<n>\d+(?:\.\d+)?)(?P<scale>万|亿|千)?"
    r"(?P<unit>吉瓦时|gwh|兆瓦时|mwh|兆瓦|mw|千瓦|kw|吨|立方米|平方米|米|辆|台|套|头|只|羽|亩|座|个|条)"
)
_MODEL = re.compile(r"[a-z]+\d+[a-z]?|\d+[a-z]+")
_YEARLY = re.compile(r"年产|年处理|年加工|日产|总投资|产能")
_UNITS = {"gwh": "吉瓦时", "mwh": "兆瓦时", "mw": "兆瓦", "kw": "千瓦"}
_SCALES = {"千": 1e3, "万": 1e4, "亿": 1e8, None: 1.0}
_LEAST = 2
"""Characters that must be left of a name when something is cut off it."""

_PROJECT_TAIL = re.compile(
    r"(?:建设|招商引资|招商|投资|引进|落地)?(?:项目|工程|基地|建设|引进)(?:部|群)?$"
)
_FIRM_TAIL = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|责任公司|分公司|总公司|子公司"
    r"|公司|控股集团|集团|控股|股份|有限|工厂|厂|水厂|等?\d+家|等企业|等)$"
)
_BRANCH = re.compile(r"(?<=公司).{1,8}分公司$")
_NO_FIRM = re.compile(r"园区|招商|厂房|老字号|全资|合资|联合|[a-z]{6}|家|等")
_LONGEST_ALIAS = 14
_BUSINESS = """
    新能源 新材料 半导体 生物科技 生物 科技 技术 工业 实业 发展 投资 置业 控股 汽车零部件 汽车
    商用车 电池 动力 能源 环保 电子 光电 激光 装备 机械 设备 制造 铸造 材料 金属 铝业 铜业 矿业
    药业 制药 医药 健康 酒业 饮料 饮品 食品 农业 纺织 卫浴 厨卫 包装 文旅 旅游 文化 教育 贸易
    物流 信息 网络 通信 传媒 啤酒 酒厂 重工 集团 建设 开发 管理 服务 水电 电力 气体 智能 研发
    研究院 国际 旅行社 动漫 纳米 康养
"""
_FIRM_BUSINESS = re.compile(rf"(?:{'|'.join(_BUSINESS.split())})$")
_FILLER = """
    产业园区 产业园 工业园区 工业园 科技园 示范园 园区 产业基地 生产基地 基地 生产线 生产 制造
    智能制造 智能化 智能 智慧 一体化 建设 项目 工程 综合 开发 产业链 供应链 产业化 产业 新建
    扩建 改扩建 扩能 技改 技术改造 改造 升级 引进 年产 研发 现代化 现代 高端 数字化 数字 系列
    超级工厂 工厂 新厂 厂区 加工 配套 中心 合作 风景区 景区 旅游区 旅游 文旅 类 某 镇 村 园 及
    与 的 和 总部 示范 有限公司 集团 公司
"""
_FILLERS = re.compile("|".join(sorted(_FILLER.split(), key=len, reverse=True)))


@dataclass(frozen=True)
class Gazette:
    """The place names that a city's ledger puts in front of names.

    local maps a name of this city, its province, counties and zones to the county's code, None
    where it is no county; elsewhere holds other provinces' and cities' names.
    """

    local: Mapping[str, str | None] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", _prefix(self.local))
        words = sorted(self.local, key=len, reverse=True)
        object.__setattr__(self, "_word", re.compile("|".join(map(re.escape, words)) or r"(?!)"))
        object.__setattr__(self, "_any", _prefix({*self.local, *self.elsewhere}))

    def counties_in(self, text: str) -> frozenset[str]:
        """The counties that a name speaks of."""
        said = self._word.findall(text)  # type: ignore[attr-defined]
        return frozenset(code for word in said if (code := self.local[word]))

    def is_place(self, text: str) -> bool:
        """Whether a text is nothing but a place's name."""
        return self._any.fullmatch(text) is not None  # type: ignore[attr-defined]

    def without_own(self, text: str) -> str:
        """A name without this city's places at its head."""
        return _cut(self._own, text)  # type: ignore[attr-defined]

    def without_any(self, text: str) -> str:
        """A name without any place at its head."""
        return _cut(self._any, text)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Title:
    """A project's name, taken apart.

    whole is all of it without marks; core lacks places, phase, figures and the words 项目, 基地;
    subject lacks the fillers as well. parts are (期, 2) and the like, figures (吨, 100000), models
    the words with a figure in them (d600), counties the codes of those it speaks of.
    """

    whole: str
    core: str
    subject: str
    parts: frozenset[tuple[str, int]]
    figures: frozenset[tuple[str, float]]
    models: frozenset[str]
    counties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm's name: core without places and 有限公司, brand without its line of business."""

    core: str
    brand: str


def plain(text: str) -> str:
    """Half width, lower case, without spaces and invisible characters; marks and brackets stay."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def bare(text: str) -> str:
    """Letters, figures and characters only."""
    return _MARK.sub("", plain(text))


def read_title(text: str, gazette: Gazette) -> Title:
    """A project's name, taken apart."""
    said = _ASIDE.sub("", plain(text))
    counted = _COUNTED.sub(lambda found: str(chinese_number(found[0])), said)
    rest, parts = _parts(counted)
    rest, figures = _figures(rest)
    core = _without_tail(_PROJECT_TAIL, gazette.without_own(_MARK.sub("", rest)))
    for word in gazette.local:
        core = core.replace(word, "") if len(core) - len(word) >= 2 * _LEAST else core
    models = frozenset(_MODEL.findall(_MARK.sub("", rest)))
    subject = _FILLERS.sub("", core)
    return Title(bare(said), core, subject, parts, figures, models, gazette.counties_in(said))


def read_firms(text: str, gazette: Gazette) -> tuple[Firm, ...]:
    """The firms that an enterprise cell names, each once."""
    found: dict[str, Firm] = {}
    for one in _named(_ASIDE.sub("", plain(text)), gazette):
        core = firm_core(one, gazette)
        if len(core) >= _LEAST and core not in found:
            found[core] = Firm(core, _without_tail(_FIRM_BUSINESS, core))
    return tuple(found.values())


def firm_core(text: str, gazette: Gazette) -> str:
    """A firm's name without places and company suffixes."""
    name = _without_tail(_FIRM_TAIL, _BRANCH.sub("", _MARK.sub("", text)))
    shorter = _without_tail(_FIRM_TAIL, gazette.without_any(name))
    return name if _FIRM_BUSINESS.fullmatch(shorter) else shorter


def chinese_number(text: str) -> int:
    """十二 → 12, 三百二十 → 320, 二 → 2; 首 is 1."""
    if text == "首":
        return 1
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit


def _named(text: str, gazette: Gazette) -> list[str]:
    """The firms of a cell, one by one; brackets hold another name of theirs, a place or nothing."""
    outside = re.sub(r"\([^()]*\)", "", text)
    inside = [
        one
        for one in re.findall(r"\(([^()]*)\)", text)
        if len(one) <= _LONGEST_ALIAS and not _NO_FIRM.search(one) and not gazette.is_place(one)
    ]
    return [one for part in (outside, *inside) for one in re.split(r"[、;,/]|以及", part)]


def _parts(text: str) -> tuple[str, frozenset[tuple[str, int]]]:
    found: set[tuple[str, int]] = set()
    for pattern in (_PHASE, _PART, _LETTER):
        for match in pattern.finditer(text):
            for one in re.findall(rf"{_NUMBER}|[a-h]", match["all"]):
                found.add((match["kind"], _ordinal(one)))
        text = pattern.sub("", text)
    return text, frozenset(found)


def _ordinal(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN[text]
    return ord(text) - ord("a") + 1 if text in "abcdefgh" else chinese_number(text)


def _figures(text: str) -> tuple[str, frozenset[tuple[str, float]]]:
    found = {
        (_UNITS.get(match["unit"], match["unit"]), float(match["n"]) * _SCALES[match["scale"]])
        for match in _QUANTITY.finditer(text)
    }
    return _YEARLY.sub("", _QUANTITY.sub("", text)), frozenset(found)


def _without_tail(tail: re.Pattern[str], text: str) -> str:
    """The text without the tails at its end, one after the other, as long as enough is left."""
    while (shorter := tail.sub("", text)) != text and len(shorter) >= _LEAST:
        text = shorter
    return text


def _prefix(words: Mapping[str, object] | set[str]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, ordered))})[省市区县]?)+")


def _cut(prefix: re.Pattern[str], text: str) -> str:
    found = prefix.match(text)
    shorter = text[found.end() :] if found else text
    return shorter if len(shorter) >= _LEAST else text
