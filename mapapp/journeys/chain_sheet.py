"""Take a chain away as a picture for paper: SVG, PDF or PNG, with legend, sources and dates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from chains import Chain, Status, UnknownName
from mapapp.config import Settings
from mapapp.draw.print_link import PrintMark
from mapapp.draw.print_picture import Caption, draw_sheet
from mapapp.draw.sheet import Paper, Sheet
from mapapp.draw.sheet_file import to_pdf, to_png, to_svg
from mapapp.draw.typeface import INSTALL, NoTypeface, Typefaces, find_typefaces, named
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.chain_view import ChainView
from mapapp.journeys.export import Export
from mapapp.journeys.presence import activities
from mapapp.journeys.weighing import differing

KINDS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
PAPERS = tuple(paper.name for paper in (Paper.A4, Paper.A3, Paper.A1))
LIT = 10
"""As many missing links stand out, and no more than a third of them."""
TEXTS = 3
"""As many of a chain's sources are named, the newest; the catalogue names them all."""
STANDS_FOR = "〓"
"""Is printed for a character that no typeface holds, as printers do."""

__all__ = ["KINDS", "PAPERS", "NoTypeface", "chain_drawing", "chain_sheet", "check_typefaces"]


def chain_sheet(bureau: Bureau, view: ChainView, kind: str, paper: str = "A4") -> Export:
    """The picture of a chain in a place on one sheet of paper.

    Args:
        kind: one of KINDS.
        paper: one of PAPERS, lying on its long side.

    Raises:
        UnknownName: no such kind or paper.
        NoTypeface: PDF or PNG, and this machine has no Chinese typeface.
    """
    if kind not in KINDS:
        raise UnknownName("图片格式", kind, tuple(KINDS))
    if paper not in PAPERS:
        raise UnknownName("纸张", paper, PAPERS)
    data = _written(bureau, view, kind, Paper[paper])
    name = f"{_place(bureau, view)}{view.chain.name}产业链图-{paper}-{bureau.today:%Y%m%d}"
    return Export(f"{name}.{kind}", f"chain-{view.chain.id}-{paper}.{kind}", KINDS[kind], data)


def chain_drawing(bureau: Bureau, view: ChainView) -> Sheet:
    """The picture of a chain in a place, for a page that holds more than it."""
    return _sheet(bureau, view, Paper.A3)


def check_typefaces(bureau: Bureau) -> str:
    """One sentence at start-up: which typeface draws, and which characters none holds."""
    try:
        found = find_typefaces(own_typefaces(bureau.settings))
    except NoTypeface as error:
        return f"字体：{error}网页照常使用。"
    lacking = found.lacking(_letters(bureau))
    if lacking:
        return (
            f"字体：{found.plain[0].name}，但缺 {len(lacking)} 个要用的字：{named(lacking)}；"
            f"图里以{STANDS_FOR}代替。{INSTALL}。"
        )
    return f"字体：{found.plain[0].name}，要用的字都有。"


def _written(bureau: Bureau, view: ChainView, kind: str, paper: Paper) -> bytes:
    if kind == "svg":
        return to_svg(_sheet(bureau, view, paper))
    return as_print(bureau, lambda notice: _sheet(bureau, view, paper, notice), kind)


def as_print(bureau: Bureau, draw: Callable[[str], Sheet], kind: str) -> bytes:
    """What `draw` draws as pdf or png. It is given a notice to print: nothing, or the characters
    that this machine cannot draw, which a sign then stands for.

    Raises:
        NoTypeface: this machine has no Chinese typeface.
    """
    typefaces = find_typefaces(own_typefaces(bureau.settings))
    sheet = draw("")
    if lacking := typefaces.lacking(sheet.letters()):
        sheet = _mended(draw, lacking, typefaces)
    return to_pdf(sheet, typefaces) if kind == "pdf" else to_png(sheet, typefaces)


def _mended(draw: Callable[[str], Sheet], lacking: list[str], typefaces: Typefaces) -> Sheet:
    """The sheet again, with a sign for each character that cannot be drawn, and a line on it."""
    sign = STANDS_FOR if typefaces.face(STANDS_FOR) else "?"
    codes = "、".join(f"U+{ord(letter):04X}" for letter in lacking[:12])
    more = "等" if len(lacking) > 12 else ""
    notice = f"这台机器的字体缺 {len(lacking)} 个字，图中以 {sign} 代替：{codes}{more}。{INSTALL}。"
    sheet = draw(notice)
    sheet.replace_letters(typefaces.lacking(sheet.letters()), sign)
    return sheet


