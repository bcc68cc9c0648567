"""Commands over the catalogue of chains, and over texts that it puts on its links."""

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
    settings_of,
    write_file,
)

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau
    from mapapp.journeys.edit_catalogue import EditReport


@click.command("tag")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：每行一个对象，次序不变。")
def tag_command(file: Path, as_json: bool) -> None:
    """按名称和产品判断属于哪条链、哪些环节（CSV，列 name、product）。"""
    from chains import load
    from mapapp.journeys.suggest_links import as_record, read_named, tag_named

    rows = read_named(file.read_bytes())
    tags = tag_named(load(), rows)
    if as_json:
        print_json([as_record(tag) for tag in tags])
        return
    for row, tag in zip(rows, tags, strict=True):
        links = "、".join(f"{item.link} {item.score:.2f}" for item in tag.links)
        click.echo(f"{tag.chain or '—'}  {row.name}  {links}")


@click.command("check-catalogue")
@click.option(
    "--evidence",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="上市公司表所在的文件夹，默认找项目旁边的 shared/data/evidence。",
)
@click.option("--open", "only_open", is_flag=True, help="只列没有答复的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取。")
@click.pass_context
def check_catalogue_command(
    ctx: click.Context, evidence: Path | None, only_open: bool, as_json: bool
) -> None:
    """列出链谱和企业名录的存疑之处和答复；有一处没有答复，退出码为 1。"""
    from chains import load
    from geodata import load_gazetteer
    from mapapp.journeys import check_catalogue as checks

    found = checks.find_evidence(evidence)
    if evidence and not found:
        raise Refusal(f"{evidence} 里没有上市公司表 {checks.FIRMS}")
    divisions = load_gazetteer(settings_of(None, None).geodata).divisions
    check = checks.check_catalogue(load(), divisions, found)
    if as_json:
        print_json(checks.as_record(check))
    else:
        for line in checks.as_lines(check, only_open):
            click.echo(line)
    ctx.exit(1 if check.open else 0)


@click.command("catalogue-counts")
@click.option("--markdown", "as_markdown", is_flag=True, help="写成 Markdown 的表。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--write", is_flag=True, help="更新 README.md 和 docs/catalogue.md 里的表。")
def catalogue_counts_command(as_markdown: bool, as_json: bool, write: bool) -> None:
    """数一数链谱：产业链、环节、供需关系、企业、出处，以及系数有多少是估计。"""
    from chains import load
    from mapapp.config import ROOT
    from mapapp.journeys import catalogue_counts as counts

    rows = counts.count(load())
    if write:
        changed = counts.write_tables(ROOT, counts.as_markdown(rows))
        click.echo(f"已更新 {'、'.join(changed)}" if changed else "表都是新的", err=True)
    if as_json:
        print_json(counts.as_records(rows))
    elif as_markdown:
        click.echo(counts.as_markdown(rows))
    elif not write:
        for line in counts.as_lines(rows):
            click.echo(line)


@click.group()
def catalogue() -> None:
    """链谱工作簿：导出一条链、检查、写入；撤销和恢复在网页“编辑链谱”里。"""


@catalogue.command("export")
@common
@click.option("--chain", help="产业链的代号或全称；不写就是编新链的空白工作簿。")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="写成 .xlsx 文件。",
)
def catalogue_export(db: str | None, city: str | None, chain: str | None, output: Path) -> None:
    """把一条链连同它的企业和限制写成工作簿。"""
    from mapapp.journeys.catalogue_sheets import chain_workbook, new_workbook

    if output.suffix.lower() != ".xlsx":
        raise Refusal(f"--output 要以 .xlsx 结尾，不能是“{output.name}”")
    bureau = open_city(db, city)
    write_file(output, (chain_workbook(bureau, chain) if chain else new_workbook(bureau)).data)


@catalogue.command("check")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def catalogue_check(ctx: click.Context, file: Path, db: str | None, city: str | None) -> None:
    """只看工作簿有没有问题、会变什么，不写入。有问题时退出码为 2。"""
    report = _edit(open_city(db, city), file)
    ctx.exit(0 if not (report.refused or report.faults) else 2)


@catalogue.command("apply")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", default="", help="为什么改，记在修改记录里。")
@click.pass_context
def catalogue_apply(
    ctx: click.Context, file: Path, db: str | None, city: str | None, note: str
) -> None:
    """按工作簿修改链谱。有问题时什么也不写，退出码为 2。"""
    from mapapp.journeys import edit_catalogue

    bureau = open_city(db, city)
    report = _edit(bureau, file)
    if report.refused or report.faults:
        ctx.exit(2)
    if report.writes:
        number = edit_catalogue.commit(bureau, report, note, ACTOR)
        click.echo(f"已写入，第 {number} 次修改。")


def _edit(bureau: Bureau, file: Path) -> EditReport:
    """What a workbook would do, told line by line."""
    from mapapp.journeys import edit_catalogue

    data = read_upload(file)
    report = edit_catalogue.preview(bureau, data, file.name)
    if report.refused:
        click.echo(f"文件没有收：{report.refused}", err=True)
    for fault in report.faults:
        click.echo(f"{fault.place}：{fault.message}", err=True)
    for change in report.changes:
        fields = (
            "；".join(
                f"{title} {was or '（空）'}→{now or '（空）'}" for title, was, now in change.fields
            )
            if change.action == "修改"
            else ""
        )
        click.echo(f"{change.action}  {change.what}  {change.name}{'：' if fields else ''}{fields}")
    for item in report.stranded:
        click.echo(
            f"会失去对应  {item.link}：企业 {item.enterprises} 家、项目 {item.projects} 个、"
            f"外地登记 {item.registered} 条"
        )
    if not (report.refused or report.faults or report.changes):
        click.echo("和现在的链谱一样，没有要写入的内容。")
    return report
