"""The expert's workbook: its sheets, their columns, and what each of them means.

The keys are those of the YAML (docs/catalogue.md), so that one reader serves both.
"""

from dataclasses import dataclass
from enum import Enum

from chains.chain import ESTIMATE
from chains.gates import GateKind, Verdict

YES = "是"


class Kind(Enum):
    """What a cell holds. CODE is text that Excel would take for a number; PLACE a division's code,
    with its name beside it; several items of a cell stand apart by ； or 、."""

    TEXT = "文字"
    CODE = "代码"
    PLACE = "地区"
    TEXTS = "多个词"
    CODES = "多个代码"
    PLACES = "多个地区"
    NUMBER = "数"
    FLAG = "是或空着"
    DATE = "日期"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the YAML, its title, what it holds and what that means.

    choices are the words that a cell may hold, with what each means in the YAML.
    """

    key: str
    title: str
    meaning: str
    kind: Kind = Kind.TEXT
    width: float = 14
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet: its name, what a row of it is, its columns."""

    sheet: str
    about: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of a key. Raises StopIteration where there is none."""
        return next(column for column in self.columns if column.key == key)


_DATED = "写成 2024、2024-08 或 2024-08-31"


def _source(key: str, required: bool) -> tuple[Column, ...]:
    return (
        Column(
            f"{key}.title", "出处", "依据的公开资料，写标题；要查得到", width=34, required=required
        ),
        Column(f"{key}.url", "网址", "出处的网址，http:// 或 https:// 开头；没有就空着", width=24),
        Column(f"{key}.date", "出处日期", _DATED, Kind.DATE, 12),
    )


CHAIN = Form(
    "产业链",
    "这条链本身，一行一项",
    (
        Column("id", "代号", "小写英文字母和下划线，定下后不要改", width=60, required=True),
        Column("name", "名称", "链的全称，全库唯一", required=True),
        Column("summary", "简介", "一句话说明这条链做什么"),
        Column("tiers", "层", "从左到右的层，如：上游；中游；下游", Kind.TEXTS, required=True),
        Column("note", "备注", "答复“存疑”：哪个词两条链都要、为什么；没有就空着"),
    ),
)
"""Its columns stand below one another: 项目 to the left, 内容 beside it."""
ITEM, CONTENT = "项目", "内容"

ROLES = (("标志词", "keywords"), ("旁证词", "hints"), ("排除词", "not"))
WORDS = Form(
    "词语",
    "凭什么词看出一个项目属于这条链，一行一个词",
    (
        Column("word", "词", "项目名称、产品里的词", width=28, required=True),
        Column(
            "role",
            "作用",
            "标志词：见到就属于这条链；旁证词：只是旁证；排除词：见到就不属于",
            required=True,
            choices=ROLES,
        ),
    ),
)

LINKS = Form(
    "环节",
    "一行一个环节（图上的一个框）",
    (
        Column(
            "name",
            "环节",
            "环节名，全库唯一；别的链里同名的就是同一个环节",
            width=22,
            required=True,
        ),
        Column("tier", "层", "属于“产业链”表里的哪一层", width=8, required=True),
        Column("products", "产品", "产什么，用于匹配企业", width=40),
        Column("aliases", "别名", "其他叫法，几个之间用；隔开", Kind.TEXTS, 26),
        Column(
            "keywords",
            "项目常用词",
            "项目常用的叫法，用于给项目打标签，几个之间用；隔开",
            Kind.TEXTS,
            26,
        ),
        Column(
            "gbt4754",
            "行业代码",
            "国民经济行业代码（GB/T 4754—2017），两到四位数字，几个之间用；隔开",
            Kind.CODES,
            12,
        ),
        Column("official", "官方叫法", "本市官方图谱里的叫法，没有就空着", width=16),
        Column("key", "关键在哪", "关键环节的理由；不是关键环节就空着", width=34),
        Column(
            "resource", "资源环节的理由", "跟着矿、水、林走，招不来的写理由；不是就空着", width=34
        ),
        Column(
            "final_demand",
            "最终需求（万元）",
            "本地每年直接消费多少，万元；不知道就空着",
            Kind.NUMBER,
            12,
        ),
        Column("source", "出处代号", "“出处”表里的代号，没有就空着", width=14),
        Column("note", "备注", "答复“存疑”：企业为何少、系数为何高；没有就空着", width=34),
    ),
)

EDGES = Form(
    "供需关系",
    "一行一条箭头：谁供给谁",
    (
        Column("from", "供方", "供给的环节", width=22, required=True),
        Column("to", "用方", "使用的环节", width=22, required=True),
        Column(
            "share",
            "投入系数",
            "用方每 1 元产值里买这种投入花多少元，0 到 1；一个用方的系数之和不超过 1",
            Kind.NUMBER,
            10,
            True,
        ),
        Column(
            "basis",
            "依据",
            f"没有出处写“{ESTIMATE}”；有出处写“出处”表里的代号",
            width=14,
            required=True,
        ),
        Column("note", "说明", "依据是估计时，在这里说明理由", width=50),
        Column("required", "必需", "断了它用方就做不成的填“是”", Kind.FLAG, 8),
        Column("group", "替代组", "可互相替代的几种投入写同一个组名；与“必需”不同时填", width=12),
        Column("return", "回流", "回收料从下游流回上游的填“是”（画成虚线）", Kind.FLAG, 8),
    ),
)

FIRMS = Form(
    "企业",
    "一行一家企业：做本链环节的，不论在哪里",
    (
        Column("name", "企业", "证券简称或通称，全库唯一", width=16, required=True),
        Column("full_name", "全称", "工商登记的全称", width=32),
        Column("stock_code", "证券代码", "沪深北上市的六位代码；未上市空着", Kind.CODE, 10),
        Column(
            "city", "总部", "总部所在地市、县级市或县：六位区划代码或名称", Kind.PLACE, 18, True
        ),
        Column("bases", "其他基地", "其他已知基地，写法同总部，几个之间用；隔开", Kind.PLACES, 26),
        Column("former_names", "曾用名", "几个之间用；隔开", Kind.TEXTS, 16),
        *_source("source", True),
        Column("note", "备注", "改正了什么、为什么", width=34),
        Column("delisted", "退市", f"已退市的写时间，{_DATED}；不再作为目标", Kind.DATE, 10),
        Column("revenue.amount", "营业收入（万元）", "一年的营业收入，万元", Kind.NUMBER, 14),
        Column("revenue.year", "收入年度", "哪一年的", Kind.DATE, 10),
        Column("revenue.source", "收入出处", "填了收入就要写", width=24),
    ),
)

PRODUCTS = Form(
    "企业产品",
    "一行说一家企业在一个环节做什么；企业在别的链的环节也列在这里，请一并保留",
    (
        Column("firm", "企业", "“企业”表里的名称", width=16, required=True),
        Column("link", "环节", "环节名，本链或别的链的", width=24, required=True),
        Column("products", "产品", "在这个环节做什么", width=60, required=True),
    ),
)

EXPANSION = Form(
    "扩产动向",
    "一行一条公开的扩产消息",
    (
        Column("firm", "企业", "“企业”表里的名称", width=16, required=True),
        Column("text", "内容", "在哪里、扩什么", width=60, required=True),
        Column("date", "日期", _DATED, Kind.DATE, 12),
        Column("source", "出处", "公开资料的标题或网址", width=34, required=True),
    ),
)

KINDS = tuple((kind.label, kind.value) for kind in GateKind)
VERDICTS = tuple((verdict.label, verdict.value) for verdict in Verdict)
GATES = Form(
    "限制",
    "一行一条否决项或条件：本市哪里、哪些环节不得新建，或有条件",
    (
        Column(
            "kind",
            "类别",
            "、".join(label for label, _ in KINDS),
            width=12,
            required=True,
            choices=KINDS,
        ),
        Column(
            "verdict",
            "结论",
            "、".join(label for label, _ in VERDICTS),
            width=10,
            required=True,
            choices=VERDICTS,
        ),
        Column("links", "环节", "管本链哪些环节，几个之间用；隔开；空着是所有环节", Kind.TEXTS, 34),
        Column("places", "地区", "管哪些县市区，六位区划代码或名称；空着是全市", Kind.PLACES, 20),
        Column("sentence", "说法", "一句能读出来的话：什么不行，怎样才行", width=60, required=True),
        *_source("source", True),
    ),
)

SOURCES = Form(
    "出处",
    "“环节”“供需关系”两个表引用的出处，一行一个",
    (
        Column("code", "代号", "自己起的短名，英文字母和数字", width=16, required=True),
        Column("title", "标题", "公开资料的标题", width=50, required=True),
        Column("url", "网址", "http:// 或 https:// 开头", width=50),
        Column("date", "日期", _DATED, Kind.DATE, 12),
    ),
)

FORMS = (CHAIN, WORDS, LINKS, EDGES, FIRMS, PRODUCTS, EXPANSION, GATES, SOURCES)
