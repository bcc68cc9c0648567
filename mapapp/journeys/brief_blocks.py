"""One brief as blocks: what an edition shows of each part, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mapapp.documents import Block, Bullets, Facts, Heading, Paragraph, Picture
from mapapp.draw.lettering import elide
from mapapp.draw.link_surroundings import draw_surroundings
from mapapp.draw.print_link import PrintMark
from mapapp.draw.sheet import Paper, Sheet
from mapapp.journeys.brief import (
    LEDGER,
    Brief,
    CountyOffer,
    FilledLink,
    Said,
    is_published,
    said,
)
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.editions import may_show
from mapapp.journeys.gaps import assess_chain
from mapapp.ledger.project import InvestmentProject
from mapapp.outreach.edition import Edition

_LONGEST, _QUESTIONS, _GATES, _NEIGHBOURS = 110, 5, 2, 6
"""Widths of a text in characters and numbers of lines, so that a brief fits on its page."""
_TALL, _FLAT = 0.72, 0.9
"""Of the page's width: a picture with many neighbours is high enough when it is narrower."""
_SOURCES = "来源"
_TOLD = ("全称", "股票代码", "总部", "其他基地", "营收")
"""What a brief for others says of the firm itself; what we gathered about it stays with us."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What the parts of a brief are called: for us who read about the firm, or for the firm."""

    link: str
    buyers: str
    sellers: str
    places: str
    alike: str


_WORDS = {
    Edition.INTERNAL: _Words("能补的环节", "谁会买它的", "谁能供给它", "到哪里看", "可比的项目"),
    Edition.PUBLIC: _Words(
        "可对接的环节", "本地的下游企业", "本地的上游企业", "可考察的区县", "本地同类项目"
    ),
}


def brief_blocks(bureau: Bureau, brief: Brief, edition: Edition) -> list[Block]:
    """One brief from its heading to its questions."""
    words = _WORDS[edition]
    found: list[Block] = [Heading(brief.firm, 1), *_facts(brief, edition)]
    for number, link in enumerate(brief.links):
        found += _link(bureau, link, edition, drawn=number == 0)
    found += _firms(words.buyers, brief.customers, edition, "本地没有录入它的下游企业")
    found += _firms(words.sellers, brief.suppliers, edition, "本地没有录入它的上游企业")
    found += _counties(brief.counties, edition)
    found += _compared(bureau, brief.comparable, edition)
    if edition.is_internal:
        if brief.questions:
            asked = [Paragraph(q.text, q.why) for q in brief.questions[:_QUESTIONS]]
            found += [Heading("要问的"), Bullets(asked)]
        if brief.pursuit:
            said_ = [(label, _cut(text)) for label, text in brief.pursuit]
            found += [Heading("接洽情况"), Facts(said_, beside=2)]
    return found


def surroundings(bureau: Bureau, link: FilledLink, edition: Edition) -> Sheet:
    """The picture of a link with what feeds it and what it feeds, as the city stands today; what
    is lacking here is for our own eyes."""
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
    return draw_surroundings(link.link, inputs, users, marks, edition.is_internal)


def _facts(brief: Brief, edition: Edition) -> Iterable[Block]:
    """Who they are: for us with what is blank, for others what is known and theirs to read."""
    facts = brief.facts
    if not edition.is_internal:
        facts = tuple((label, one) for label, one in facts if label in _TOLD and one.text)
    yield Facts([(label, _cut(one.text)) for label, one in facts], beside=2)
    yield _sources([one for _, one in facts])


def _sources(statements: Iterable[Said]) -> Paragraph:
    """Where the facts come from, each source once; nothing where nothing is stated."""
    named = dict.fromkeys(one.source for one in statements if one.text and one.source)
    return Paragraph("", _cut(f"{_SOURCES}：{'；'.join(named)}", 160) if named else "")


