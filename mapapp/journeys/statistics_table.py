"""The figures of a period as a table to take along: the same rows and numbers as on the page."""

from __future__ import annotations

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.statistics import BY, COUNTED, Labelled, Statistics

SHOWN = (
    "signed_projects", "contracted_investment", "new_projects", "total_investment",
    "landing_rate", "start_rate", "enrolment_rate", "started_projects", "enrolled_projects",
    "completed_projects", "producing_projects", "above_size_projects", "increment_investment",
    "framework_projects", "framework_investment", "paid_in",
)  # fmt: skip
"""The figures in the order of the page's columns."""


def statistics_table(bureau: Bureau, found: Statistics) -> Table:
    """One row for each key, and the whole at the end."""
    words = found.words
    growth = (
        Column("签约项目同比（%）", 10, Kind.SCORE),
        Column("签约金额同比（%）", 10, Kind.SCORE),
    )
    columns = [Column(BY[found.by] if found.by else "范围", 20)]
    for figure in SHOWN:
        kind = Kind.INTEGER if figure.endswith("_projects") else Kind.AMOUNT
        kind = Kind.SCORE if figure.endswith("_rate") else kind
        columns.append(Column(f"{words[figure].name}（{words[figure].unit}）", 11, kind))
    rows = [*found.rows, found.whole] if found.by else [found.whole]
    doubtful = found.found.doubtful
    return Table(
        title=f"{bureau.city.name}招商统计",
        subtitle=str(found.period),
        columns=(*columns, *growth),
        rows=[_row(item) for item in rows],
        notes=(
            *(Note(words[figure].name, words[figure].sentence) for figure in COUNTED),
            Note("没有签约日期", f"{len(doubtful.undated)} 个已签约项目没有日期，没有计入"),
            Note("日期跨期", f"{len(doubtful.straddling)} 个签约日期不到日、跨在期外，没有计入"),
            Note("没有汇率", f"{len(doubtful.unconverted)} 笔外币金额没有可用的汇率，没有加进金额"),
            Note("没有金额", f"{len(doubtful.unstated)} 个签约项目没有写金额，计个数不计金额"),
        ),
        printed=10,
    )  # fmt: skip


def _row(item: Labelled) -> tuple[Value, ...]:
    row = item.row
    values: list[Value] = [item.label]
    for figure in SHOWN:
        if figure.endswith("_projects"):
            values.append(row.count(figure))
        elif figure.endswith("_rate"):
            values.append(_float(row.rate(figure)))
        else:
            values.append(row.yi(figure))
    growth = (item.growth("signed_projects"), item.growth("contracted_investment"))
    return (*values, *map(_float, growth))


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
