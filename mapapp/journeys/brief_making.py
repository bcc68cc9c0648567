"""Write a brief: the facts of a firm, the links it would fill, and what follows to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chains import Enterprise, GateKind, Target
from mapapp.journeys.brief import Brief, FilledLink, Question, Said
from mapapp.journeys.brief_around import (
    comparable_projects,
    county_offers,
    links_around,
    local_firms,
)
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain
from mapapp.journeys.partners import partners
from mapapp.journeys.targets import rank_targets

_ASKS = {
    "规模": "企业现在的产能、年营收和员工人数是多少？",
    "扩产迹象": "近两年有没有扩产打算，选址看重什么、什么时候定？",
    "距离": "现有的生产基地在哪里，主要供给哪些客户？",
}
"""What to ask where a part of the score has no data; other parts are asked for by name."""
_BOUND = {
    GateKind.WATER: "排什么、排多少，能不能不新增或置换？",
    GateKind.CHEMICAL_PARK: "工艺要不要进化工园区？",
    GateKind.ENERGY: "一年用多少能，能耗指标从哪里来？",
    GateKind.LAND: "要多少亩地，对地形、承重有什么要求？",
}
"""What to ask where a link is bound here."""


def brief_of(
    bureau: Bureau,
    firm: str,
    links: Sequence[tuple[str, str]],
    pursuit: Sequence[tuple[str, str]] = (),
) -> Brief:
    """What is known of a firm for links of ours, given as (chain id, link name).

    Raises:
        UnknownName: there is no such chain or link.
    """
    known = _enterprises(bureau).get(firm)
    filled = sorted(
        (_filled(bureau, chain, link, known) for chain, link in links),
        key=lambda link: -link.criticality,
    )
    near = links_around(filled)
    return Brief(
        firm=firm,
        facts=tuple(_facts(bureau, firm, known)),
        links=tuple(filled),
        customers=local_firms(bureau, [p for link in filled for p in link.around.customers]),
        suppliers=local_firms(bureau, [p for link in filled for p in link.around.suppliers]),
        counties=tuple(county_offers(bureau, filled, near)),
        comparable=tuple(comparable_projects(bureau, filled, near)),
        questions=tuple(_questions(bureau, known, filled)),
        pursuit=tuple((label, text) for label, text in pursuit if text),
    )


def _enterprises(bureau: Bureau) -> dict[str, Enterprise]:
    return bureau.remember(
        "catalogue by name", lambda: {firm.name: firm for firm in bureau.catalogue.enterprises}
    )


def _facts(bureau: Bureau, name: str, firm: Enterprise | None) -> Iterable[tuple[str, Said]]:
    """Who they are; a label without a text is left blank on the page."""
    source = _source(firm)
    divisions = bureau.gazetteer.divisions
    yield "全称", Said(firm.full_name if firm else name, source)
    yield "曾用名", Said("、".join(firm.former_names) if firm else "", source)
    yield "股票代码", Said(firm.stock_code if firm else "", source)
    yield "总部", Said(divisions.full_name(firm.city) if firm else "", source)
    bases = [divisions.full_name(code) for code in firm.bases] if firm else []
    yield "其他基地", Said("、".join(bases), source)
    revenue = firm.revenue if firm else None
    yield (
        "营收",
        Said(
            f"{revenue.year} 年 {revenue.amount / 10_000:,.2f} 亿元" if revenue else "",
            revenue.source if revenue else "",
        ),
    )
    signs = firm.expansion if firm else ()
    yield (
        "扩产迹象",
        Said(
            "；".join(f"{sign.text}（{sign.date}）" for sign in signs),
            "；".join(dict.fromkeys(sign.source for sign in signs)),
        ),
    )
    yield "备注", Said(firm.note if firm else "", source)


def _source(firm: Enterprise | None) -> str:
    return firm.source.says() if firm and firm.source else ""


def _filled(bureau: Bureau, chain: str, link: str, firm: Enterprise | None) -> FilledLink:
    found = bureau.catalogue.chain(chain)
    name = found.link(link).name
    here = next(item for item in assess_chain(bureau, found) if item.link == name)
    return FilledLink(
        link=name,
        chain=found.id,
        chain_name=found.name,
        status=here.status,
        remedy=here.remedy,
        criticality=here.criticality,
        product=Said(firm.products.get(name, ""), _source(firm)) if firm else Said(""),
        gates=here.gates,
        banned=here.banned,
        around=partners(bureau, found.id, name),
    )


def _questions(
    bureau: Bureau, firm: Enterprise | None, filled: Sequence[FilledLink]
) -> Iterable[Question]:
    """What follows from what is blank or bound; nothing else is asked."""
    for part in _blank_parts(bureau, firm, filled):
        text = _ASKS.get(part, f"{part}怎么样？")
        yield Question(text, f"名录里没有“{part}”的数据")
    if firm and not firm.bases:
        yield Question("除总部以外还有哪些生产基地？", "名录里没有其他基地")
    for link in filled:
        if not link.product.text:
            yield Question(f"“{link.link}”具体做哪些产品？", "名录里没有写产品")
        if not link.around.suppliers and not link.around.customers:
            yield Question(
                f"做“{link.link}”的原料从哪里来、产品卖给谁？", "本地没有录入它的上下游企业"
            )
    kinds = Counter(gate.kind for link in filled for gate in link.gates)
    for kind, number in kinds.items():
        yield Question(_BOUND[kind], f"{kind.label}：要补的环节在本地有 {number} 条限制")


def _blank_parts(
    bureau: Bureau, firm: Enterprise | None, filled: Sequence[FilledLink]
) -> list[str]:
    """The parts of its score that have no data, by label."""
    if firm is None:
        return list(_ASKS)
    labels: dict[str, None] = {}
    for link in filled:
        target = _target(bureau, firm, link)
        for part in target.parts if target else ():
            if part.value is None:
                labels[part.label] = None
    return list(labels)


def _target(bureau: Bureau, firm: Enterprise, link: FilledLink) -> Target | None:
    ranked = bureau.remember(
        ("ranking", link.chain, link.link),
        lambda: rank_targets(bureau, chain=link.chain, link=link.link),
    )
    return next((item.target for item in ranked if item.target.enterprise.name == firm.name), None)
