"""县市区一页纸: one county's figures, chains, projects, sites and targets on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chains import Status
from mapapp.documents import Block, Bullets, Facts, Grid, Heading, Paragraph, Picture
from mapapp.draw.one_page import draw_county_cut
from mapapp.jobs import Progress
from mapapp.journeys.browse import list_enterprises
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.journeys.chart_map import county_cut
from mapapp.journeys.export import Export
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.milestones import is_stale, milestones
from mapapp.journeys.one_pager import (
    PROJECTS,
    as_page,
    cut,
    edition_words,
    in_cny,
    money,
    shown_facts,
    stage_titles,
    stages_shown,
    targets_block,
)
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.milestones import Standing
from mapapp.ledger.site import Site, SiteKind
from mapapp.outreach.edition import Edition

CHAINS, SITES = 6, 3
_NAMES = 31


def county_paper(
    bureau: Bureau, county: str, kind: str, edition: Edition, author: str, told: Progress
) -> Export:
    """One county on a page, as pdf or docx.

    Raises:
        UnknownDivision: the city has no such county.
        UnknownName: no such kind.
        NoTypeface: this machine has no Chinese typeface.
    """
    told.say("正在汇总县市区的数字")
    title = f"{bureau.county_name(county)}一页纸"
    blocks = county_blocks(bureau, county, edition)
    return as_page(bureau, title, f"county-{county}", blocks, kind, edition, author, told)


def county_blocks(bureau: Bureau, county: str, edition: Edition) -> list[Block]:
    """What the page says, from its heading to its definitions."""
    city, own = county_cut(bureau, county, edition)
    name = bureau.county_name(county)
    facts = shown_facts(chosen_facts(bureau, Selection(county=county)), edition)
    return [
        Heading(f"{bureau.city.name}{name} · 招商一页纸", 1),
        Facts(_figures(bureau, county, facts, edition), beside=2),
        Picture(draw_county_cut(city, own, f"{name}的项目")),
        *_stages(facts, edition),
        *_chains(bureau, county, facts),
        *_projects(bureau, facts, edition),
        *_sites(bureau, county),
        Heading("可以去找的企业"),
        targets_block(bureau, county, None, edition),
        Paragraph("", _definitions(bureau, edition)),
    ]


def _figures(
    bureau: Bureau, county: str, facts: Sequence[ProjectFacts], edition: Edition
) -> list[tuple[str, str]]:
    firms = [
        firm
        for firm in list_enterprises(bureau, Selection(county=county))
        if not firm.defunct and not firm.is_park
    ]
    sites = Counter(site.kind for site in _sites_of(bureau, county))
    kinds = "、".join(f"{kind} {sites[kind]}" for kind in SiteKind if sites[kind])
    zones = "、".join(zone.name for zone in bureau.city.zones if zone.host == county)
    found = [("项目", f"{len(facts)} 个")]
    if edition.is_internal:
        stale = sum(is_stale(item, bureau.today) for item in facts)
        found[0] = ("项目", f"{len(facts)} 个，其中待核实 {stale} 个")
        found += [
            ("协议金额", money(in_cny(facts), len(facts))),
            ("到位资金", money(in_cny(facts, paid=True), len(facts))),
            ("逾期", _overdue(bureau, county)),
        ]
    found += [
        ("企业", f"{len(firms)} 家，对应到环节 {sum(bool(firm.links) for firm in firms)} 家"),
        ("载体", f"{sites.total()} 个（{kinds}）" if kinds else "没有录入"),
    ]
    return [*found, ("功能区", zones)] if zones else found


def _overdue(bureau: Bureau, county: str) -> str:
    """The milestones that are late today, and of how many projects."""
    chosen = Selection(county=county)
    rows = milestones(bureau, bureau.today, chosen, standings=[Standing.OVERDUE]).rows
    if not rows:
        return "没有逾期的里程碑"
    projects = {row.facts.project_code for row in rows}
    stale = len({row.facts.project_code for row in rows if row.stale})
    more = f"（其中待核实 {stale} 个）" if stale else ""
    return f"里程碑 {len(rows)} 个，涉及项目 {len(projects)} 个{more}"


def _stages(facts: Sequence[ProjectFacts], edition: Edition) -> Iterable[Block]:
    yield Heading("各阶段的项目（个）")
    if not facts:
        yield Paragraph("台账里没有这个县市区的项目。")
        return
    counts = Counter(item.stage for item in facts)
    titles = [*stage_titles(edition), "合计"]
    row = [*(str(counts[stage]) for stage in stages_shown(edition)), str(len(facts))]
    yield Grid(titles, [row], (), range(len(titles)))


def _chains(bureau: Bureau, county: str, facts: Sequence[ProjectFacts]) -> Iterable[Block]:
    """The chains that the county has something of: projects, firms or links."""
    counts = Counter(item.chain for item in facts)
    rows = []
    for chain in bureau.chains_in_order():
        links = assess_chain(bureau, chain, county)
        statuses = Counter(link.status for link in links)
        held = [x.link for x in links if x.status in (Status.PRESENT, Status.WEAK)]
        if not held and not counts[chain.id]:
            continue
        lacking = [link for link in links if link.status is Status.MISSING]
        lacking.sort(key=lambda link: -link.criticality)
        rows.append(
            [
                chain.name,
                str(counts[chain.id]),
                *(str(statuses[status]) for status in _STATUSES),
                cut("、".join(held) or "没有", _NAMES),
                cut("、".join(link.link for link in lacking) or "没有", _NAMES),
            ]
        )
    rows.sort(key=lambda row: -int(row[1]))
    yield Heading("它的产业链")
    if not rows:
        yield Paragraph("还没有录入能对应到产业链的项目或企业，说不出有什么、缺什么。")
        return
    titles = ["产业链", "项目", *(status.label for status in _STATUSES), "有的环节", "最要紧的缺环"]
    yield Grid(titles, rows[:CHAINS], [16, 6, 6, 8, 6, 6, 26, 26], range(1, 6))
    remarks = []
    if len(rows) > CHAINS:
        remarks.append(f"还有 {len(rows) - CHAINS} 条链，这里列项目多的 {CHAINS} 条")
    if counts[None]:
        remarks.append(f"不属于任何产业链（{OTHER}）的项目 {counts[None]} 个")
    if remarks:
        yield Paragraph("", "；".join(remarks))


_STATUSES = (Status.PRESENT, Status.PLANNED, Status.WEAK, Status.MISSING)


def _projects(bureau: Bureau, facts: Sequence[ProjectFacts], edition: Edition) -> Iterable[Block]:
    by_amount = edition.is_internal
    yield Heading("主要项目" + ("，协议金额大的在前" if by_amount else "，走得远的在前"))
    if not facts:
        yield Paragraph("没有可列的项目。")
        return

    def order(item: ProjectFacts) -> tuple[float, int, str]:
        amount = item.contracted if by_amount else None
        stated = float(amount.wan) if amount and amount.currency == "CNY" else 0.0
        return (-stated, -(item.stage.order if item.stage else -1), item.project_code)

    titles, widths, right = ["项目", "产业链", "阶段", "签约"], [44.0, 20, 8, 10], [4]
    if by_amount:
        titles, widths = [*titles, "协议金额（亿元）"], [*widths, 14]
    rows = []
    for item in sorted(facts, key=order)[:PROJECTS]:
        row = [
            cut(item.name, 40),
            bureau.chain_name(item.chain),
            item.stage.value if item.stage else "未明",
            str(item.signed) if item.signed else "未写明",
        ]
        stated = item.contracted
        amount = f"{stated.yi:,.2f}" if stated and stated.currency == "CNY" else "—"
        rows.append([*row, amount] if by_amount else row)
    yield Grid(titles, rows, widths, right if by_amount else ())


def _sites_of(bureau: Bureau, county: str) -> list[Site]:
    return [site for site in bureau.store.sites.all() if site.county == county]


def _sites(bureau: Bureau, county: str) -> Iterable[Block]:
    sites = _sites_of(bureau, county)
    yield Heading("载体")
    if not sites:
        yield Paragraph("没有录入这个县市区的园区、厂房和地块。")
        return
    lines = []
    for site in sites[:SITES]:
        free = site.available_from or site.available_text
        parts = [site.kind.value, str(site.area or site.floor_area or ""), site.industries]
        said = "，".join(part for part in [*parts, f"{free}可用" if free else ""] if part)
        lines.append(Paragraph(cut(f"{site.name}（{said}）", 70)))
    if len(sites) > SITES:
        lines.append(Paragraph(f"等 {len(sites)} 个，见“载体”页"))
    yield Bullets(lines)


def _definitions(bureau: Bureau, edition: Edition) -> str:
    return (
        f"本库台账，截至 {bureau.today:%Y-%m-%d}；一个项目算一次，功能区的项目已计入所在县市区。"
        "协议金额、到位资金是两个口径，只加写明人民币的。环节按本县自己的供需判断，"
        "缺环指本库没有录入在产在建的企业或项目，不等于本地没有。"
        f"{edition_words(edition)}边界：天地图（CGCS2000），{review_words(bureau)}。"
    )


def review_words(bureau: Bureau) -> str:
    """The map's review number, or that it has none."""
    review = bureau.settings.map_review
    return f"审图号 {review}" if review else "内部工作用图，没有审图号，公开张贴或印发前须送审"
