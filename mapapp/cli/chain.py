"""Commands that look at a chain: its gaps, its picture, what a landing would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from mapapp.cli.command import Refusal, common, open_city, print_json, select, write_file


@click.command()
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

    bureau = open_city(db, city)
    chosen = select(bureau, county, chain)
    found = find_gaps(bureau, chosen.county, chosen.chain)
    if as_json:
        print_json([records.gap_record(gap) for gap in found])
        return
    for gap in found:
        if gap.is_gap:
            link = gap.here
            click.echo(
                f"{link.criticality:5.1f}  {link.status.label}  {gap.chain_name} › {link.link}"
                f"  {link.why[0]}"
            )


@click.command("critical-gaps")
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

    bureau = open_city(db, city)
    if page:
        page.write_text(with_gaps(bureau, page.read_text("utf-8"), top), "utf-8")
        return
    chosen = bureau.catalogue.chain(chain) if chain else None
    for item in [chosen] if chosen else bureau.catalogue.chains.values():
        click.echo(f"## {item.name}\n\n{as_markdown(most_critical(bureau, item.id, top))}")


@click.command()
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
    bureau = open_city(db, city)
    chosen = select(bureau, county, chain)
    if not chosen.chain or chosen.chain == OTHER_CHAIN:
        raise Refusal(f"“{chain}”不是一条产业链，没有图")
    view = view_chain(bureau, chosen.chain, chosen)
    write_file(output, chain_sheet(bureau, view, kind, paper.upper()).data)


@click.command("what-if")
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
    bureau = open_city(db, city)
    chosen = select(bureau, county, chain)
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
        print_json(records.play_record(found))
        return
    for step in found.steps:
        click.echo(f"{step.gain:+6.1f}  {step.pick.firm}  {step.pick.link}")
    for sentence in (*found.outcome.sentences, *found.outcome.remarks):
        click.echo(sentence)


@click.command()
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

    bureau = open_city(db, city)
    found = prospects(bureau, chain, find_place(bureau, place) if place else None)
    if as_json:
        print_json([records.outlook_record(item) for item in found])
        return
    for item in found:
        click.echo(f"{item.rank:3}/{item.lacking}  {item.total:6.2f}  {item.link}")
