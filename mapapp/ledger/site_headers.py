"""What a header says of a column in a list of sites: which field, in which unit or datum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mapapp.ledger.cells import Cell, folded


class SiteField(StrEnum):
    """What a column of a list of sites may hold; the value is its usual title."""

    CODE = "载体编号"
    NAME = "载体名称"
    KIND = "类型"
    COUNTY = "县市区"
    PLACE = "地址"
    AREA = "占地面积"
    FLOOR = "建筑面积"
    WATER = "供水"
    POWER = "供电"
    GAS = "供气"
    HEAT = "供热"
    STEAM = "蒸汽"
    SEWAGE = "污水处理"
    OTHER = "其他配套"
    INDUSTRIES = "适宜产业"
    CONSTRAINTS = "限制条件"
    AVAILABLE = "可用时间"
    CONTACT = "联系人"
    PHONE = "联系电话"
    LON = "经度"
    LAT = "纬度"
    DATUM = "坐标系"
    SOURCE = "来源"
    SOURCE_DATE = "资料日期"
    NOTE = "备注"


REQUIRED = (SiteField.NAME, SiteField.COUNTY)
AREAS = (SiteField.AREA, SiteField.FLOOR)

_SYNONYMS = {
    SiteField.CODE: "载体编号 载体编码 编号 编码 园区编号 地块编号 厂房编号",
    SiteField.NAME: "载体名称 载体 名称 园区名称 厂房名称 地块名称 宗地名称",
    SiteField.KIND: "类型 类别 载体类型 载体类别",
    SiteField.COUNTY: "县市区 区县 县区 县市 县(市、区) 县(市区) 属地 所属区县 所在区县 所属县市区",
    SiteField.PLACE: "地址 位置 坐落 详细地址 具体位置 载体地址 地点",
    SiteField.AREA: "占地面积 面积 用地面积 土地面积 可用面积 可用地面积 地块面积 规划面积",
    SiteField.FLOOR: "建筑面积 厂房面积 可用建筑面积 空置面积 闲置面积 可租面积",
    SiteField.WATER: "供水 水 用水",
    SiteField.POWER: "供电 电 用电 电力",
    SiteField.GAS: "供气 气 燃气 天然气",
    SiteField.HEAT: "供热 热 供暖",
    SiteField.STEAM: "蒸汽 供汽",
    SiteField.SEWAGE: "污水处理 污水 排污 污水排放",
    SiteField.OTHER: "其他配套 配套 配套条件 基础设施 配套设施",
    SiteField.INDUSTRIES: "适宜产业 行业要求 产业定位 主导产业 产业方向 产业要求 适合行业",
    SiteField.CONSTRAINTS: "限制条件 限制 准入限制 限制要求 禁止行业 准入条件",
    SiteField.AVAILABLE: "可用时间 交付时间 何时可用 可入驻时间 可供时间 供地时间",
    SiteField.CONTACT: "联系人 联系方式 负责人",
    SiteField.PHONE: "联系电话 电话 手机",
    SiteField.LON: "经度 东经 lon lng longitude",
    SiteField.LAT: "纬度 北纬 lat latitude",
    SiteField.DATUM: "坐标系 坐标系统 坐标基准",
    SiteField.SOURCE: "来源 资料来源 数据来源",
    SiteField.SOURCE_DATE: "资料日期 更新日期 更新时间",
    SiteField.NOTE: "备注 说明",
}
_FIELDS = {name: field for field, names in _SYNONYMS.items() for name in names.split()}
_BRACKET = re.compile(r"^(.*?)[(\[【:：/](.+?)[)\]】]?$")

_UNITS = {
    **dict.fromkeys(("亩",), "亩"),
    **dict.fromkeys(("平方米", "平米", "平方", "m2", "㎡"), "平方米"),
    **dict.fromkeys(("万平方米", "万平米", "万平方", "万m2"), "万平方米"),
    **dict.fromkeys(("公顷", "hm2", "ha"), "公顷"),
    **dict.fromkeys(("平方公里", "平方千米", "km2"), "平方公里"),
}


@dataclass(frozen=True, slots=True)
class SiteColumn:
    """A column that is understood. beside is its unit of area, or its datum."""

    field: SiteField
    index: int
    title: str
    beside: str = ""


def area_unit(text: str) -> str:
    """The unit of area that a text names; empty where it names none."""
    return _UNITS.get(text.strip().lower(), "")


def read_site_header(cells: Sequence[Cell]) -> tuple[SiteColumn, ...]:
    """The columns that are understood, in their order; others are left out."""
    found = (_column(cell, index) for index, cell in enumerate(cells))
    return tuple(column for column in found if column)


def _column(cell: Cell, index: int) -> SiteColumn | None:
    title = re.sub(r"\s", "", folded(cell))
    if field := _FIELDS.get(title.lower()):
        return SiteColumn(field, index, title)
    match = _BRACKET.match(title)
    if not match or not (field := _FIELDS.get(match[1].lower())):
        return None
    inside = match[2].removeprefix("单位").lstrip(":：")
    if field in AREAS:
        return SiteColumn(field, index, title, area_unit(inside))
    return SiteColumn(field, index, title, inside)
