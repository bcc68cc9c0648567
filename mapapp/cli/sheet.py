"""The command `sheet`: a 挂图, or a county or chain on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mapapp.cli.command import ACTOR, Refusal, common, open_city, write_file

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau
    from mapapp.journeys.export import Export
    from mapapp.journeys.selection import Selection
    from mapapp.outreach.edition import Edition


@click.command()
@common
@click.option("--chain", help="产业链的代号或全称；挂图不写就是全部产业链。")
@click.option("--link", help="环节名：挂图把它圈出来，目标企业排在最前。")
@click.option("--county", "--place", help="县市区或功能区的代码或名称，默认全市。")
@click.option("--stage", help="只画这个阶段的项目。")
@click.option("--period", help="只画这段时间签约的项目，如 2023、2023H1。")
@click.option("--paper", help="挂图的纸张：A4、A3 或 A1，横放；默认 A4。")
@click.option("--one-page", is_flag=True, help="和 --chain 同用：写产业链一页纸，不写挂图。")
@click.option("--public", is_flag=True, help="写对外版：没有分数和金额，只含开工以后的项目。")
@click.option("--author", default=ACTOR, help="写在内部版水印里的名字。")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="挂图写成 .pdf 或 .png；一页纸写成 .pdf 或 .docx。",
)
def sheet(
    db: str | None,
    city: str | None,
    chain: str | None,
    link: str | None,
    county: str | None,
    stage: str | None,
    period: str | None,
    paper: str | None,
    one_page: bool,
    public: bool,
    author: str,
    output: Path,
) -> None:
    """挂图或一页纸。只写 --county 是县市区一页纸；加上 --chain 或 --paper 是挂图。"""
    from mapapp.journeys.list_files import read_edition
    from mapapp.journeys.selection import read_selection

    bureau = open_city(db, city)
    words = {"place": county, "chain": chain, "link": link, "stage": stage, "period": period}
    chosen = read_selection(bureau, {name: text for name, text in words.items() if text})
    edition = read_edition("public" if public else "internal")
    hung = not one_page and (paper or chain or not chosen.county)
    kinds = ("pdf", "png") if hung else ("pdf", "docx")
    kind = output.suffix.lower().removeprefix(".")
    if kind not in kinds:
        what = "挂图" if hung else "一页纸"
        raise Refusal(
            f"{what}的 --output 要以 .{kinds[0]} 或 .{kinds[1]} 结尾，不能是“{output.name}”"
        )
    if hung:
        made = _wall_chart(bureau, chosen, kind, paper or "A4", edition, author)
    else:
        made = _page(bureau, chosen, kind, edition, author)
    write_file(output, made.data)


def _wall_chart(
    bureau: Bureau, chosen: Selection, kind: str, paper: str, edition: Edition, author: str
) -> Export:
    from mapapp.jobs import Quiet
    from mapapp.journeys.wall_chart import wall_chart

    return wall_chart(bureau, chosen, kind, paper.upper(), edition, author, Quiet())


def _page(bureau: Bureau, chosen: Selection, kind: str, edition: Edition, author: str) -> Export:
    from mapapp.jobs import Quiet
    from mapapp.journeys.chain_paper import chain_paper
    from mapapp.journeys.county_paper import county_paper
    from mapapp.journeys.selection import OTHER_CHAIN

    if chosen.chain and chosen.chain != OTHER_CHAIN:
        return chain_paper(bureau, chosen, kind, edition, author, Quiet())
    if chosen.county and not chosen.chain:
        return county_paper(bureau, chosen.county, kind, edition, author, Quiet())
    raise Refusal("一页纸要写 --county 县市区，或 --chain 产业链和 --one-page")
