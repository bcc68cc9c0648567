"""挂图作战: map, chain and targets of a selection on one sheet of paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

from chains import LinkAssessment, Status, UnknownName
from mapapp.draw import palette
from mapapp.draw.chain_strip import StripRow
from mapapp.draw.sheet import Paper, Sheet
from mapapp.draw.sheet_file import dpi_of
from mapapp.draw.sheet_frame import Caption, HeadNumber
from mapapp.draw.wall_chart import ChartChain, ChartTable, WallChart, draw_wall_chart
from mapapp.jobs import Progress
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.journeys.chain_sheet import KINDS, PAPERS, as_print, chain_source, marks_of
from mapapp.journeys.chain_view import view_chain
from mapapp.journeys.chart_map import ChartMap, chart_map
from mapapp.journeys.county_map import view_place
from mapapp.journeys.editions import OPEN_WORDS
from mapapp.journeys.export import Export
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.printed_gaps import gap_groups
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.journeys.send_out import safe_name
from mapapp.outreach.edition import Edition

CHART_KINDS = ("pdf", "png")
NO_DEMAND = (
    "还没有录入能对应到环节的企业或项目，不知道缺什么，也就排不出要找谁。先导入台账，再生成挂图。"
)
NO_GAPS = "这里没有缺环或薄弱环节，也就没有要找的企业。"
NAMED = 6
"""As many missing links stand beside a chain in the table of all chains; what fits is printed."""

__all__ = ["CHART_KINDS", "PAPERS", "check_paper", "compose", "resolutions", "wall_chart"]


def wall_chart(
    bureau: Bureau,
    selection: Selection,
    kind: str,
    paper: str,
    edition: Edition,
    author: str,
    told: Progress,
) -> Export:
    """The selection as one sheet: pdf (vectors) or png (`resolutions`), A4, A3 or A1.

    Raises:
        UnknownName: no such kind or paper.
        NoTypeface: this machine has no Chinese typeface.
    """
    check_paper(kind, paper)
    told.say("正在排缺口和目标企业")
    wall = compose(bureau, selection, edition, author)
    told.say("正在画图")

    def draw(notice: str) -> Sheet:
        return draw_wall_chart(replace(wall, notice=notice), Paper[paper])

    data = as_print(bureau, draw, kind)
    title = f"{safe_name(wall.caption.title)}-{paper}-{edition.label}-{bureau.today:%Y%m%d}"
    plain = f"wall-{selection.chain or 'all'}-{paper}-{edition.value}.{kind}"
    return Export(f"{title}.{kind}", plain, KINDS[kind], data)


def check_paper(kind: str, paper: str) -> None:
    """Raises UnknownName where there is no such kind or paper."""
    if kind not in CHART_KINDS:
        raise UnknownName("挂图格式", kind, CHART_KINDS)
    if paper not in PAPERS:
        raise UnknownName("纸张", paper, PAPERS)


def resolutions() -> dict[str, int]:
    """Pixels to an inch of a PNG, by paper: fewer on A1, so that it stays small enough to open."""
    return {name: dpi_of(Paper[name]) for name in PAPERS}


def compose(bureau: Bureau, selection: Selection, edition: Edition, author: str) -> WallChart:
    """What stands on the sheet, before it is drawn."""
    now = datetime.now()
    seen = chart_map(bureau, selection, edition)
    return WallChart(
        caption=Caption(
            f"{place_name(bureau, selection)}{_chain_words(bureau, selection)}招商挂图",
            _scope(bureau, selection, edition),
            tuple(_sources(bureau, selection, seen)),
            f"制图：{bureau.today:%Y-%m-%d}",
        ),
        numbers=_numbers(bureau, selection, edition, seen),
        map_title="项目分布",
        map_remark=_map_remark(bureau, selection, edition, seen),
        map=seen.city,
        table=_table(bureau, selection, edition),
        chain=_chain(bureau, selection, edition, seen),
        watermark=edition.watermark(author, now),
    )


def place_name(bureau: Bureau, selection: Selection) -> str:
    """The city, and the county or zone in it that was selected."""
    if selection.zone:
        name, short = selection.zone.name, bureau.city.name.removesuffix("市")
        return name if name.startswith(short) else bureau.city.name + name
    if selection.unassigned:
        return f"{bureau.city.name}{bureau.county_name(None)}"
    return bureau.city.name + (bureau.county_name(selection.county) if selection.county else "")


def _one_chain(selection: Selection) -> str | None:
    return None if selection.chain == OTHER_CHAIN else selection.chain


def _chain_words(bureau: Bureau, selection: Selection) -> str:
    if selection.chain == OTHER_CHAIN:
        return f"{OTHER}产业"
    return bureau.chain_name(selection.chain) if selection.chain else ""


def _scope(bureau: Bureau, selection: Selection, edition: Edition) -> str:
    """For whom it is, and what counts as what."""
    demand = "本县自己的供需" if selection.county else "全市供需"
    said = [
        edition.label,
        f"缺口按{demand}判断，不随阶段、时段变；"
        "缺环指本库没有录入在产在建的企业或项目，不等于本地没有，用前请核实",
    ]
    if edition.is_internal:
        said.append("重要度、匹配分为 0–100，后者只有“业务契合”经过检验")
    else:
        said.append(f"只含{OPEN_WORDS}的项目，不写分数和金额")
    return "。".join(said) + "。"


def _filters(bureau: Bureau, selection: Selection) -> str:
    parts = [
        _chain_words(bureau, selection),
        f"环节“{selection.link}”" if selection.link else "",
        f"阶段“{selection.stage}”" if selection.stage else "",
        f"{selection.period} 签约" if selection.period else "",
    ]
    return "、".join(part for part in parts if part)


def _map_remark(bureau: Bureau, selection: Selection, edition: Edition, seen: ChartMap) -> str:
    chosen = _filters(bureau, selection)
    which = f"（{chosen}）" if chosen else "（各阶段）" if edition.is_internal else ""
    name = place_name(bureau, selection).removeprefix(bureau.city.name)
    here = f"，其中{name} {seen.here} 个"
    return f"全市 {seen.total} 个项目{which}{here if selection.place else ''}"


def _numbers(
    bureau: Bureau, selection: Selection, edition: Edition, seen: ChartMap
) -> list[HeadNumber]:
    found = [HeadNumber(f"项目 {seen.here} 个")]
    if edition.is_internal:
        total = view_place(bureau, selection).total
        if total.contracted:
            stated = f"协议金额 {total.contracted.yi:,.2f} 亿元（{total.with_amount} 个写明）"
            found.append(HeadNumber(stated))
    if chain := _one_chain(selection):
        links = assess_chain(bureau, bureau.catalogue.chain(chain), selection.county)
        counts = Counter(link.status for link in links)
        found += [HeadNumber(f"{s.label} {counts[s]}", s) for s in Status if counts[s]]
    return found


def _table(bureau: Bureau, selection: Selection, edition: Edition) -> ChartTable:
    groups = gap_groups(bureau, selection, edition)
    empty = NO_GAPS
    if not any(link.status is not Status.NO_DEMAND for link in _links(bureau, selection)):
        empty = NO_DEMAND
    title = "缺口和目标企业" if selection.link else "最要紧的缺口和目标企业"
    chosen = "所选环节在前，" if selection.link else ""
    first = "缺口按重要度排" if edition.is_internal else "要紧的缺口在前"
    remark = f"{chosen}{first}，企业按匹配度排；本地已有的不列"
    return ChartTable(title, remark, groups, edition.is_internal, empty)


def _links(bureau: Bureau, selection: Selection) -> list[LinkAssessment]:
    chain = _one_chain(selection)
    chains = [bureau.catalogue.chain(chain)] if chain else bureau.catalogue.chains.values()
    return [link for one in chains for link in assess_chain(bureau, one, selection.county)]


def _chain(bureau: Bureau, selection: Selection, edition: Edition, seen: ChartMap) -> ChartChain:
    """The chain selected; without one, all of them: to pick one would say what nobody asked."""
    county_wise = "本县" if selection.county else "全市"
    if chain := _one_chain(selection):
        view = view_chain(bureau, chain, selection)
        marks = marks_of(bureau, view, edition.is_internal, selection.link)
        remark = f"{len(marks)} 个环节，{county_wise}的状态；红色实底是最要紧的缺环"
        return ChartChain(f"{view.chain.name}产业链", remark, view.chain, marks)
    other = "“其他”不是一条产业链，下面是全部产业链；" if selection.chain else ""
    remark = f"{other}每个符号一个环节，{county_wise}的状态"
    return ChartChain("各产业链完整程度", remark, rows=_strip(bureau, selection, seen))


def _strip(bureau: Bureau, selection: Selection, seen: ChartMap) -> list[StripRow]:
    """A row for each chain, the city's leading ones first."""
    colours = palette.chain_colours(bureau.catalogue.chains)
    rows = []
    for chain in bureau.chains_in_order():
        links = assess_chain(bureau, chain, selection.county)
        missing = [link for link in links if link.status is Status.MISSING]
        missing.sort(key=lambda link: -link.criticality)
        rows.append(
            StripRow(
                chain.name,
                colours[chain.id],
                seen.by_chain.get(chain.id, 0),
                Counter(link.status for link in links),
                [link.link for link in missing[:NAMED]],
            )
        )
    return rows


def _sources(bureau: Bureau, selection: Selection, seen: ChartMap) -> list[str]:
    review = bureau.settings.map_review
    edge = f"审图号 {review}" if review else "内部工作用图，没有审图号，公开张贴或印发前须送审"
    chain = _one_chain(selection)
    linked = (
        chain_source(bureau.catalogue.chain(chain))
        if chain
        else f"链谱 {len(bureau.catalogue.chains)} 条链"
    )
    return [
        f"边界：天地图（CGCS2000，横轴墨卡托投影），{edge}。"
        f"项目：本库台账，截至 {bureau.today:%Y-%m-%d}，计 {seen.total} 个。"
        f"产业链：{linked}。目标企业：链谱的企业名录。"
    ]
