"""What was done to a project: who, when, and each field's old and new value in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mapapp.journeys.bureau import Bureau
from mapapp.ledger.money import Money
from mapapp.ledger.written import money_text
from mapapp.store import LedgerChange

LABELS = {
    "project_code": "项目编号",
    "name": "项目名称",
    "enterprise": "企业名称",
    "enterprise_id": "本地企业",
    "county": "区县",
    "zone": "功能区",
    "place": "建设地点",
    "position": "坐标",
    "chain": "产业链",
    "links": "环节",
    "product": "产品",
    "contracted_investment": "协议金额",
    "investment_text": "金额原文",
    "paid_in_investment": "到位资金",
    "fixed_asset_investment": "固定资产投资",
    "foreign_investment": "合同外资",
    "expected_output": "预计年产值",
    "output_text": "产值原文",
    "expected_tax": "预计年税收",
    "capacity": "建设规模",
    "land": "用地面积（亩）",
    "jobs": "用工人数",
    "national_code": "国家项目代码",
    "agreement": "协议类型",
    "parties": "其他投资方",
    "origin": "来源地",
    "office": "驻外专班",
    "brought_by": "引进活动",
    "tags": "标签",
    "events": "进展",
    "stage_text": "状态原文",
    "last_confirmed": "最近有消息",
    "is_park": "园区",
    "halted": "停滞",
    "leader": "责任领导",
    "lead_department": "责任单位",
    "note": "备注",
    "link_note": "环节说明",
    "provenance": "信息来源",
    "accounts": "另一口径",
    "merged_into": "并入",
}
NOTHING = "（空）"
_PRECISION = {"site": "厂址", "township": "乡镇", "county": "区县"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field; old is empty for a new project."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: by whom, when, by which import (None: by hand), and the fields."""

    by: str
    at: datetime
    batch: int | None
    is_new: bool
    fields: tuple[FieldChange, ...]


def history_of(bureau: Bureau, code: str) -> list[Entry]:
    """The changes of a project, newest first."""
    lines = bureau.store.history("project", code)
    return [_entry(bureau, line) for line in reversed(lines)]


def _entry(bureau: Bureau, line: LedgerChange) -> Entry:
    fields = tuple(
        FieldChange(LABELS.get(name, name), *(in_words(bureau, name, value) for value in both))
        for name, new in line.new.items()
        if name != "project_code"
        for both in (_apart(name, (line.old or {}).get(name), new),)
    )
    return Entry(line.changed_by, line.changed_at, line.batch, line.old is None, fields)


def _apart(name: str, old: Any, new: Any) -> tuple[Any, Any]:
    """Both values; of a project's life only the events that are not in the other."""
    if name != "events" or not old or not new:
        return old, new
    return [e for e in old if e not in new], [e for e in new if e not in old]


def in_words(bureau: Bureau, name: str, value: Any) -> str:
    """A field of the history as a planner reads it."""
    if name == "county":
        return bureau.county_name(value)
    if value in (None, "", [], ()):
        return NOTHING
    match name:
        case "chain":
            known = bureau.catalogue.chains.get(value)
            return known.name if known else str(value)
        case "events":
            return "；".join(_event(event) for event in value)
        case "position":
            return _position(value)
        case "provenance":
            return " ".join(filter(None, (value["text"], value["date"], value["grade"])))
        case "accounts":
            return "、".join(str(account["id"]) for account in value)
    if isinstance(value, Mapping):
        return money_text(Money(Decimal(value["wan"]), value["currency"]))
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _event(event: Mapping[str, Any]) -> str:
    when = event["on"] or (f"不晚于{event['as_of']}" if event["as_of"] else "日期不明")
    said = f"{event['stage']} {when}"
    if more := event.get("increment"):
        added = money_text(Money(Decimal(more["wan"]), more["currency"]))
        said = f"增资{event['stage']} {when}，增加{added}"
    words = [f"依据：{event['evidence']}" if event.get("evidence") else "", event["note"]]
    about = "，".join(filter(None, words))
    return f"{said}（{about}）" if about else said


def _position(spot: Mapping[str, Any]) -> str:
    kind = _PRECISION.get(spot["precision"], spot["precision"])
    return f"{spot['lon']:.6f}, {spot['lat']:.6f}（{kind}，来自 {spot['source_datum']}）"
