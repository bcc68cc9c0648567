"""One chain file to one Chain. Faults go to its page; the chain counts only if there are none."""

import re

from chains.catalogue.checks import PlacedEdge, check_edges, check_names
from chains.catalogue.reading import Entry, Page
from chains.chain import ESTIMATE, Chain, Edge, Link, Source

ID = "[a-z]+(_[a-z]+)*"
"""How a chain's id is spelled."""

_ROOT = (
    "id",
    "name",
    "summary",
    "sources",
    "keywords",
    "hints",
    "not",
    "tiers",
    "links",
    "edges",
    "note",
)
_SOURCE = ("title", "url", "date")
_LINK = (
    "name",
    "tier",
    "products",
    "aliases",
    "keywords",
    "gbt4754",
    "official",
    "key",
    "resource",
    "final_demand",
    "source",
    "note",
)
_EDGE = ("from", "to", "share", "basis", "note", "required", "group", "return")


def read_chain(page: Page) -> Chain | None:
    """The chain of a file, or None if the file is no mapping at all."""
    root = page.entry(_ROOT)
    if root is None:
        return None
    sources = read_sources(root)
    tiers = root.texts("tiers", required=True)
    named = [
        (_link(entry, tiers, sources), entry)
        for entry in root.entries("links", _LINK, required=True)
    ]
    check_names(named)
    links = {link.name: link for link, _ in named if link.name}
    edges = [_edge(entry, sources) for entry in root.entries("edges", _EDGE)]
    check_edges(page, links, tiers, edges)
    return Chain(
        id=_id(root),
        name=root.text("name", required=True),
        tiers=tiers,
        links=links,
        edges=tuple(placed.edge for placed in edges if not placed.returns),
        returns=tuple(placed.edge for placed in edges if placed.returns),
        summary=root.text("summary"),
        keywords=root.texts("keywords"),
        hints=root.texts("hints"),
        excluded=root.texts("not"),
        sources=sources,
        note=root.text("note"),
    )


def _id(root: Entry) -> str:
    found = root.text("id", required=True)
    if found and not re.fullmatch(ID, found):
        root.fault(f"代号“{found}”只能用小写字母和下划线", "id")
    elif found and found != root.page.stem:
        root.fault(f"代号“{found}”与文件名“{root.page.stem}”不同", "id")
    return found


def read_sources(root: Entry) -> dict[str, Source]:
    listed = root.entry("sources")
    found: dict[str, Source] = {}
    for key in listed or ():
        entry = listed.entry(key, _SOURCE) if listed else None
        if entry is None:
            continue
        if key == ESTIMATE:
            entry.fault(f"出处代号不能叫“{ESTIMATE}”")
        url = entry.text("url")
        if url and not re.match("https?://", url):
            entry.fault(f"“{entry.word('url')}”应以 http:// 或 https:// 开头", "url")
        found[key] = Source(entry.text("title", required=True), url, entry.date("date"))
    return found


def _link(entry: Entry, tiers: tuple[str, ...], sources: dict[str, Source]) -> Link:
    tier = entry.text("tier", required=True)
    if tier and tier not in tiers:
        entry.fault(f"“{tier}”不在 {entry.word('tiers')}({'、'.join(tiers)})里", "tier")
    source = entry.text("source")
    if source and source not in sources:
        entry.fault(f"{entry.word('sources')} 里没有出处“{source}”", "source")
    classes = entry.texts("gbt4754")
    for code in classes:
        if not re.fullmatch(r"\d{2,4}", code):
            entry.fault(f"“{code}”不是国民经济行业分类代码（两到四位数字）", "gbt4754")
    return Link(
        name=entry.text("name", required=True),
        tier=tier,
        products=entry.text("products"),
        aliases=entry.texts("aliases"),
        keywords=entry.texts("keywords"),
        gbt4754=classes,
        official=entry.text("official"),
        key=entry.text("key"),
        resource=entry.text("resource"),
        final_demand=entry.number("final_demand"),
        source=sources.get(source),
        note=entry.text("note"),
    )


def _edge(entry: Entry, sources: dict[str, Source]) -> PlacedEdge:
    basis, note = entry.text("basis", required=True), entry.text("note")
    if basis == ESTIMATE:
        if not note:
            entry.fault(f"依据是估计时，要在 {entry.word('note')} 里说明理由", "note")
    elif basis and basis not in sources:
        entry.fault(
            f"{entry.word('sources')} 里没有出处“{basis}”；没有出处就写“{ESTIMATE}”", "basis"
        )
    share = entry.number("share", required=True) or 0.0
    if share > 1:
        entry.fault(f"投入系数应在 0 与 1 之间，现在是 {share:g}", "share")
    required, group = entry.flag("required"), entry.text("group")
    if required and group:
        entry.fault(f"{entry.word('required')} 与 {entry.word('group')} 不能同时写", "required")
    edge = Edge(
        supplier=entry.text("from", required=True),
        user=entry.text("to", required=True),
        share=share,
        basis=sources.get(basis, ESTIMATE),
        note=note,
        required=required,
        group=group,
    )
    return PlacedEdge(edge, entry, entry.flag("return"))