def _link(bureau: Bureau, link: FilledLink, edition: Edition, drawn: bool) -> Iterable[Block]:
    yield Heading(f"{_WORDS[edition].link}：{link.link}")
    parts, sources = [f"属{link.chain_name}"], ["产业链图谱"]
    if edition.is_internal:
        remedy = f"，{link.remedy.label}" if link.remedy else ""
        parts.insert(0, f"本地{link.status.label}{remedy}，重要度 {link.criticality:.1f}")
        sources = ["现状和重要度按本市台账和产业链图谱算"]
    if link.product.text:
        parts.append(f"产品：{link.product.text}")
        sources.append(f"产品：{link.product.source}" if link.product.source else "")
    yield Paragraph(_cut(f"{'；'.join(parts)}。", 140), _cut("；".join(filter(None, sources)), 70))
    if link.gates and edition.is_internal:
        yield _bounds(link)
    if drawn:
        shown = "圆圈是本地的状态" if edition.is_internal else "小字是本地的企业"
        sheet = surroundings(bureau, link, edition)
        share = _TALL if sheet.paper is Paper.BAND else _FLAT
        yield Picture(sheet, f"{link.link}的上下游，{shown}", share)


def _bounds(link: FilledLink) -> Paragraph:
    """What the link is bound by here; the first of it in words, each with the text that says so."""
    ban = "不得新建。" if link.banned else ""
    shown = link.gates[:_GATES]
    some = "；".join(f"{gate.kind.label}：{_cut(gate.sentence, 60)}" for gate in shown)
    more = f"；等 {len(link.gates)} 条" if len(link.gates) > _GATES else ""
    sources = dict.fromkeys(gate.source.says() for gate in shown)
    return Paragraph(f"{ban}限制：{some}{more}。", _cut("；".join(sources), 90))


def _firms(title: str, firms: Sequence[Said], edition: Edition, blank: str) -> Iterable[Block]:
    if not firms and not edition.is_internal:
        return
    yield Heading(title)
    if not firms:
        yield Paragraph(f"{blank}。")
        return
    shown = firms[:_NEIGHBOURS]
    more = f"等 {len(firms)} 家" if len(firms) > _NEIGHBOURS else ""
    sources = "；".join(dict.fromkeys(_source(one.source, edition) for one in shown))
    names = "、".join(one.text for one in shown)
    yield Paragraph(_cut(f"{names}{more}。", 260), _cut(f"{_SOURCES}：{sources}", 90))


def _counties(counties: Sequence[CountyOffer], edition: Edition) -> Iterable[Block]:
    lines = [line for offer in counties if (line := _offer(offer, edition))]
    if lines:
        yield Heading(_WORDS[edition].places)
        yield Bullets(lines)


def _offer(offer: CountyOffer, edition: Edition) -> Paragraph | None:
    """What a county has; None where there is nothing that the edition may say."""
    parts, sources = [], dict.fromkeys(_source(site.source, edition) for site in offer.sites)
    if offer.zones:
        parts.append(f"功能区：{'、'.join(offer.zones)}")
    if offer.partners:
        some = "、".join(offer.partners[:4])
        more = f"等 {len(offer.partners)} 家" if len(offer.partners) > 4 else ""
        parts.append(f"上下游企业：{some}{more}")
    if number := offer.projects if edition.is_internal else offer.built:
        parts.append(f"相关项目 {number} 个")
    if offer.projects or offer.partners:
        sources[LEDGER] = None
    if offer.sites:
        parts.append("载体：" + "；".join(site.text for site in offer.sites))
    if not parts:
        return None
    return Paragraph(_cut(f"{offer.name}　{'。'.join(parts)}。", 170), _cut("；".join(sources), 60))


def _compared(
    bureau: Bureau, projects: Sequence[InvestmentProject], edition: Edition
) -> Iterable[Block]:
    shown = [p for p in projects if may_show(edition, p.stage)]
    if not shown:
        return
    yield Heading(_WORDS[edition].alike)
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
    source = _source(said(project.provenance) or LEDGER, edition)
    return Paragraph(_cut(text, 120), _cut(source, 50))


def _source(text: str, edition: Edition) -> str:
    """A source as an edition names it: others read of what everybody can open, and of no file or
    person of ours."""
    return text if edition.is_internal or is_published(text) else LEDGER


def _cut(text: str, most: int = _LONGEST) -> str:
    """A text of at most so many Chinese characters' width."""
    return elide(text, most, 1.0)
