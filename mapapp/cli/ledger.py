"""Commands that read an office's files into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.command import ACTOR, common, open_city, print_json, read_upload

if TYPE_CHECKING:
    from mapapp.journeys.import_ledger import ImportReport
    from mapapp.journeys.import_sites import SiteReport

_ACTIONS = {"insert": "新增", "update": "更新", "same": "未变"}


@click.command("import")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看结果，不写入。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
@click.option("--name", help="上传时的文件名，只用于显示。")
@click.option("--sender", default="", help="报送单位，记在导入记录里。")
@click.pass_context
def import_command(
    ctx: click.Context,
    file: Path,
    db: str | None,
    city: str | None,
    dry_run: bool,
    as_json: bool,
    name: str | None,
    sender: str,
) -> None:
    """导入招商项目台账（XLSX 或 CSV）。整个文件被退回时退出码为 2。"""
    from mapapp.journeys import import_batch, import_ledger, records

    bureau = open_city(db, city)
    data = read_upload(file)
    report = import_ledger.preview(bureau, data, name or file.name)
    refused = report.verdict is import_ledger.Verdict.REFUSE
    if not dry_run and not refused:
        report = import_batch.import_at_once(bureau, data, report, sender, ACTOR)
    if as_json:
        print_json(records.import_record(report))
    else:
        _print_report(report, dry_run)
    ctx.exit(2 if refused else 0)


@click.command("import-sites")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看结果，不写入。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
@click.pass_context
def import_sites_command(
    ctx: click.Context, file: Path, db: str | None, city: str | None, dry_run: bool, as_json: bool
) -> None:
    """导入载体清单：园区、空置厂房、可用地块。整个文件被退回时退出码为 2。"""
    from mapapp.journeys import import_sites, records

    bureau = open_city(db, city)
    data = read_upload(file)
    report = import_sites.preview(bureau, data, file.name)
    if not dry_run and not report.refused:
        report = import_sites.commit(bureau, report, ACTOR)
    if as_json:
        print_json(records.sites_record(report))
    else:
        _print_sites(report, dry_run)
    ctx.exit(2 if report.refused else 0)


def _print_report(report: ImportReport, dry_run: bool) -> None:
    refused = report.verdict.value == "refuse"
    click.echo(report.message, err=refused)
    for row in report.rows:
        if row.problems:
            where = f"{row.sheet}第{row.row}行" if row.sheet else f"第{row.row}行"
            codes = " ".join(filter(None, row.codes))
            click.echo(f"  {where} [{codes}] {row.message}", err=refused)
    if refused:
        return
    actions = ",".join(f"{_ACTIONS[action]} {n}" for action, n in report.actions().items())
    click.echo(f"{'预演，没有写入' if dry_run else f'已写入，批次 {report.batch}'}：{actions}。")


def _print_sites(report: SiteReport, dry_run: bool) -> None:
    from mapapp.journeys.import_sites import LABELS

    if report.refused:
        click.echo(f"文件未导入：{report.refused}", err=True)
        return
    for row in report.rows:
        if row.problems:
            where = f"{row.sheet}第{row.row}行" if row.sheet else f"第{row.row}行"
            click.echo(f"  {where} {row.message}")
    done = "，".join(f"{label} {n}" for a, label in LABELS.items() if (n := report.count(a)))
    click.echo(f"{'预演，没有写入' if dry_run else f'已写入，批次 {report.batch}'}：{done}。")
