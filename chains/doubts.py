"""What in a catalogue gives reason to doubt, and whether a note answers it.

A fault keeps a catalogue from being read; a doubt does not: it may be right, and then its note
says why. docs/catalogue.md lists the kinds and what a note has to say to answer each.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from chains.catalogue import Catalogue
from chains.chain import Chain, Edge, Link, Source
from chains.edge_list import UNREASONED
from chains.enterprise import Enterprise
from chains.fit import Wording
from chains.lexicon import fold, words_of

FEW = 3
"""A link with fewer enterprises than this is doubtful."""
WORST = 0.1
"""The share of firm-link pairs whose words fit worst; each of them is doubtful."""
FULL = 0.9
"""Inputs beyond this share leave little for labour, depreciation and profit."""


class Kind(StrEnum):
    """What is doubted."""

    CODE = "code"
    TWO_NAMES = "two_names"
    NAME = "name"
    FULL_NAME = "full_name"
    CITY = "city"
    SOURCE = "source"
    GBT = "gbt4754"
    SHARED = "shared"
    KEYWORD = "keyword"
    FEW = "few"
    FIT = "fit"
    ESTIMATE = "estimate"
    SUM = "sum"
    ALONE = "alone"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.CODE: "证券代码",
    Kind.TWO_NAMES: "一码两名",
    Kind.NAME: "证券简称",
    Kind.FULL_NAME: "全称",
    Kind.CITY: "总部城市",
    Kind.SOURCE: "出处",
    Kind.GBT: "国标代码",
    Kind.SHARED: "共用环节",
    Kind.KEYWORD: "两链的词",
    Kind.FEW: "企业少",
    Kind.FIT: "文字不像",
    Kind.ESTIMATE: "估计系数",
    Kind.SUM: "系数之和",
    Kind.ALONE: "孤立环节",
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt about `name`: a firm, link, edge, word or source.

    note is the text that answers it, "" while nothing does; wanted says what would. chain is the
    id of the chain that it is about, if it is one's. file and line are filled in by whoever knows
    where entries stand.
    """

    kind: Kind
    name: str
    sentence: str
    wanted: str
    note: str = ""
    chain: str = ""
    file: str = ""
    line: int = 0


def answered(note: str, doubt: Doubt, pattern: str) -> Doubt:
    """The doubt with the note, where the note speaks of what is doubted (a regular expression)."""
    return replace(doubt, note=note) if note and re.search(pattern, note) else doubt


def doubts_within(catalogue: Catalogue) -> list[Doubt]:
    """Every doubt that the catalogue raises by itself, those of one kind together."""
    found = [
        *_sources(catalogue),
        *_shared(catalogue),
        *_keywords(catalogue),
        *_few(catalogue),
        *_misfits(catalogue),
    ]
    for chain in catalogue.chains.values():
        found += [*_estimates(chain), *_sums(chain), *_alone(chain)]
    return found


def doubts_of_codes(catalogue: Catalogue, known: Mapping[str, str]) -> list[Doubt]:
    """Links without GB/T 4754 codes, or with one that `known` (code → name) does not hold."""
    found = []
    for link in _links(catalogue).values():
        strange = [code for code in link.gbt4754 if code not in known]
        if strange:
            sentence = f"GB/T 4754 里没有代码 {'、'.join(strange)}"
            found.append(Doubt(Kind.GBT, link.name, sentence, "改成国标里有的代码"))
        elif not link.gbt4754:
            wanted = "补 gbt4754，或在环节的 note 说明国标为何没有"
            doubt = Doubt(Kind.GBT, link.name, "没有国标行业代码", wanted)
            found.append(answered(link.note, doubt, "国标|4754"))
    return found


def _sources(catalogue: Catalogue) -> Iterator[Doubt]:
    for chain in catalogue.chains.values():
        for key, source in chain.sources.items():
            for doubt in _source(key, source, f"{chain.name}的出处“{source.title}”"):
                yield replace(doubt, chain=chain.id)
    seen: set[Source] = set()
    for firm in catalogue.enterprises:
        source = firm.source or Source("")
        if source not in seen:
            seen.add(source)
            yield from _source(firm.name, source, f"依据“{source.title}”")
        if not firm.stock_code and not source.url:
            sentence = "未上市，依据没有网址可核"
            yield Doubt(Kind.SOURCE, firm.name, sentence, "换成带 url 的出处，或删去这家")


def _source(name: str, source: Source, what: str) -> Iterator[Doubt]:
    lacking = [word for word, text in (("题名", source.title), ("日期", source.date)) if not text]
    if lacking:
        wanted = f"在 sources 里补上{'和'.join(lacking)}"
        yield Doubt(Kind.SOURCE, name, f"{what}没有{'、'.join(lacking)}", wanted)


def _shared(catalogue: Catalogue) -> Iterator[Doubt]:
    """A link that several chains hold is one link: its texts are the same in each."""
    holders: defaultdict[str, list[tuple[Chain, Link]]] = defaultdict(list)
    for chain in catalogue.chains.values():
        for link in chain.links.values():
            holders[link.name].append((chain, link))
    for name, held in holders.items():
        first, one = held[0]
        for chain, other in held[1:]:
            unlike = [word for word, a, b in _texts(one, other) if a != b]
            if unlike:
                sentence = f"与{first.name}里的{'、'.join(unlike)}不同"
                yield Doubt(Kind.SHARED, name, sentence, "改成一样", chain=chain.id)


