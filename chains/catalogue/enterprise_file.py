"""The enterprise file to Enterprises."""

from collections.abc import Collection

from chains._codes import is_code
from chains._errors import hint
from chains.catalogue.reading import Entry, Page
from chains.enterprise import Enterprise, ExpansionSign, Revenue

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


def read_enterprises(page: Page, links: Collection[str] | None) -> list[Enterprise]:
    """The enterprises of a file, in its order.

    `links` are the names that exist in any chain; None (a chain file could not be read) leaves
    them unchecked rather than blame this file.
    """
    found: list[Enterprise] = []
    lines: dict[tuple[str, str], int] = {}
    for entry in page.entries(_ENTERPRISE):
        firm = _enterprise(entry, links)
        _once(firm, entry, lines)
        found.append(firm)
    return found


def _enterprise(entry: Entry, links: Collection[str] | None) -> Enterprise:
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
        source=entry.text("source", required=True),
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


def _once(firm: Enterprise, entry: Entry, lines: dict[tuple[str, str], int]) -> None:
    """No name and no stock code twice in the file."""
    for key, kind, text in (
        ("name", "企业", firm.name),
        ("full_name", "全称", firm.full_name),
        ("stock_code", "证券代码", firm.stock_code),
    ):
        if text and (key, text) in lines:
            entry.fault(f"{kind}“{text}”重复，已见第 {lines[key, text]} 行", key)
        lines.setdefault((key, text), entry.line)


def _revenue(entry: Entry) -> Revenue:
    """`amount` in 万元; the year and where it is stated go with it."""
    amount = entry.number("amount", required=True) or 0.0
    return Revenue(amount, entry.date("year"), entry.text("source", required=True))


def _sign(entry: Entry) -> ExpansionSign:
    text, source = entry.text("text", required=True), entry.text("source", required=True)
    return ExpansionSign(text, entry.date("date"), source)
