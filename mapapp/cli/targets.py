"""Commands that say whom to go and see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.command import (
    ACTOR,
    Refusal,
    common,
    open_city,
    print_json,
    read_upload,
    select,
    write_file,
)

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau

_SHOWN = 20


@click.command()
@common
@click.option("--chain", help="产业链的代号或全称，默认全部。")
@click.option("--link", help="环节名，默认所有缺环和薄弱环节。")
@click.option("--county", help="县市区的代码或名称，默认全市。")
@click.option("--roadshow", metavar="地市", help="准备去招商的城市，如 上海。")
@click.option(
    "--office",
    metavar="专班",
    help="离这个驻外专班最近的企业，按出访它的城市排列；all 为各专班一张表。要有 --output。",
)
@click.option("--public", is_flag=True, help="配合 --office：写对外版，没有评分。")
@click.option("--limit", type=click.IntRange(min=1), help="最多列几家。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把清单写成 .xlsx 或 .csv 文件。",
)
def targets(
    db: str | None,
    city: str | None,
    chain: str | None,
    link: str | None,
    county: str | None,
    roadshow: str | None,
    office: str | None,
    public: bool,
    limit: int | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """给缺环和薄弱环节找目标企业，得分高的在前。"""
    from mapapp.journeys import records
    from mapapp.journeys.export import KINDS, as_file
    from mapapp.journeys.target_table import target_table
    from mapapp.journeys.targets import rank_targets

    kind = output.suffix.lower().removeprefix(".") if output else ""
    if output and kind not in KINDS:
        raise Refusal(f"--output 要以 .xlsx 或 .csv 结尾，不能是“{output.name}”")
    bureau = open_city(db, city)
    if office:
        _office_list(bureau, office, public, limit, output)
        return
    chosen = select(bureau, county, chain, link)
    visited = bureau.gazetteer.divisions.find_prefecture(roadshow).code if roadshow else None
    found = rank_targets(bureau, chosen.county, chosen.chain, chosen.link, visited, limit)
    if output:
        table = target_table(bureau, found, chosen, visited)
        write_file(output, as_file(table, kind, output.stem, "targets").data)
    if as_json:
        print_json([records.target_record(item) for item in found])
    elif not output:
        for item in found if limit else found[:_SHOWN]:
            firm = item.target.enterprise
            click.echo(
                f"{item.rank:3}  {item.target.score:5.1f}  {firm.name}（{item.city_name}）"
                f"  {item.chain_name} › {item.target.link}"
            )


def _office_list(
    bureau: Bureau, office: str, public: bool, limit: int | None, output: Path | None
) -> None:
    """Write the workbook of one resident office, or of all on a sheet each."""
    from mapapp.journeys.list_files import office_workbook, read_edition

    if output is None or output.suffix.lower() != ".xlsx":
        raise Refusal("--office 要写成工作簿，请加上 --output 和以 .xlsx 结尾的文件名")
    offices = [one.name for one in bureau.city.offices] if office == "all" else [office]
    edition = read_edition("public" if public else "internal")
    write_file(output, office_workbook(bureau, offices, edition, "命令行", limit).data)


@click.command("match-report")
@common
@click.option(
    "--pairs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="标注好的成对项目（CSV），默认 tests/fixtures/pairs.csv。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def match_report_command(
    db: str | None, city: str | None, pairs: Path | None, as_json: bool
) -> None:
    """查重的准确程度：在标注好的成对项目上的查准率、查全率和每一个错误。"""
    from mapapp.journeys import match_report

    report = match_report.match_report(open_city(db, city), pairs or match_report.PAIRS)
    if as_json:
        print_json(match_report.as_record(report))
    else:
        for line in match_report.as_lines(report):
            click.echo(line)


@click.command()
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看结果，不写入。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
@click.pass_context
def register(
    ctx: click.Context, file: Path, db: str | None, city: str | None, dry_run: bool, as_json: bool
) -> None:
    """登记外地的环节（列：城市或行政区划代码、环节、企业）。整个文件被退回时退出码为 2。"""
    from mapapp.journeys import records
    from mapapp.journeys import register as registers

    bureau = open_city(db, city)
    data = read_upload(file)
    report = registers.preview(bureau, data, file.name)
    if not dry_run and report.entries:
        registers.commit(bureau, report, ACTOR)
    if as_json:
        print_json(records.register_record(report))
    elif report.refused:
        click.echo(f"文件没有收：{report.refused}", err=True)
    else:
        for row in report.faults:
            where = f"{row.sheet}第{row.row}行" if row.sheet else f"第{row.row}行"
            click.echo(f"  {where} {row.fault}")
        done = "预演，没有写入" if dry_run else "已写入"
        click.echo(
            f"{done}：登记 {len(report.entries)} 条，退回 {len(report.faults)} 行，"
            f"重复 {report.repeated} 行。"
        )
    ctx.exit(2 if report.refused else 0)
