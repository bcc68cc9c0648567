"""Enterprise files to Enterprises."""

from collections.abc import Collection, Iterable, Mapping

from chains._codes import is_code
from chains._errors import hint
from chains.catalogue.chain_file import read_sources
from chains.catalogue.reading import Entry, Page
from chains.chain import Source
from chains.enterprise import Enterprise, ExpansionSign, Revenue

_ROOT = ("sources", "enterprises")
_ENTERPRISE = (
    "name",
    "full_name",
    "stock_code",
    "city",
    "bases",
    "former_names",
    "links",
    "source",
    "note",
    "delisted",
    "revenue",
    "expansion",
)


def read_enterprises(
    pages: Iterable[Page], links: Collection[str] | None
) -> list[tuple[Enterprise, ...]]:
    """The enterprises of each file, in its order; none is in two of them.

    `links` are the names that exist in any chain; None (a chain file could not be read) leaves
    them unchecked rather than blame these files.
    """
    found: list[tuple[Enterprise, ...]] = []
    seen: dict[tuple[str, str], Entry] = {}
    for page in pages:
        root = page.entry(_ROOT)
        firms: list[Enterprise] = []
        sources = read_sources(root) if root else {}
        for entry in root.entries("enterprises", _ENTERPRISE) if root else ():
            firm = _enterprise(entry, sources, links)
            _once(firm, entry, seen)
            firms.append(firm)
        found.append(tuple(firms))
    return found


def _enterprise(
    entry: Entry, sources: Mapping[str, Source], links: Collection[str] | None
) -> Enterprise:
    source = entry.text("source", required=True)
    if source and source not in sources:
        entry.fault(f"{entry.word('sources')} 里没有出处“{source}”", "source")
    city, bases = entry.text("city", required=True), entry.texts("bases")
    for key, codes in (("city", (city,)), ("bases", bases)):
        for code in codes:
            if code and not is_code(code):
                entry.fault(f"“{code}”不是六位行政区划代码", key)
    revenue = entry.entry("revenue", ("amount", "year", "source"))
    return Enterprise(
        name=entry.text("name", required=True),
        city=city,
        products=_products(entry, links),
        full_name=entry.text("full_name"),
        stock_code=entry.text("stock_code"),
        bases=bases,
        former_names=entry.texts("former_names"),
        source=sources.get(source),
        note=entry.text("note"),
        delisted=entry.date("delisted"),
        revenue=_revenue(revenue) if revenue else None,
        expansion=tuple(map(_sign, entry.entries("expansion", ("text", "date", "source")))),
    )


def _products(entry: Entry, links: Collection[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in entry.entries("links", ("link", "products"), required=True):
        link = item.text("link", required=True)
        if link and links is not None and link not in links:
            item.fault(f"没有叫“{link}”的环节{hint(link, links)}", "link")
        if link in found:
            item.fault(f"环节“{link}”写了两次", "link")
        found[link] = item.text("products", required=True)
    return found


def _once(firm: Enterprise, entry: Entry, seen: dict[tuple[str, str], Entry]) -> None:
    """No name and no stock code twice in the catalogue."""
    for key, kind, text in (
        ("name", "企业", firm.name),
        ("full_name", "全称", firm.full_name),
        ("stock_code", "证券代码", firm.stock_code),
    ):
        before = seen.setdefault((key, text), entry)
        if text and before is not entry:
            file = "" if before.page is entry.page else f" {before.page.file} "
            entry.fault(f"{kind}“{text}”重复，已见{file}第 {before.line} 行", key)


def _revenue(entry: Entry) -> Revenue:
    """`amount` in 万元; the year and where it is stated go with it."""
    amount = entry.number("amount", required=True) or 0.0
    return Revenue(amount, entry.date("year"), entry.text("source", required=True))


def _sign(entry: Entry) -> ExpansionSign:
    text, source = entry.text("text", required=True), entry.text("source", required=True)
    return ExpansionSign(text, entry.date("date"), source)
