"""简报 as papers: one A4 page a firm, a whole set in one file, for us or for those visited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from mapapp.documents import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    NewPage,
    OnePage,
    Paragraph,
    Picture,
)
from mapapp.draw.lettering import elide
from mapapp.draw.link_surroundings import draw_surroundings
from mapapp.draw.print_link import PrintMark
from mapapp.draw.sheet import Sheet
from mapapp.jobs import Progress
from mapapp.journeys.brief import (
    NEIGHBOURS,
    Brief,
    CountyOffer,
    FilledLink,
    Said,
    brief_of,
    said,
)
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.editions import may_show
from mapapp.journeys.export import Export
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.list_files import MIMES, as_paper
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.target_lists import ListedRow
from mapapp.ledger.project import InvestmentProject
from mapapp.outreach.edition import Edition
from mapapp.outreach.pursuit_cells import cells_of

_LONGEST, _QUESTIONS, _GATES = 110, 5, 2
"""Widths of a text in characters and numbers of lines, so that a brief fits on its page."""
_SOURCES = "来源"


def briefs_of(
    bureau: Bureau, rows: Sequence[ListedRow], edition: Edition, told: Progress
) -> list[Brief]:
    """The briefs of the firms on rows of a list, each firm once, in the order of the list."""
    of_firm: dict[str, list[ListedRow]] = {}
    for row in rows:
        of_firm.setdefault(row.row.firm, []).append(row)
    found = []
    told.say("正在写企业简报", len(of_firm))
    for number, (firm, some) in enumerate(of_firm.items()):
        told.step(number)
        links = [(one.row.chain, one.row.link) for one in some if _known(bureau, one)]
        pursuit = _pursuit(some) if edition.is_internal else ()
        found.append(brief_of(bureau, firm, links, pursuit))
    return found


def briefs_document(
    bureau: Bureau, title: str, briefs: Sequence[Brief], edition: Edition, author: str
) -> Document:
    """The briefs one after another, a page each."""
    blocks: list[Block] = []
    for number, brief in enumerate(briefs):
        if number:
            blocks.append(NewPage())
        blocks.append(OnePage(brief_blocks(bureau, brief, edition)))
    now = datetime.now()
    return Document(
        title,
        blocks,
        "",
        f"链图 {bureau.city.name} · 企业简报 · {now:%Y-%m-%d}",
        edition.watermark(author, now),
        titled=False,
    )


def brief_file(
    bureau: Bureau,
    title: str,
    rows: Sequence[ListedRow],
    kind: str,
    edition: Edition,
    author: str,
    told: Progress,
) -> Export:
    """The briefs of the firms on these rows as one pdf or docx.

    Raises:
        NoTypeface: this machine has no Chinese typeface.
    """
    briefs = briefs_of(bureau, rows, edition, told)
    told.say("正在排版")
    data = as_paper(bureau, briefs_document(bureau, title, briefs, edition, author), kind)
    name = f"{safe_name(title)}-简报-{edition.label}-{bureau.today:%Y%m%d}.{kind}"
    return Export(name, f"briefs-{edition.value}.{kind}", MIMES[kind], data)


def brief_blocks(bureau: Bureau, brief: Brief, edition: Edition) -> list[Block]:
    """One brief from its heading to its questions."""
    found: list[Block] = [Heading(brief.firm, 1)]
    found.append(Facts([(label, one.text) for label, one in _folded(brief.facts)], beside=2))
    found.append(_sources(one for _, one in brief.facts))
    for number, link in enumerate(brief.links):
        found += _link(bureau, link, edition, drawn=number == 0)
    found += _firms("谁会买它的", brief.customers, "本地没有录入它的下游企业")
    found += _firms("谁能供给它", brief.suppliers, "本地没有录入它的上游企业")
    found += _counties(brief.counties)
    found += _compared(bureau, brief.comparable, edition)
    if edition.is_internal:
        if brief.questions:
            asked = [Paragraph(q.text, q.why) for q in brief.questions[:_QUESTIONS]]
            found += [Heading("要问的"), Bullets(asked)]
        if brief.pursuit:
            said_ = [(label, _cut(text)) for label, text in brief.pursuit]
            found += [Heading("接洽情况"), Facts(said_, beside=2)]
    return found


def surroundings(bureau: Bureau, link: FilledLink) -> Sheet:
    """The picture of a link with what feeds it and what it feeds, as the city stands today."""
    chain = bureau.catalogue.chain(link.chain)
    marks = {
        item.link: PrintMark(
            item.status,
            item.criticality,
            bool(chain.links[item.link].key),
            item.link == link.link,
            tuple(source.name for source in item.supply.active(bureau.weights)),
        )
        for item in assess_chain(bureau, chain)
    }
    inputs, users = (
        sorted(map(str, side[link.link]), key=lambda name: -(marks[name].criticality or 0.0))
        for side in (chain.graph.pred, chain.graph.succ)
    )
    return draw_surroundings(link.link, inputs, users, marks)


def _known(bureau: Bureau, row: ListedRow) -> bool:
    """Whether the catalogue still holds the link that the row was made for."""
    chain = bureau.catalogue.chains.get(row.row.chain)
    return chain is not None and row.row.link in chain.links


def _pursuit(rows: Sequence[ListedRow]) -> list[tuple[str, str]]:
    """What the team wrote of a firm, on the first of its rows that says something."""
    cells = [cells_of(row.row.pursuit) for row in rows]
    found = [(title, next((c[title] for c in cells if c[title]), "")) for title in cells[0]]
    visits = [visit for row in rows for visit in row.visits]
    if visits:
        last = max(visits, key=lambda visit: visit.on)
        met = f"，对方 {last.met}" if last.met else ""
        found.append(("最近一次", f"{last.on} {last.approach}{met}：{last.said}"))
    return found


def _folded(facts: Sequence[tuple[str, Said]]) -> list[tuple[str, Said]]:
    """The facts, each cut to what a page holds."""
    return [(label, Said(_cut(one.text), one.source)) for label, one in facts]


def _sources(statements: Iterable[Said]) -> Paragraph:
    """Where the facts come from, each source once; nothing where nothing is stated."""
    named = dict.fromkeys(one.source for one in statements if one.text and one.source)
    return Paragraph("", _cut(f"{_SOURCES}：{'；'.join(named)}", 160) if named else "")


def _link(bureau: Bureau, link: FilledLink, edition: Edition, drawn: bool) -> Iterable[Block]:
    remedy = f"，{link.remedy.label}" if link.remedy and edition.is_internal else ""
    standing = f"本地{link.status.label}{remedy}，" if edition.is_internal else ""
    score = f"重要度 {link.criticality:.1f}，" if edition.is_internal else ""
    yield Heading(f"能补的环节：{link.link}")
    product = f"；它做 {link.product}" if link.product else ""
    yield Paragraph(_cut(f"{standing}{score}属{link.chain_name}{product}。", 140))
    if link.gates:
        ban = "不得新建。" if link.banned else ""
        some = "；".join(_cut(gate.says(), 60) for gate in link.gates[:_GATES])
        more = f"；等 {len(link.gates)} 条" if len(link.gates) > _GATES else ""
        yield Paragraph(f"{ban}限制：{some}{more}。")
    if drawn and edition.is_internal:
        yield Picture(surroundings(bureau, link), f"{link.link}的上下游，圆圈是本地的状态", 0.86)


def _firms(title: str, firms: Sequence[Said], blank: str) -> Iterable[Block]:
    yield Heading(title)
    if not firms:
        yield Paragraph(f"{blank}。")
        return
    names = "、".join(one.text for one in firms[:NEIGHBOURS])
    more = f"等 {len(firms)} 家" if len(firms) > NEIGHBOURS else ""
    sources = "；".join(dict.fromkeys(one.source for one in firms[:NEIGHBOURS] if one.source))
    yield Paragraph(_cut(f"{names}{more}。", 260), _cut(f"{_SOURCES}：{sources}", 90))


def _counties(counties: Sequence[CountyOffer]) -> Iterable[Block]:
    if not counties:
        return
    yield Heading("到哪里看")
    lines = []
    for offer in counties:
        parts = []
        if offer.zones:
            parts.append(f"功能区：{'、'.join(offer.zones)}")
        if offer.partners:
            some = "、".join(offer.partners[:4])
            more = f"等 {len(offer.partners)} 家" if len(offer.partners) > 4 else ""
            parts.append(f"上下游企业：{some}{more}")
        if offer.projects:
            parts.append(f"相关项目 {offer.projects} 个")
        if offer.sites:
            parts.append("载体：" + "；".join(site.text for site in offer.sites))
        sources = "；".join(dict.fromkeys(site.source for site in offer.sites))
        lines.append(Paragraph(_cut(f"{offer.name}　{'。'.join(parts)}。", 170), _cut(sources, 60)))
    yield Bullets(lines)


def _compared(
    bureau: Bureau, projects: Sequence[InvestmentProject], edition: Edition
) -> Iterable[Block]:
    shown = [p for p in projects if may_show(edition, p.stage)]
    if not shown:
        return
    yield Heading("可比的项目")
    yield Bullets([_project(bureau, project, edition) for project in shown])


def _project(bureau: Bureau, project: InvestmentProject, edition: Edition) -> Paragraph:
    parts = [project.name, bureau.county_name(project.county), "、".join(project.links)]
    if edition.is_internal:
        amount = project.contracted_investment
        parts.append(project.stage.value if project.stage else "")
        parts.append(f"{project.signed} 签约" if project.signed else "")
        if amount:
            parts.append(f"协议金额 {amount.says()}")
    text = "，".join(part for part in parts if part)
    source = said(project.provenance) if edition.is_internal else ""
    return Paragraph(_cut(text, 120), _cut(source, 50))


def _cut(text: str, most: int = _LONGEST) -> str:
    """A text of at most so many Chinese characters' width."""
    return elide(text, most, 1.0)
