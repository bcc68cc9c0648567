"""Set the year's targets, and see who is how far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.statistics import BY, amount_or_count, label, statistics
from mapapp.ledger.annual_targets import (
    DIMENSIONS,
    INDICATORS,
    MOST,
    Progress,
    progress,
    total,
)
from mapapp.ledger.dates import Period
from mapapp.ledger.definitions import Definition, definitions

__all__ = ["DIMENSIONS", "INDICATORS", "AnnualView", "annual_view", "put", "words"]


@dataclass(frozen=True, slots=True)
class AnnualView:
    """One indicator of one year by one dimension. labels are by key."""

    year: int
    on: date
    dimension: str
    indicator: str
    rows: Sequence[Progress]
    whole: Progress
    labels: Mapping[str, str]
    word: Definition


def words(bureau: Bureau) -> dict[str, Definition]:
    """The indicators that a year may set, as the bureau means them."""
    known = definitions(bureau.city.definitions)
    return {name: known[name] for name in INDICATORS}


def annual_view(bureau: Bureau, year: int, dimension: str, indicator: str) -> AnnualView:
    """Who is how far on this day, or was at the year's end.

    Raises:
        UnknownName: no such dimension or indicator, or a year that cannot be.
    """
    _check(year, dimension, indicator)
    on = min(bureau.today, date(year, 12, 31))
    until = max(on, date(year, 1, 1))
    found = statistics(bureau, Period(str(year), date(year, 1, 1), until), dimension)
    done = {
        item.row.key: amount_or_count(item.row, indicator)
        for item in found.rows
        if item.row.key is not None
    }
    asked = bureau.store.annual_targets.asked(year, dimension, indicator)
    everyone = asked | {key: Decimal(0) for key in _keys(bureau, dimension) if key not in asked}
    rows = progress(asked, done, year, bureau.today)
    there = {row.key for row in rows}
    share = total(rows, year, bureau.today).gone
    rows += [Progress(key, None, Decimal(0), None, share) for key in everyone if key not in there]
    labels = {row.key: label(bureau, dimension, row.key) for row in rows}
    whole = total(rows, year, bureau.today)
    return AnnualView(year, on, dimension, indicator, rows, whole, labels, words(bureau)[indicator])


def put(
    bureau: Bureau, year: int, dimension: str, indicator: str, given: Mapping[str, str], actor: str
) -> dict[str, str]:
    """Set one indicator from a form's `value:<key>`; the problems by key, nothing kept with one.

    Raises:
        UnknownName: no such dimension or indicator.
    """
    view = annual_view(bureau, year, dimension, indicator)
    asked, problems = {}, {}
    for row in view.rows:
        text = given.get(f"value:{row.key}", "").strip().replace(",", "")
        if not text:
            continue
        value = _value(text, indicator)
        if value is None:
            problems[row.key] = f"“{text}”不行，请填 0 到 {MOST:,} 的{_kind(indicator)}"
        else:
            asked[row.key] = value
    if not problems:
        bureau.store.annual_targets.put(year, dimension, indicator, asked, actor)
    return problems


def _kind(indicator: str) -> str:
    return "整数" if indicator.endswith("_projects") else "亿元数"


def _value(text: str, indicator: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value <= MOST:
        return None
    if indicator.endswith("_projects") and value != value.to_integral_value():
        return None
    return value


def _keys(bureau: Bureau, dimension: str) -> list[str]:
    if dimension == "county":
        return [item.code for item in bureau.gazetteer.divisions.counties(bureau.city.code)]
    if dimension == "office":
        return [office.name for office in bureau.city.offices]
    return bureau.store.departments()


def _check(year: int, dimension: str, indicator: str) -> None:
    if dimension not in DIMENSIONS:
        raise UnknownName("目标的对象", dimension, [BY[name] for name in DIMENSIONS])
    if indicator not in INDICATORS:
        raise UnknownName("目标的指标", indicator, INDICATORS)
    if not 2000 <= year <= 2100:
        raise UnknownName("年度", str(year), ("2000 到 2100",))
