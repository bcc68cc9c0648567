"""What a header says: which field a column is, in which unit, in which datum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mapapp.ledger.amounts import Unit, parse_unit
from mapapp.ledger.cells import Cell, folded
from mapapp.ledger.project import Stage


class Field(StrEnum):
    """What a column of a ledger may hold; the value is its usual title."""

    CODE = "项目编号"
    NAME = "项目名称"
    ENTERPRISE = "企业名称"
    CHAIN = "产业链"
    LINK = "环节"
    COUNTY = "县市区"
    PLACE = "建设地点"
    PRODUCT = "产品"
    CONTRACTED = "投资额"
    PAID_IN = "到位资金"
    FOREIGN = "合同外资"
    SIGNED = "签约日期"
    STARTED = "开工日期"
    ENROLLED = "入统日期"
    COMPLETED = "竣工日期"
    PRODUCING = "投产日期"
    ABOVE_SIZE = "进规日期"
    STATUS = "状态"
    LEADER = "责任领导"
    DEPARTMENT = "责任单位"
    LON = "经度"
    LAT = "纬度"
    DATUM = "坐标系"
    NOTE = "备注"


REQUIRED = (Field.CODE, Field.NAME, Field.COUNTY)
AMOUNTS = (Field.CONTRACTED, Field.PAID_IN, Field.FOREIGN)
DATES = {
    Field.SIGNED: Stage.SIGNED,
    Field.STARTED: Stage.STARTED,
    Field.ENROLLED: Stage.ENROLLED,
    Field.COMPLETED: Stage.COMPLETED,
    Field.PRODUCING: Stage.PRODUCING,
    Field.ABOVE_SIZE: Stage.ABOVE_SIZE,
}

_SYNONYMS: dict[Field, str] = {
    Field.CODE: "项目编号 项目编码 项目代码 编号 编码",
    Field.NAME: "项目名称 项目名 项目",
    Field.ENTERPRISE: """企业名称 企业 公司名称 投资企业 投资主体 投资方 投资单位
        项目单位 项目业主 业主单位""",
    Field.CHAIN: "产业链 所属产业链 产业链条 产业类别 所属产业 产业",
    Field.LINK: "环节 产业链环节 链条环节 所属环节",
    Field.COUNTY: """县市区 区县 县区 县市 县(市、区) 县(市区) 属地
        所属县市区 所在县市区 所属区县 所在区县 落地县市区""",
    Field.PLACE: "建设地点 建设地址 项目地址 选址 落户地点 所在园区",
    Field.PRODUCT: "产品 主要产品 产品名称",
    Field.CONTRACTED: """投资额 总投资 投资总额 总投资额 计划总投资 计划投资 投资金额
        协议投资额 协议金额 协议投资 签约金额 合同金额""",
    Field.PAID_IN: "到位资金 累计到资 到资额 到位资金额 累计到位资金 实际到位资金",
    Field.FOREIGN: "合同外资 外资额 利用外资",
    Field.SIGNED: "签约日期 签约时间 签订时间 签约年月",
    Field.STARTED: "开工日期 开工时间",
    Field.ENROLLED: "入统日期 入统时间",
    Field.COMPLETED: "竣工日期 竣工时间",
    Field.PRODUCING: "投产日期 投产时间",
    Field.ABOVE_SIZE: "进规日期 进规时间",
    Field.STATUS: "状态 项目状态 项目阶段 阶段 当前阶段 推进阶段 项目进度",
    Field.LEADER: "责任领导 包联领导 牵头领导 分管领导",
    Field.DEPARTMENT: "责任单位 包联单位 牵头单位 责任部门",
    Field.LON: "经度 东经 lon lng longitude",
    Field.LAT: "纬度 北纬 lat latitude",
    Field.DATUM: "坐标系 坐标系统 坐标基准",
    Field.NOTE: "备注 说明 备注说明",
}
_FIELDS = {
    re.sub(r"\s", "", name): field for field, names in _SYNONYMS.items() for name in names.split()
}
_BRACKET = re.compile(r"^(.*?)[(\[【:：/](.+?)[)\]】]?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is understood: its field, its place in the row, what its title adds."""

    field: Field
    index: int
    title: str
    unit: Unit | None = None
    datum: str = ""


def read_header(cells: Sequence[Cell]) -> tuple[Column, ...]:
    """The columns that are understood, in their order; others are left out."""
    found = (_column(cell, index) for index, cell in enumerate(cells))
    return tuple(column for column in found if column)


def missing(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The columns that a ledger cannot do without, as far as they are not there."""
    have = {column.field for column in columns}
    return tuple(field for field in REQUIRED if field not in have)


def repeated(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The fields that several columns claim."""
    fields = [column.field for column in columns]
    return tuple(dict.fromkeys(field for field in fields if fields.count(field) > 1))


def _column(cell: Cell, index: int) -> Column | None:
    title = re.sub(r"\s", "", folded(cell))
    if field := _FIELDS.get(title.lower()):
        return Column(field, index, title)
    match = _BRACKET.match(title)
    if not match or not (field := _FIELDS.get(match[1].lower())):
        return _with_unit_at_end(title, index)
    inside = match[2].removeprefix("单位").lstrip(":：")
    if field in AMOUNTS:
        unit = parse_unit(inside)
        return Column(field, index, title, unit) if unit else None
    if field in (Field.LON, Field.LAT):
        return Column(field, index, title, datum=inside)
    return Column(field, index, title)


def _with_unit_at_end(title: str, index: int) -> Column | None:
    """投资额亿元."""
    for cut in range(len(title) - 1, 1, -1):
        field, unit = _FIELDS.get(title[:cut]), parse_unit(title[cut:])
        if field in AMOUNTS and field and unit:
            return Column(field, index, title, unit)
    return None