def _sheet(bureau: Bureau, view: ChainView, paper: Paper, notice: str = "") -> Sheet:
    return draw_sheet(view.chain, marks_of(bureau, view), _caption(bureau, view), paper, notice)


def marks_of(
    bureau: Bureau, view: ChainView, scored: bool = True, chosen: str | None = None
) -> dict[str, PrintMark]:
    """What each link of a printed chain shows; without scores where others are to see it."""
    missing = [gap.here.link for gap in view.worst if gap.here.status is Status.MISSING]
    lit = set(missing[: min(LIT, -(-len(missing) // 3))])
    return {
        name: PrintMark(
            status=gap.here.status,
            criticality=gap.here.criticality if scored else None,
            key=bool(view.chain.links[name].key),
            lit=name in lit,
            firms=tuple(source.name for source in gap.here.supply.active(bureau.weights)),
            chosen=name == chosen,
        )
        for name, gap in view.gaps.items()
    }


def _place(bureau: Bureau, view: ChainView) -> str:
    return bureau.county_name(view.county) if view.county else bureau.city.name


def _caption(bureau: Bureau, view: ChainView) -> Caption:
    place = _place(bureau, view)
    demand = "本县自己的供需" if view.county else "全市供需"
    scope = (
        f"口径：{demand}，按本库已录入的企业和项目判断。"
        "缺环指本库没有录入在产在建的企业或项目，不等于本地没有，用之前请核实。"
    )
    if own := differing(bureau):
        scope += f"重要度按本市的权重算，有 {len(own)} 个与程序默认不同。"
    return Caption(
        title=f"{place}{view.chain.name}产业链图",
        scope=scope,
        sources=tuple(_sources(bureau, view)),
        made=f"制图：{bureau.today:%Y-%m-%d}",
    )


def _sources(bureau: Bureau, view: ChainView) -> list[str]:
    """Where the links, the shares and the firms come from, and how old the latest news is."""
    texts = sorted(view.chain.sources.values(), key=lambda source: source.date, reverse=True)
    titles = list(dict.fromkeys(f"{s.title}，{s.date}" if s.date else s.title for s in texts))
    more = f"等 {len(titles)} 篇" if len(titles) > TEXTS else ""
    named = f"；{'；'.join(titles[:TEXTS])}{more}" if titles else ""
    return [f"来源：{chain_source(view.chain)}{named}。", firms_source(bureau, view)]


def chain_source(chain: Chain) -> str:
    """What the catalogue holds of a chain, and how much of it is estimated."""
    stated = sum(not edge.estimated for edge in chain.edges)
    return (
        f"链谱“{chain.name}”（{len(chain.links)} 个环节、{len(chain.edges)} 条投入关系，"
        f"投入系数 {stated} 条有出处，{len(chain.edges) - stated} 条为估计）"
    )


def firms_source(bureau: Bureau, view: ChainView) -> str:
    """How many firms a chain's statuses rest on, and how old the latest news is."""
    firms = {s.name for gap in view.gaps.values() for s in gap.here.supply.active(bureau.weights)}
    latest = _latest(bureau, view)
    when = f"，最近一条消息 {latest:%Y-%m-%d}" if latest else "，录入时没有注明日期"
    return f"数据：本库已录入并对应到本链环节的在产在建企业 {len(firms)} 家{when}。"


def _latest(bureau: Bureau, view: ChainView) -> date | None:
    """The last day on which anything was heard of a firm or project on this chain, up to today."""
    days = [
        item.confirmed
        for item in activities(bureau)
        if item.confirmed
        and item.confirmed <= bureau.today
        and view.county in (None, item.county)
        and view.chain.links.keys() & item.shares.keys()
    ]
    return max(days, default=None)


def _letters(bureau: Bureau) -> set[str]:
    """The characters that pictures need: links, products' firms, places."""
    texts = [name for chain in bureau.catalogue.chains.values() for name in chain.links]
    texts += [tier for chain in bureau.catalogue.chains.values() for tier in chain.tiers]
    texts += [chain.name for chain in bureau.catalogue.chains.values()]
    texts += [bureau.city.name, *bureau.boundaries.county_names, STANDS_FOR]
    texts += [item.source for item in activities(bureau)]
    return {letter for text in texts for letter in text}


def own_typefaces(settings: Settings) -> list[Path]:
    """Where this installation keeps typefaces of its own; they come before the system's."""
    return [*settings.fonts, settings.instance / "fonts"]
