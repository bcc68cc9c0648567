"""Commands of the year: milestones, figures, the bulletin, the meeting of the week."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mapapp.cli.command import DAY, Refusal, common, open_city, print_json, select, write_file


@click.command()
@common
@click.option("--on", type=DAY, help="看哪一天，默认今天。")
@click.option("--chain", help="产业链的代号或全称，默认全部。")
@click.option("--county", help="县市区的代码或名称，默认全市。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：所有里程碑，不论状态。")
def milestones(
    db: str | None,
    city: str | None,
    on: datetime | None,
    chain: str | None,
    county: str | None,
    as_json: bool,
) -> None:
    """列出 3313 各里程碑的到期日和逾期天数，风险大的在前。"""
    from mapapp.journeys import records
    from mapapp.journeys.milestones import OPEN
    from mapapp.journeys.milestones import milestones as find

    bureau = open_city(db, city)
    day = on.date() if on else bureau.today
    chosen = select(bureau, county, chain)
    found = find(bureau, day, chosen, standings=() if as_json else OPEN)
    if as_json:
        print_json([records.milestone_record(row) for row in found.rows])
        return
    for row in found.rows:
        item = row.found
        days = "" if item.days_overdue is None else f"{item.days_overdue} 天"
        click.echo(f"{row.risk:5.1f}  {item.standing}  {days}  {item.name}  {item.basis}")


@click.command()
@common
@click.option("--from", "first", type=DAY, required=True, help="从哪一天，如 2023-01-01。")
@click.option("--to", "last", type=DAY, required=True, help="到哪一天，如 2023-06-30。")
@click.option(
    "--by",
    type=click.Choice(["chain", "county", "zone", "department", "office"]),
    help="按产业链、县市区、功能区、责任单位或驻外专班分行，默认只有全市一行。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def stats(
    db: str | None,
    city: str | None,
    first: datetime,
    last: datetime,
    by: str | None,
    as_json: bool,
) -> None:
    """统计一段时间的签约、新引进、开工、入统等数字。"""
    from mapapp.journeys import records
    from mapapp.journeys.statistics import statistics
    from mapapp.ledger.dates import Period

    if first > last:
        raise Refusal(f"--from {first:%Y-%m-%d} 晚于 --to {last:%Y-%m-%d}，请对调")
    bureau = open_city(db, city)
    period = Period(f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}", first.date(), last.date())
    found = statistics(bureau, period, by)
    if as_json:
        print_json([records.statistics_record(item) for item in found.rows])
        return
    for item in [*found.rows, found.whole] if by else [found.whole]:
        row = item.row
        click.echo(
            f"{item.label}  签约 {row.count('signed_projects')} 个"
            f" {row.yi('contracted_investment'):,.2f} 亿元"
            f"  新引进 {row.count('new_projects')} 个 {row.yi('total_investment'):,.2f} 亿元"
        )


@click.command()
@common
@click.option("--of", "text", required=True, help="时段：2023-06、2023Q2、2023H1 或 2023。")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="写成 .docx、.xlsx 或 .csv 文件。",
)
def bulletin(db: str | None, city: str | None, text: str, output: Path) -> None:
    """写一期招商通报：公文格式的 Word，或 Excel。"""
    from mapapp.journeys.bulletin import bulletin as find
    from mapapp.journeys.bulletin_file import TemplateRefused, bulletin_file
    from mapapp.ledger.dates import Period

    kind = output.suffix.lower().removeprefix(".")
    if kind not in ("docx", "xlsx", "csv"):
        raise Refusal(f"--output 要以 .docx、.xlsx 或 .csv 结尾，不能是“{output.name}”")
    bureau = open_city(db, city)
    try:
        found = find(bureau, Period.parse(text))
        write_file(output, bulletin_file(bureau, found, kind).data)
    except (TemplateRefused, ValueError) as error:
        raise Refusal(str(error)) from error
    click.echo(f"已写好 {output}")


@click.command()
@common
@click.option("--on", type=DAY, help="哪一天调度，默认今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def weekly(db: str | None, city: str | None, on: datetime | None, as_json: bool) -> None:
    """列出一周要调度的项目和原因，最要紧的在前。"""
    from mapapp.journeys import records
    from mapapp.journeys.weekly import week

    bureau = open_city(db, city)
    items = week(bureau, on.date() if on else bureau.today).items
    if as_json:
        print_json([records.weekly_record(item) for item in items])
        return
    for item in items:
        said = "；".join(f"{reason}：{text}" for reason, text in item.reasons)
        click.echo(f"{item.project_code}  {item.name}  {said}")
