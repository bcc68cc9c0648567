"""The expert's workbook to a part of the catalogue, by the rules of the authored files.

Each row becomes the mapping that the YAML would hold, each of its nodes marked with its sheet, row
and column; the readers of chain, enterprise and gate files do the rest. All mistakes come at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from chains._errors import Fault, hint
from chains.catalogue import sheet_forms as forms
from chains.catalogue.chain_file import read_chain
from chains.catalogue.enterprise_file import read_enterprises
from chains.catalogue.gate_file import read_gates
from chains.catalogue.part import Part, is_on
from chains.catalogue.sheet_book import Book, Row, Sheet
from chains.catalogue.sheet_cells import CellMark, NoNames, Places, mapping, scalar, sequence
from chains.enterprise import Enterprise


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a workbook has to fit in with: the links and names of the other chains, and the
    enterprises that are on none of its own links yet. prefecture is whose gates it holds."""

    prefecture: str
    links: frozenset[str] = frozenset()
    chain_names: Mapping[str, str] = field(default_factory=dict)
    """By name, the id of its chain."""
    enterprises: Sequence[Enterprise] = ()
    own: frozenset[str] = frozenset()
    """The firms on its links so far: one may lose them all and stay for its links elsewhere."""
    places: Places = field(default_factory=NoNames)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says; part is None where anything is wrong with it."""

    part: Part | None
    faults: tuple[Fault, ...]


def read_sheets(sheets: Sequence[Sheet], file: str, around: Surroundings) -> Reading:
    """The part of the catalogue that a workbook holds. Other sheets than its own are ignored."""
    book = Book(file, around.places)
    tables = {form.sheet: book.table(form, sheets) for form in forms.FORMS}
    if book.incomplete:  # without its tables, half of what follows would be wrong
        return Reading(None, book.in_order())
    chain = read_chain(book.page(_chain_node(tables), _id(tables)))
    links = frozenset(chain.links) if chain else frozenset()
    firm_rows = list(tables["企业"])
    [firms] = read_enterprises([book.page(_firms_node(tables))], links | around.links)
    gates = (
        read_gates(book.page(_gates_node(tables), around.prefecture), links)
        if tables["限制"]
        else []
    )
    if chain:
        taken = around.chain_names.get(chain.name, chain.id)
        if taken != chain.id:
            row = next(row for row in tables["产业链"] if row.key == "name")
            row.fault(
                f"产业链名“{chain.name}”已是 {taken} 的：改那条链请写它的代号，新链请另起名", "name"
            )
        for firm, row in zip(firms, firm_rows, strict=True):
            _fits(firm, row, around.enterprises)
            strange = not is_on(firm, chain) and firm.name not in around.own
            if firm.products and strange and not book.faults:
                row.fault(f"“{firm.name}”不在本链的任何环节上：请在“企业产品”表里补上，或删去此行")
    if book.faults or chain is None:
        return Reading(None, book.in_order())
    return Reading(Part(chain, tuple(firms), tuple(gates)), ())


def _fits(firm: Enterprise, row: Row, others: Sequence[Enterprise]) -> None:
    """Nothing is said twice, and nobody's other links are lost, in the rest of the catalogue."""
    for other in others:
        if firm.name and other.name == firm.name:
            lacking = [link for link in other.products if link not in firm.products]
            if lacking:
                named = "、".join(lacking)
                row.fault(
                    f"链谱里已有“{firm.name}”，在 {named}：请把它在那里做什么也写进“企业产品”表",
                    "name",
                )
            continue
        for key, text, theirs in (
            ("full_name", firm.full_name, other.full_name),
            ("stock_code", firm.stock_code, other.stock_code),
        ):
            if text and text == theirs:
                row.fault(f"“{text}”已是链谱里“{other.name}”的，同一家请用同一个名称", key)


Tables = Mapping[str, list[Row]]


def _id(tables: Tables) -> str:
    return next((row.text("id") for row in tables["产业链"] if row.key == "id"), "")


