"""The command line: thin commands over the journeys. Imports stay inside: --help is fast."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.command import ACTOR, Commands, Refusal, common
from mapapp.command import open_city as _bureau
from mapapp.command import select as _selection
from mapapp.command import settings_of as _settings
from mapapp.command import write_file as _write
from mapapp.sheet_commands import sheet

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau
    from mapapp.journeys.edit_catalogue import EditReport
    from mapapp.journeys.import_ledger import ImportReport
    from mapapp.journeys.import_sites import SiteReport

_SHOWN = 20
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """链图：产业链招商地图。"""


@main.command()
@common
@click.option("--host", help="监听的地址，默认 127.0.0.1；没有账号时只能是本机。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 5000。")
def serve(db: str | None, city: str | None, host: str | None, port: int | None) -> None:
    """启动网页服务，能访问时打印网址。"""
    from mapapp import server

    settings = _settings(db, city)
    server.serve(
        replace(settings, host=host or settings.host, port=port or settings.port), click.echo
    )


@main.command()
@common
def prepare(db: str | None, city: str | None) -> None:
    """建好边界缓存和数据库；库是空的而本市带样例时，装入样例。不动已有数据。"""
    from mapapp.journeys import country_map, load_sample

    bureau = _bureau(db, city)
    click.echo(f"{bureau.city.name}：{len(bureau.boundaries)} 个县市区的边界已就绪。")
    click.echo(f"全国：{country_map.prepare(bureau)} 个地市的边界已就绪。")
    if not bureau.store.is_empty():
        click.echo("数据库里已有数据，原样保留。")
    elif load_sample.has_sample(bureau):
        click.echo(_loaded(bureau))
    else:
        click.echo("数据库是空的，请导入台账：python -m mapapp import 台账.xlsx")


@main.command("load-sample")
@common
def load_sample_command(db: str | None, city: str | None) -> None:
    """把样例数据装入空库（只有十堰带样例）。"""
    click.echo(_loaded(_bureau(db, city)))


@main.command("import")
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

    bureau = _bureau(db, city)
    with file.open("rb") as stream:
        data = stream.read(import_batch.UPLOAD_LIMIT + 1)
    report = import_ledger.preview(bureau, data, name or file.name)
    refused = report.verdict is import_ledger.Verdict.REFUSE
    if not dry_run and not refused:
        report = import_batch.import_at_once(bureau, data, report, sender, ACTOR)
    if as_json:
        _print_json(records.import_record(report))
    else:
        _print_report(report, dry_run)
    ctx.exit(2 if refused else 0)


@main.command("import-sites")
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
    from mapapp.journeys.import_batch import UPLOAD_LIMIT

    bureau = _bureau(db, city)
    with file.open("rb") as stream:
        data = stream.read(UPLOAD_LIMIT + 1)
    report = import_sites.preview(bureau, data, file.name)
    if not dry_run and not report.refused:
        report = import_sites.commit(bureau, report, ACTOR)
    if as_json:
        _print_json(records.sites_record(report))
    else:
        _print_sites(report, dry_run)
    ctx.exit(2 if report.refused else 0)


@main.command()
@common
@click.option("--chain", help="产业链的代号或全称，默认全部。")
@click.option("--county", help="县市区的代码或名称，默认全市。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：所有环节，不论状态。")
def gaps(
    db: str | None, city: str | None, chain: str | None, county: str | None, as_json: bool
) -> None:
    """列出缺环和薄弱环节，最要紧的在前。"""
    from mapapp.journeys import records
    from mapapp.journeys.gaps import find_gaps

    bureau = _bureau(db, city)
    chosen = _selection(bureau, county, chain)
    found = find_gaps(bureau, chosen.county, chosen.chain)
    if as_json:
        _print_json([records.gap_record(gap) for gap in found])
        return
    for gap in found:
        if gap.is_gap:
            link = gap.here
            click.echo(
                f"{link.criticality:5.1f}  {link.status.label}  {gap.chain_name} › {link.link}"
                f"  {link.why[0]}"
            )


@main.command()
@common
@click.option("--on", type=_DAY, help="看哪一天，默认今天。")
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

    bureau = _bureau(db, city)
    day = on.date() if on else bureau.today
    chosen = _selection(bureau, county, chain)
    found = find(bureau, day, chosen, standings=() if as_json else OPEN)
    if as_json:
        _print_json([records.milestone_record(row) for row in found.rows])
        return
    for row in found.rows:
        item = row.found
        days = "" if item.days_overdue is None else f"{item.days_overdue} 天"
        click.echo(f"{row.risk:5.1f}  {item.standing}  {days}  {item.name}  {item.basis}")


@main.command()
@common
@click.option("--from", "first", type=_DAY, required=True, help="从哪一天，如 2023-01-01。")
@click.option("--to", "last", type=_DAY, required=True, help="到哪一天，如 2023-06-30。")
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
    bureau = _bureau(db, city)
    period = Period(f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}", first.date(), last.date())
    found = statistics(bureau, period, by)
    if as_json:
        _print_json([records.statistics_record(item) for item in found.rows])
        return
    for item in [*found.rows, found.whole] if by else [found.whole]:
        row = item.row
        click.echo(
            f"{item.label}  签约 {row.count('signed_projects')} 个"
            f" {row.yi('contracted_investment'):,.2f} 亿元"
            f"  新引进 {row.count('new_projects')} 个 {row.yi('total_investment'):,.2f} 亿元"
        )


@main.command()
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
    bureau = _bureau(db, city)
    try:
        found = find(bureau, Period.parse(text))
        _write(output, bulletin_file(bureau, found, kind).data)
    except (TemplateRefused, ValueError) as error:
        raise Refusal(str(error)) from error
    click.echo(f"已写好 {output}")


@main.command()
@common
@click.option("--on", type=_DAY, help="哪一天调度，默认今天。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def weekly(db: str | None, city: str | None, on: datetime | None, as_json: bool) -> None:
    """列出一周要调度的项目和原因，最要紧的在前。"""
    from mapapp.journeys import records
    from mapapp.journeys.weekly import week

    bureau = _bureau(db, city)
    items = week(bureau, on.date() if on else bureau.today).items
    if as_json:
        _print_json([records.weekly_record(item) for item in items])
        return
    for item in items:
        said = "；".join(f"{reason}：{text}" for reason, text in item.reasons)
        click.echo(f"{item.project_code}  {item.name}  {said}")


@main.command("critical-gaps")
@common
@click.option("--chain", help="产业链的代号或全称，默认全部。")
@click.option("--top", type=click.IntRange(min=1), default=10, help="每条链列几个，默认 10。")
@click.option(
    "--write",
    "page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="不打印，改写这一页里标记之间的清单，如 docs/shiyan.md。",
)
def critical_gaps_command(
    db: str | None, city: str | None, chain: str | None, top: int, page: Path | None
) -> None:
    """列出每条链最要紧的缺口，连同算式和理由，可以放进文档。"""
    from mapapp.journeys.critical_gaps import as_markdown, most_critical, with_gaps

    bureau = _bureau(db, city)
    if page:
        page.write_text(with_gaps(bureau, page.read_text("utf-8"), top), "utf-8")
        return
    chosen = bureau.catalogue.chain(chain) if chain else None
    for item in [chosen] if chosen else bureau.catalogue.chains.values():
        click.echo(f"## {item.name}\n\n{as_markdown(most_critical(bureau, item.id, top))}")


@main.command()
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
    bureau = _bureau(db, city)
    if office:
        _office_list(bureau, office, public, limit, output)
        return
    chosen = _selection(bureau, county, chain, link)
    visited = bureau.gazetteer.divisions.find_prefecture(roadshow).code if roadshow else None
    found = rank_targets(bureau, chosen.county, chosen.chain, chosen.link, visited, limit)
    if output:
        table = target_table(bureau, found, chosen, visited)
        _write(output, as_file(table, kind, output.stem, "targets").data)
    if as_json:
        _print_json([records.target_record(item) for item in found])
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
    _write(output, office_workbook(bureau, offices, edition, "命令行", limit).data)


@main.command()
@common
@click.option("--chain", required=True, help="产业链的代号或全称。")
@click.option("--county", help="县市区的代码或名称，默认全市。")
@click.option("--paper", default="A4", help="纸张：A4、A3 或 A1，横放。")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="写成 .svg、.png 或 .pdf 文件。",
)
def picture(
    db: str | None, city: str | None, chain: str, county: str | None, paper: str, output: Path
) -> None:
    """把产业链画成打印用的一张图：缺环、重要度、图例、来源、日期。"""
    from mapapp.journeys.chain_sheet import KINDS, chain_sheet
    from mapapp.journeys.chain_view import view_chain
    from mapapp.journeys.selection import OTHER_CHAIN

    kind = output.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise Refusal(f"--output 要以 .svg、.png 或 .pdf 结尾，不能是“{output.name}”")
    bureau = _bureau(db, city)
    chosen = _selection(bureau, county, chain)
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        raise Refusal(f"“{chain}”不是一条产业链，没有图")
    view = view_chain(bureau, chosen.chain, chosen)
    _write(output, chain_sheet(bureau, view, kind, paper.upper()).data)


@main.command("what-if")
@common
@click.option("--chain", required=True, help="产业链的代号或全称。")
@click.option("--county", "--place", help="县市区的代码或名称，默认全市。")
@click.option("--firm", "firms", multiple=True, help="可能落地的企业，可以写几次。")
@click.option("--link", "links", multiple=True, help="它落在的环节，与 --firm 一一对应。")
@click.option("--probability", type=click.FloatRange(0, 1), help="落地概率，默认用权重里的。")
@click.option("--best", type=click.IntRange(1, 30), metavar="K", help="不写企业，推荐最好的 K 家。")
@click.option("--one-each", is_flag=True, help="与 --best 同用：每个环节只取一家。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def what_if_command(
    db: str | None,
    city: str | None,
    chain: str,
    county: str | None,
    firms: tuple[str, ...],
    links: tuple[str, ...],
    probability: float | None,
    best: int | None,
    one_each: bool,
    as_json: bool,
) -> None:
    """落地推演：这些企业来了，链会怎样；或推荐加分最多的几家。是推演，不是预测。"""
    from mapapp.journeys import records, what_if
    from mapapp.journeys.selection import OTHER_CHAIN

    if bool(firms) == (best is not None) or len(firms) != len(links):
        raise Refusal("请写 --best K，或一一对应的 --firm 和 --link")
    bureau = _bureau(db, city)
    chosen = _selection(bureau, county, chain)
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        raise Refusal(f"“{chain}”不是一条产业链，不能推演")
    if best:
        picks = what_if.best(bureau, chosen.chain, chosen.county, best, one_each)
    else:
        words = [f"{link}|{firm}" for link, firm in zip(links, firms, strict=True)]
        picks = what_if.read_picks(bureau, chosen.chain, words)
    if probability is not None:
        picks = tuple(replace(pick, probability=probability) for pick in picks)
    found = what_if.play(bureau, chosen.chain, chosen.county, picks)
    if as_json:
        _print_json(records.play_record(found))
        return
    for step in found.steps:
        click.echo(f"{step.gain:+6.1f}  {step.pick.firm}  {step.pick.link}")
    for sentence in (*found.outcome.sentences, *found.outcome.remarks):
        click.echo(sentence)


@main.command()
@common
@click.option("--chain", help="产业链的代号或全称，默认全部。")
@click.option("--place", metavar="地市", help="看哪个地市，默认本市；要在名录或登记里有环节。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：七个部分都在内。")
def feasibility(
    db: str | None, city: str | None, chain: str | None, place: str | None, as_json: bool
) -> None:
    """给一个地市所缺的环节排可行性，容易做起来的在前；与重要度无关。"""
    from mapapp.journeys import records
    from mapapp.journeys.feasibility import find_place, prospects

    bureau = _bureau(db, city)
    found = prospects(bureau, chain, find_place(bureau, place) if place else None)
    if as_json:
        _print_json([records.outlook_record(item) for item in found])
        return
    for item in found:
        click.echo(f"{item.rank:3}/{item.lacking}  {item.total:6.2f}  {item.link}")


@main.command()
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
    from mapapp.journeys.import_batch import UPLOAD_LIMIT

    bureau = _bureau(db, city)
    with file.open("rb") as stream:
        data = stream.read(UPLOAD_LIMIT + 1)
    report = registers.preview(bureau, data, file.name)
    if not dry_run and report.entries:
        registers.commit(bureau, report, ACTOR)
    if as_json:
        _print_json(records.register_record(report))
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


@main.command("match-report")
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

    report = match_report.match_report(_bureau(db, city), pairs or match_report.PAIRS)
    if as_json:
        _print_json(match_report.as_record(report))
    else:
        for line in match_report.as_lines(report):
            click.echo(line)


@main.command("tag")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：每行一个对象，次序不变。")
def tag_command(file: Path, as_json: bool) -> None:
    """按名称和产品判断属于哪条链、哪些环节（CSV，列 name、product）。"""
    from chains import load
    from mapapp.journeys.suggest_links import as_record, read_named, tag_named

    rows = read_named(file.read_bytes())
    tags = tag_named(load(), rows)
    if as_json:
        _print_json([as_record(tag) for tag in tags])
        return
    for row, tag in zip(rows, tags, strict=True):
        links = "、".join(f"{item.link} {item.score:.2f}" for item in tag.links)
        click.echo(f"{tag.chain or '—'}  {row.name}  {links}")


@main.command("check-catalogue")
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
    divisions = load_gazetteer(_settings(None, None).geodata).divisions
    check = checks.check_catalogue(load(), divisions, found)
    if as_json:
        _print_json(checks.as_record(check))
    else:
        for line in checks.as_lines(check, only_open):
            click.echo(line)
    ctx.exit(1 if check.open else 0)


@main.command("catalogue-counts")
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
        _print_json(counts.as_records(rows))
    elif as_markdown:
        click.echo(counts.as_markdown(rows))
    elif not write:
        for line in counts.as_lines(rows):
            click.echo(line)


@main.group()
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
    bureau = _bureau(db, city)
    _write(output, (chain_workbook(bureau, chain) if chain else new_workbook(bureau)).data)


@catalogue.command("check")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def catalogue_check(ctx: click.Context, file: Path, db: str | None, city: str | None) -> None:
    """只看工作簿有没有问题、会变什么，不写入。有问题时退出码为 2。"""
    report = _edit(_bureau(db, city), file)
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

    bureau = _bureau(db, city)
    report = _edit(bureau, file)
    if report.refused or report.faults:
        ctx.exit(2)
    if report.writes:
        number = edit_catalogue.commit(bureau, report, note, ACTOR)
        click.echo(f"已写入，第 {number} 次修改。")


def _edit(bureau: Bureau, file: Path) -> EditReport:
    """What a workbook would do, told line by line."""
    from mapapp.journeys import edit_catalogue
    from mapapp.journeys.import_batch import UPLOAD_LIMIT

    with file.open("rb") as stream:
        data = stream.read(UPLOAD_LIMIT + 1)
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


def _loaded(bureau: Bureau) -> str:
    from mapapp.journeys.load_sample import load_sample

    done = load_sample(bureau)
    return (
        f"已装入样例：{done.projects} 个项目、{done.enterprises} 家企业、"
        f"{done.promotion_events} 场活动、{done.reported_figures} 条公开数据。"
    )


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


_ACTIONS = {"insert": "新增", "update": "更新", "same": "未变"}


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


main.add_command(sheet)
