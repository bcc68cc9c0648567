"""The milestones as a table to take along: the same rows and numbers as on the page."""

from __future__ import annotations

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.milestones import ALONE_POINTS, WORST_DAYS, MilestoneList, Row

_COLUMNS = (
    Column("项目编码", 16),
    Column("项目", 34),
    Column("县市区", 10),
    Column("里程碑", 12),
    Column("状态", 9),
    Column("到期", 11, Kind.DATE),
    Column("逾期天数", 9, Kind.INTEGER),
    Column("责任单位", 16),
    Column("包联领导", 10),
    Column("风险", 7, Kind.SCORE),
    Column("最早到期", 11, Kind.DATE),
    Column("完成", 11),
    Column("产业链", 18),
    Column("环节", 16),
    Column("依据", 44),
)


def milestone_table(bureau: Bureau, found: MilestoneList) -> Table:
    """One row for each milestone, in the page's order."""
    return Table(
        title=f"{bureau.city.name}项目里程碑",
        subtitle=f"截至 {found.on.isoformat()}，{len(found.rows)} 条",
        columns=_COLUMNS,
        rows=[_row(bureau, row) for row in found.rows],
        notes=(
            Note("规则", "；".join(f"{step.name} {step.months} 个月" for step in found.rule)),
            Note("逾期天数", "从最迟到期日数起，负数是还有几天；说不准的空着，原因在“依据”。"),
            Note(
                "风险",
                f"逾期天数 ÷ {WORST_DAYS}（最多 1）× 所在环节的重要度，"
                f"本市只有它一家的再加 {ALONE_POINTS:g} 分。",
            ),
        ),
        printed=10,
    )


def _row(bureau: Bureau, row: Row) -> tuple[Value, ...]:
    found, facts = row.found, row.facts
    return (
        found.project_code,
        found.name,
        bureau.county_name(facts.county),
        found.milestone,
        found.standing.value,
        found.due_on,
        found.days_overdue,
        facts.department,
        facts.leader,
        row.risk if row.lateness else None,
        found.due_from,
        str(found.done_on) if found.done_on else "",
        bureau.chain_name(facts.chain),
        row.meaning.link,
        found.basis,
    )