def _texts(one: Link, other: Link) -> Iterator[tuple[str, object, object]]:
    yield "products", one.products, other.products
    for word in ("aliases", "gbt4754"):
        yield word, set(getattr(one, word)), set(getattr(other, word))
    # Keywords pull a text into the chain that writes them; a chain may leave them to the other.
    if one.keywords and other.keywords:
        yield "keywords", set(one.keywords), set(other.keywords)


def _keywords(catalogue: Catalogue) -> Iterator[Doubt]:
    """A word that speaks for two chains speaks for neither."""
    holders: defaultdict[str, list[Chain]] = defaultdict(list)
    for chain in catalogue.chains.values():
        for word in dict.fromkeys(map(fold, chain.keywords)):
            holders[word].append(chain)
    for word, chains in holders.items():
        if len(chains) > 1:
            sentence = f"同是{'、'.join(chain.name for chain in chains)}的 keywords"
            wanted = "只留在一条链，或改作 hints；两条都要的，在一条链的 note 里写明这个词"
            doubt = Doubt(Kind.KEYWORD, word, sentence, wanted, chain=chains[0].id)
            notes = [chain.note for chain in chains if word in fold(chain.note)]
            yield replace(doubt, note=notes[0]) if notes else doubt


def _few(catalogue: Catalogue) -> Iterator[Doubt]:
    for link in _links(catalogue).values():
        firms = [firm.name for firm in catalogue.enterprises_on(link.name) if not firm.delisted]
        if len(firms) < FEW:
            had = f"只有 {len(firms)} 家企业（{'、'.join(firms)}）" if firms else "没有一家企业"
            doubt = Doubt(Kind.FEW, link.name, had, "补企业，或在环节的 note 说明企业为何这样少")
            yield answered(link.note, doubt, "企业|家|公司|主体")


def _misfits(catalogue: Catalogue) -> Iterator[Doubt]:
    """The firm-link pairs whose words are least like those of the link and its other firms."""
    links = _links(catalogue)
    wording = Wording(catalogue.enterprises, list(links.values()))
    pairs: list[tuple[float, Enterprise, Link]] = []
    by_name = {firm.name: firm for firm in catalogue.enterprises}
    for link in links.values():
        fits = wording.fits(link, catalogue.enterprises_on(link.name))
        pairs += [(fit, by_name[name], link) for name, fit in fits.items()]
    pairs.sort(key=lambda pair: (pair[0], pair[1].name, pair[2].name))
    for fit, firm, link in pairs[: int(len(pairs) * WORST)]:
        better = sum(other > fit for other, _, _ in pairs) / max(1, len(pairs) - 1)
        made = firm.products[link.name]
        sentence = f"在“{link.name}”写的“{made}”，比 {better:.0%} 的企业都不像这个环节"
        wanted = f"改写产品或环节，或在 note 里提到“{link.name}”并说明为何属于它"
        doubt = Doubt(Kind.FIT, firm.name, sentence, wanted)
        names = {fold(link.name), *(word for word, _ in words_of(link)), *map(fold, link.keywords)}
        said = fold(firm.note)
        yield replace(doubt, note=firm.note) if any(name in said for name in names) else doubt


def _estimates(chain: Chain) -> Iterator[Doubt]:
    for edge in (*chain.edges, *chain.returns):
        if edge.estimated and (not edge.note or edge.note.endswith(UNREASONED)):
            sentence = f"投入系数 {edge.share:g} 是估计，没有理由"
            wanted = "在 note 里写怎样估的"
            yield Doubt(Kind.ESTIMATE, _arrow(edge), sentence, wanted, chain=chain.id)


def _sums(chain: Chain) -> Iterator[Doubt]:
    sums: defaultdict[str, float] = defaultdict(float)
    for edge in chain.edges:
        sums[edge.user] += edge.share
    for name, share in sums.items():
        if share > FULL + 1e-9:
            sentence = f"投入系数之和 {share:.2f}，留给人工、折旧、利润的不到一成"
            wanted = "调小系数，或在环节的 note 说明投入为何这样高"
            doubt = Doubt(Kind.SUM, name, sentence, wanted, chain=chain.id)
            yield answered(chain.links[name].note, doubt, "系数|投入|成本|加工费|毛利")


def _alone(chain: Chain) -> Iterator[Doubt]:
    joined = {end for edge in (*chain.edges, *chain.returns) for end in (edge.supplier, edge.user)}
    for link in chain.links.values():
        if link.name not in joined and len(chain.links) > 1:
            sentence = "没有一条供需关系连着它"
            wanted = "补供需关系，或在环节的 note 说明它怎样供需"
            doubt = Doubt(Kind.ALONE, link.name, sentence, wanted, chain=chain.id)
            yield answered(link.note, doubt, "供|用|上游|下游")


def _links(catalogue: Catalogue) -> dict[str, Link]:
    """Every link once, as the first chain that holds it has it."""
    return {name: catalogue.link(name) for name in catalogue.use_counts}


def _arrow(edge: Edge) -> str:
    return f"{edge.supplier}→{edge.user}"
