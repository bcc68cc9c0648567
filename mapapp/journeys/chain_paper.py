"""产业链一页纸: how complete a chain is here, who is on it, what lacks and whom to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chains import Status
from mapapp.documents import Block, Facts, Grid, Heading, Paragraph, Picture
from mapapp.draw.one_page import draw_chain_panel
from mapapp.jobs import Progress
from mapapp.journeys.bureau import UNASSIGNED, Bureau
from mapapp.journeys.chain_sheet import chain_source, marks_of
from mapapp.journeys.chain_view import ChainView, view_chain
from mapapp.journeys.export import Export
from mapapp.journeys.one_pager import (
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
from mapapp.journeys.printed_gaps import gap_groups
from mapapp.journeys.project_facts import chosen_facts
from mapapp.journeys.selection import Selection
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import LocalEnterprise
from mapapp.outreach.edition import Edition

GAPS, FIRMS, COUNTIES = 5, 8, 7
LEADING = ("链主", "龙头", "领军", "上市", "隐形冠军", "小巨人")
"""Words of the ledger's own column 类型 that make a firm a leading one."""


def chain_paper(
    bureau: Bureau, selection: Selection, kind: str, edition: Edition, author: str, told: Progress
) -> Export:
    """The selection's chain on a page, in the city or in a county, as pdf or docx.

    Raises:
        UnknownName: no such chain or kind.
        NoTypeface: this machine has no Chinese typeface.
    """
    told.say("正在汇总产业链的数字")
    view = view_chain(bureau, selection.chain or "", selection)
    blocks = chain_blocks(bureau, view, edition)
    place = bureau.county_name(view.county) if view.county else bureau.city.name
    title = f"{place}{view.chain.name}一页纸"
    return as_page(bureau, title, f"chain-{view.chain.id}", blocks, kind, edition, author, told)


def chain_blocks(bureau: Bureau, view: ChainView, edition: Edition) -> list[Block]:
    """What the page says, from its heading to its definitions."""
    place = bureau.county_name(view.county) if view.county else ""
    chosen = Selection(county=view.county, chain=view.chain.id)
    facts = shown_facts(chosen_facts(bureau, chosen), edition)
    firms = _firms(bureau, view)
    marks = marks_of(bureau, view, edition.is_internal)
    return [
        Heading(f"{bureau.city.name}{place} · {view.chain.name}一页纸", 1),
        Facts(_figures(view, facts, firms, edition), beside=2),
        Picture(draw_chain_panel(view.chain, marks)),
        *_gaps(bureau, chosen, edition),
        Heading("可以去找的企业，匹配度高的在前"),
        targets_block(bureau, view.county, view.chain.id, edition),
        *_local(bureau, view, firms),
        *_counties(bureau, facts, edition),
        Paragraph("", _definitions(bureau, view, edition)),
    ]


def _figures(
    view: ChainView,
    facts: Sequence[ProjectFacts],
    firms: Sequence[LocalEnterprise],
    edition: Edition,
) -> list[tuple[str, str]]:
    counts, total = view.counts, sum(view.counts.values())
    shares = "、".join(f"{s.label} {counts[s]}" for s in Status if counts[s])
    held = counts[Status.PRESENT] + counts[Status.WEAK]
    found = [
        ("环节", f"{total} 个：{shares}"),
        ("有在产在建", f"{held} 个环节（具备和薄弱），占 {held / total:.0%}"),
        ("项目", f"{len(facts)} 个"),
        ("本地企业", f"{len(firms)} 家，对应到环节 {sum(bool(firm.links) for firm in firms)} 家"),
    ]
    if edition.is_internal:
        found += [
            ("协议金额", money(in_cny(facts), len(facts))),
            ("到位资金", money(in_cny(facts, paid=True), len(facts))),
        ]
    return found