def _chain_node(tables: Tables) -> yaml.Node:
    top = CellMark("产业链", 1)
    pairs: list[tuple[str, yaml.Node]] = []
    seen: set[str] = set()
    for row in tables["产业链"]:
        if row.key in seen:
            row.fault(f"“{forms.CHAIN.column(row.key).title}”写了两行，请只留一行")
            continue
        seen.add(row.key or "")
        pairs += row.nodes()
    words: dict[str, list[yaml.Node]] = {}
    for row in tables["词语"]:
        for key in ("word", "role"):
            if key not in row.cells:
                row.missing(key)
        if row.text("role"):
            words.setdefault(row.text("role"), []).extend(n for _, n in row.nodes("word"))
    mark = CellMark("词语", 1)
    pairs += [(key, sequence(nodes, mark)) for key, nodes in words.items()]
    pairs.append(("sources", _sources(tables["出处"])))
    for key, sheet in (("links", "环节"), ("edges", "供需关系")):
        rows: list[yaml.Node] = [mapping(row.nodes(), row.mark) for row in tables[sheet]]
        pairs.append((key, sequence(rows, CellMark(sheet, 1))))
    return mapping(pairs, top)


def _sources(rows: list[Row]) -> yaml.Node:
    found: dict[str, yaml.Node] = {}
    for row in rows:
        code = row.text("code")
        if not code:
            row.missing("code")
        elif code in found:
            row.fault(f"代号“{code}”写了两次", "code")
        else:
            found[code] = mapping(row.nodes("title", "url", "date"), row.mark)
    return mapping(found.items(), CellMark("出处", 1))


class _Listed:
    """Sources that stand beside what they support, as the table of sources that YAML wants."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._keys: dict[tuple[str, ...], str] = {}
        self._nodes: list[tuple[str, yaml.Node]] = []

    def key(self, row: Row) -> list[tuple[str, yaml.Node]]:
        """The pair `source: key` of a row; nothing where it names none."""
        pairs = row.group("source")
        if not pairs or "title" not in dict(pairs):
            return []
        said = tuple(f"{key}={node.value}" for key, node in pairs)
        if said not in self._keys:
            self._keys[said] = f"s{len(self._keys) + 1}"
            self._nodes.append((self._keys[said], mapping(pairs, _mark(pairs))))
        return [("source", scalar(self._keys[said], _mark(pairs)))]

    @property
    def node(self) -> yaml.Node:
        return mapping(self._nodes, CellMark(self._sheet, 1))


def _mark(pairs: Sequence[tuple[str, yaml.Node]]) -> CellMark:
    """Where the first of some cells stands."""
    mark = pairs[0][1].start_mark
    return CellMark(str(mark.name), mark.line + 1, mark.column)


def _firms_node(tables: Tables) -> yaml.Node:
    listed = _Listed("企业")
    products = _by_firm(tables, "企业产品")
    expansion = _by_firm(tables, "扩产动向")
    firms: list[yaml.Node] = []
    for row in tables["企业"]:
        pairs = [*row.nodes(), *listed.key(row)]
        if revenue := row.group("revenue"):
            pairs.append(("revenue", mapping(revenue, _mark(revenue))))
        name = row.text("name")
        for key, found in (("links", products), ("expansion", expansion)):
            if rows := found.pop(name, []):
                nodes: list[yaml.Node] = [
                    mapping([p for p in one.nodes() if p[0] != "firm"], one.mark) for one in rows
                ]
                pairs.append((key, sequence(nodes, row.mark)))
        firms.append(mapping(pairs, row.mark))
    names = [row.text("name") for row in tables["企业"]]
    for left in (products, expansion):
        for name, rows in left.items():
            for row in rows:
                row.fault(f"“企业”表里没有“{name}”{hint(name, names)}", "firm")
    mark = CellMark("企业", 1)
    return mapping([("sources", listed.node), ("enterprises", sequence(firms, mark))], mark)


def _by_firm(tables: Tables, sheet: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in tables[sheet]:
        if row.text("firm"):
            found.setdefault(row.text("firm"), []).append(row)
        else:
            row.missing("firm")
    return found


def _gates_node(tables: Tables) -> yaml.Node:
    listed = _Listed("限制")
    gates: list[yaml.Node] = [
        mapping([*row.nodes(), *listed.key(row)], row.mark) for row in tables["限制"]
    ]
    mark = CellMark("限制", 1)
    return mapping([("sources", listed.node), ("gates", sequence(gates, mark))], mark)
