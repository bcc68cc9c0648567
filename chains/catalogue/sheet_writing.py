"""A part of the catalogue as the rows of the expert's workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chains.catalogue import sheet_forms as forms
from chains.catalogue.part import Part, rectangles
from chains.catalogue.sheet_cells import NoNames, Places, Value, cell_of
from chains.catalogue.sheet_forms import YES, Column, Form, Kind
from chains.chain import ESTIMATE, Chain, Edge, Source
from chains.enterprise import Enterprise

TIERS = ("上游", "中游", "下游")
"""What a new chain begins with."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet to be written: its titles, its rows; texts, numbers, None."""

    form: Form
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def to_sheets(part: Part, places: Places | None = None) -> list[Filled]:
    """Every sheet of a part's workbook, in their order; `read_sheets` makes the part of them."""
    named = places or NoNames()
    chain = part.chain
    keys = {source: key for key, source in reversed(list(chain.sources.items()))}
    return [
        _chain(chain),
        _filled(forms.WORDS, _words(chain), named),
        _filled(forms.LINKS, _links(chain, keys), named),
        _filled(forms.EDGES, _edges(chain, keys), named),
        _filled(forms.FIRMS, map(_firm, part.enterprises), named),
        _filled(forms.PRODUCTS, _products(part.enterprises), named),
        _filled(forms.EXPANSION, _expansion(part.enterprises), named),
        _filled(forms.GATES, _gates(part), named),
        _filled(forms.SOURCES, ({"code": k} | _dated(s) for k, s in chain.sources.items()), named),
    ]


def empty_sheets() -> list[Filled]:
    """The workbook of a chain that is still to be written."""
    return to_sheets(Part(Chain("", "", TIERS, {}, ())))


def _chain(chain: Chain) -> Filled:
    said = {
        "id": chain.id,
        "name": chain.name,
        "summary": chain.summary,
        "tiers": cell_of(chain.tiers),
        "note": chain.note,
    }
    rows = tuple((column.title, said[column.key] or None) for column in forms.CHAIN.columns)
    return Filled(forms.CHAIN, (forms.ITEM, forms.CONTENT), rows)


def _filled(form: Form, rows: Iterable[Mapping[str, Any]], places: Places) -> Filled:
    titles = tuple(column.title for column in form.columns)
    cells = tuple(
        tuple(_cell(row.get(column.key), column, places) for column in form.columns) for row in rows
    )
    return Filled(form, titles, cells)


def _cell(value: Any, column: Column, places: Places) -> Value:
    if value in (None, "", (), False):
        return None if value != 0 or value is False else 0
    match column.kind:
        case Kind.FLAG:
            return YES
        case Kind.NUMBER:
            return float(value)
        case Kind.PLACE:
            return _place(value, places)
        case Kind.PLACES:
            return cell_of(_place(code, places) for code in value)
        case Kind.TEXTS | Kind.CODES:
            return cell_of(value)
    labels = {meant: label for label, meant in column.choices}
    return labels.get(value, str(value))


def _place(code: str, places: Places) -> str:
    return f"{code} {places.name(code)}".strip()


def _words(chain: Chain) -> Iterator[dict[str, Any]]:
    for role, words in (
        ("keywords", chain.keywords),
        ("hints", chain.hints),
        ("not", chain.excluded),
    ):
        for word in words:
            yield {"word": word, "role": role}


def _links(chain: Chain, keys: Mapping[Source, str]) -> Iterator[dict[str, Any]]:
    for link in chain.links.values():
        row = {column.key: getattr(link, column.key) for column in forms.LINKS.columns}
        yield row | {"source": keys.get(link.source, "") if link.source else ""}


def _edges(chain: Chain, keys: Mapping[Source, str]) -> Iterator[dict[str, Any]]:
    for returns, edges in ((False, chain.edges), (True, chain.returns)):
        for edge in edges:
            yield {
                "from": edge.supplier,
                "to": edge.user,
                "share": edge.share,
                "basis": _basis(edge, keys),
                "note": edge.note,
                "required": edge.required,
                "group": edge.group,
                "return": returns,
            }


def _basis(edge: Edge, keys: Mapping[Source, str]) -> str:
    return keys[edge.basis] if isinstance(edge.basis, Source) else ESTIMATE


def _firm(firm: Enterprise) -> dict[str, Any]:
    plain = [column.key for column in forms.FIRMS.columns if "." not in column.key]
    row = {key: getattr(firm, key) for key in plain}
    if firm.source:
        row |= _grouped("source", _dated(firm.source))
    if firm.revenue:
        of = firm.revenue
        row |= _grouped("revenue", {"amount": of.amount, "year": of.year, "source": of.source})
    return row


def _products(firms: Iterable[Enterprise]) -> Iterator[dict[str, Any]]:
    for firm in firms:
        for link, products in firm.products.items():
            yield {"firm": firm.name, "link": link, "products": products}


def _expansion(firms: Iterable[Enterprise]) -> Iterator[dict[str, Any]]:
    for firm in firms:
        for sign in firm.expansion:
            yield {"firm": firm.name, "text": sign.text, "date": sign.date, "source": sign.source}


def _gates(part: Part) -> Iterator[dict[str, Any]]:
    for gate, links, codes in rectangles(part.gates):
        yield {
            "kind": gate.kind.value,
            "verdict": gate.verdict.value,
            "links": links,
            "places": codes,
            "sentence": gate.sentence,
        } | _grouped("source", _dated(gate.source))


def _dated(source: Source) -> dict[str, Any]:
    return {"title": source.title, "url": source.url, "date": source.date}


def _grouped(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}.{key}": value for key, value in values.items()}