def _gaps(bureau: Bureau, chosen: Selection, edition: Edition) -> Iterable[Block]:
    groups = gap_groups(bureau, chosen, edition, GAPS)
    yield Heading("关键缺口" + ("，按重要度" if edition.is_internal else "，要紧的在前"))
    if not groups:
        yield Paragraph("没有缺口，或者还没有录入能判断缺口的企业和项目。")
        return
    rows = []
    for group in groups:
        firms = "、".join(firm.name for firm in group.firms[:3]) or "名录里没有"
        bound = f"（{group.bound}）" if group.bound else ""
        rows.append(
            [group.link, f"{group.status.label} · {group.facts}{bound}", cut(group.why, 52), firms]
        )
    yield Grid(["环节", "状态和做法", "为什么", "先找谁"], rows, [18, 24, 34, 24])


def _firms(bureau: Bureau, view: ChainView) -> list[LocalEnterprise]:
    """The firms at work on the chain: leading ones first, then those on most of its links."""
    links = view.chain.links.keys()
    found = [
        firm
        for firm in bureau.store.enterprises()
        if not firm.defunct
        and not firm.is_park
        and view.county in (None, firm.county)
        and (firm.chain == view.chain.id or links & set(firm.links))
    ]
    return sorted(found, key=lambda f: (not _leads(f), -len(links & set(f.links)), f.id))


def _leads(firm: LocalEnterprise) -> bool:
    return any(word in firm.kind for word in LEADING)


def _local(bureau: Bureau, view: ChainView, firms: Sequence[LocalEnterprise]) -> Iterable[Block]:
    """Leading firms by name with what they are called in the ledger, then the others."""
    yield Heading("本地企业")
    if not firms:
        yield Paragraph("没有录入这条链的本地企业。")
        return
    leading = [firm for firm in firms if _leads(firm)]
    others = [firm for firm in firms if not _leads(firm)]
    if leading:
        named = "、".join(f"{firm.name}（{firm.kind}）" for firm in leading[:FIRMS])
        yield Paragraph(cut(f"链主、龙头 {len(leading)} 家：{named}", 110))
    else:
        yield Paragraph("台账的“类型”一栏没有写明哪家是链主或龙头。")
    if others:
        named = "、".join(firm.name for firm in others[:FIRMS])
        more = f"等 {len(others)} 家" if len(others) > FIRMS else ""
        yield Paragraph(cut(f"其他：{named}{more}", 150))


def _counties(bureau: Bureau, facts: Sequence[ProjectFacts], edition: Edition) -> Iterable[Block]:
    """Projects by county and stage, those counties first that have most."""
    yield Heading("项目按县市区和阶段（个）")
    if not facts:
        yield Paragraph("台账里没有这条链的项目。")
        return
    counts = Counter((item.county, item.stage) for item in facts)
    totals = Counter(item.county for item in facts)
    stages = stages_shown(edition)
    order = sorted(totals, key=lambda code: (code is None, -totals[code], code or ""))
    rows = [
        [
            bureau.county_name(code) if code else UNASSIGNED,
            *(str(counts[code, stage] or "") for stage in stages),
            str(totals[code]),
        ]
        for code in order
    ]
    if len(rows) > COUNTIES + 1:
        rest = order[COUNTIES:]
        summed = [sum(counts[code, stage] for code in rest) for stage in stages]
        whole = str(sum(totals[code] for code in rest))
        rows = [*rows[:COUNTIES], [f"其他 {len(rest)} 处", *(str(n or "") for n in summed), whole]]
    titles = ["县市区", *stage_titles(edition), "合计"]
    widths = [16.0, *([7.0] * (len(titles) - 1))]
    yield Grid(titles, rows, widths, range(1, len(titles)))


def _definitions(bureau: Bureau, view: ChainView, edition: Edition) -> str:
    demand = "本县自己的供需" if view.county else "全市供需"
    return (
        f"{chain_source(view.chain)}；本库台账，截至 {bureau.today:%Y-%m-%d}，一个项目算一次。"
        f"环节按{demand}判断，缺环指本库没有录入在产在建的企业或项目，不等于本地没有，"
        f"用前请核实。协议金额、到位资金是两个口径，只加写明人民币的。{edition_words(edition)}"
    )
