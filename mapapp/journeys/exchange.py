"""Enter the exchange rates that foreign amounts are converted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from mapapp.journeys.bureau import Bureau
from mapapp.ledger.dates import read_day
from mapapp.ledger.rates import Rate

CURRENCIES = {"USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑"}
MOST = Decimal(1000)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed, and what is wrong with it, by field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def rates(bureau: Bureau) -> list[Rate]:
    """All rates entered, by currency, the newest first."""
    return bureau.store.rates.rates()


def enter(bureau: Bureau, given: Mapping[str, str], actor: str) -> Entry:
    """Keep a rate, where everything about it is said and right; else say what is not."""
    typed = {name: given.get(name, "").strip() for name in ("currency", "on", "yuan", "source")}
    problems = {}
    if typed["currency"] not in CURRENCIES:
        problems["currency"] = f"请选一种外币，可选：{'、'.join(CURRENCIES.values())}"
    day, yuan = read_day(typed["on"]), _yuan(typed["yuan"])
    if day is None or day > bureau.today:
        problems["on"] = "请填公布汇率的日期，如 2023-06-30，不能晚于今天"
    if yuan is None:
        problems["yuan"] = f"请填 1 单位外币折合多少元，大于 0，不超过 {MOST}，如 7.2258"
    if not typed["source"] or len(typed["source"]) > _LONGEST:
        problems["source"] = f"请写出处，如“中国人民银行 2023-06-30 中间价”，不超过 {_LONGEST} 字"
    if problems or day is None or yuan is None:
        return Entry(typed, problems)
    bureau.store.rates.put(Rate(typed["currency"], day, yuan, typed["source"]), actor)
    return Entry()


def drop(bureau: Bureau, currency: str, on: str) -> None:
    """Forget the rate of a day, where there is one."""
    day = read_day(on)
    if day is not None:
        bureau.store.rates.drop(currency, day)


def _yuan(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value <= MOST else None
