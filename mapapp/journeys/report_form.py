"""The form that is sent out: its columns, what its cells say of a project, what is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from mapapp.documents import FormColumn
from mapapp.journeys.bureau import OTHER, UNASSIGNED, Bureau
from mapapp.journeys.ledger_cells import cells_of
from mapapp.ledger.headers import Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage
from mapapp.ledger.three_way import comparable

Cells = dict[str, str]
"""A field's value to its text, as it is compared."""

_DAY = "已知到哪一级就写到哪一级：2026-05-12、2026-05、2026-Q2 或 2026。没有就留空。"
_AMOUNTS = {
    Field.CONTRACTED: ("contracted_investment", "CNY", "万元"),
    Field.PAID_IN: ("paid_in_investment", "CNY", "万元"),
    Field.FOREIGN: ("foreign_investment", "USD", "万美元"),
}
_COLUMNS: tuple[tuple[Field, FormColumn], ...] = (
    (Field.CODE, FormColumn("项目编号", 13, "由市里编发，不能改；新增项目留空。", locked=True)),
    (Field.NAME, FormColumn("项目名称", 30, "写全称；新增项目必填。")),
    (Field.ENTERPRISE, FormColumn("企业名称", 24, "投资企业的全称。")),
    (Field.COUNTY, FormColumn("县市区", 20, "从下拉里选；确实未定的选“未分县区”。")),
    (Field.PLACE, FormColumn("建设地点", 18, "园区、乡镇或街道。")),
    (Field.CHAIN, FormColumn("产业链", 18, "从下拉里选；都不属于的选“其他”。")),
    (Field.LINK, FormColumn("环节", 16, "几个环节之间用顿号分开。")),
    (Field.PRODUCT, FormColumn("产品", 18, "主要产品。")),
    (
        Field.CONTRACTED,
        FormColumn("投资额（万元）", 15, "协议投资总额，单位万元，只填数字。", number=True),
    ),
    (
        Field.PAID_IN,
        FormColumn("到位资金（万元）", 17, "累计到位资金，单位万元，只填数字。", number=True),
    ),
    (
        Field.FOREIGN,
        FormColumn("合同外资（万美元）", 19, "单位万美元，只填数字。", number=True),
    ),
    (Field.STATUS, FormColumn("状态", 9, "项目现在到了哪一步，从下拉里选。", choices=tuple(Stage))),
    (Field.SIGNED, FormColumn("签约日期", 12, _DAY)),
    (Field.STARTED, FormColumn("开工日期", 12, _DAY)),
    (Field.ENROLLED, FormColumn("入统日期", 12, _DAY)),
    (Field.COMPLETED, FormColumn("竣工日期", 12, _DAY)),
    (Field.PRODUCING, FormColumn("投产日期", 12, _DAY)),
    (Field.ABOVE_SIZE, FormColumn("进规日期", 12, _DAY)),
    (Field.LEADER, FormColumn("责任领导", 10, "包联的市、县领导。")),
    (Field.DEPARTMENT, FormColumn("责任单位", 16, "包联单位。")),
    (Field.LON, FormColumn("经度", 11, "十进制度，如 110.7981；不知道就留空。", number=True)),
    (Field.LAT, FormColumn("纬度", 11, "十进制度，如 32.6294；不知道就留空。", number=True)),
    (
        Field.DATUM,
        FormColumn(
            "坐标系",
            10,
            "坐标从哪里来：手机、高德是 GCJ-02，百度是 BD-09，测绘成果多为 CGCS2000。",
            choices=("WGS-84", "CGCS2000", "GCJ-02", "BD-09"),
        ),
    ),
    (Field.NOTE, FormColumn("备注", 24, "进展、困难、要市里协调的事。")),
)
REASON = FormColumn("退回原因", 40, alert=True)
MARK = FormColumn("改好后删去", 28)
"""What a workbook of rejected rows has beside the form; a cell under the second keeps a row out."""

FIELDS = tuple(field for field, _ in _COLUMNS)
TITLES = {column.title: field for field, column in _COLUMNS}
NUMBERS = frozenset(field for field, column in _COLUMNS if column.number)

GUIDE = (
    ("怎样填", "在“项目”表里直接改。没有变化的项目不用动；灰色的列由市里编发，不能改。"),
    ("新增项目", "填在表末的空行里，项目名称和县市区必填，项目编号留空，由市里编发。"),
    ("金额", "投资额、到位资金的单位是万元，合同外资是万美元，只填数字。"),
    ("日期", _DAY),
    ("清空", "清空一格等于说“原来的不对”，市里会逐条核对后再改台账。"),
    ("不能做", "不要改列名、不要加列、不要把行复制到别的工作簿；不要换用别的轮次的表。"),
    ("报回", "填好后存盘，把这个文件原样发回招商服务中心。"),
)


def columns(bureau: Bureau) -> tuple[FormColumn, ...]:
    """The form's columns, with the city's own words in the drop-downs."""
    words = {
        Field.COUNTY: (
            *bureau.boundaries.county_names,
            *(zone.name for zone in bureau.city.zones),
            UNASSIGNED,
        ),
        Field.CHAIN: (*(chain.name for chain in bureau.catalogue.chains.values()), OTHER),
    }
    return tuple(
        replace(column, choices=words[field]) if field in words else column
        for field, column in _COLUMNS
    )


def cells(bureau: Bureau, project: InvestmentProject) -> Cells:
    """What the form says of a project, by field, as it is compared."""
    found = cells_of(bureau, project)
    found[Field.CHAIN] = bureau.chain_name(project.chain)
    for field, (attribute, currency, _) in _AMOUNTS.items():
        money: Money | None = getattr(project, attribute)
        if money and money.currency == currency:
            found[field] = format(money.wan, "f")
    return {field.value: comparable(found.get(field, ""), field in NUMBERS) for field in FIELDS}


def shown(text: str, field: Field) -> str | Decimal | None:
    """A cell as the workbook holds it: a number where its column has numbers."""
    if field in NUMBERS and text:
        try:
            return Decimal(text)
        except ArithmeticError:
            return text
    return text or None


def given(returned: Mapping[Field, str]) -> dict[Field, str]:
    """Cells of the form as they are edited by hand: a plain amount gets its column's unit."""
    found = dict(returned)
    for field, (_, _, unit) in _AMOUNTS.items():
        if text := found.get(field):
            found[field] = text + unit if _is_plain(text) else text
    if found.get(Field.CHAIN) == OTHER:
        found[Field.CHAIN] = ""
    return found


def _is_plain(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
