"""Count what the catalogue holds, and keep the tables in README and docs to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chains import Catalogue, Chain, ChainsError, Enterprise, Source

PAGES = ("README.md", "docs/catalogue.md")
"""The pages that carry the table."""
BEGIN, END = "<!-- catalogue-counts: make counts -->", "<!-- /catalogue-counts -->"
TITLES = ("产业链", "环节", "供需关系", "其中系数为估计", "企业", "其中上市", "出处")


@dataclass(frozen=True, slots=True)
class Counts:
    """A row of the table. edges have return flows among them, estimates are edges; sources are
    the texts that links, edges and enterprises rest on, each once."""

    name: str
    links: int
    edges: int
    estimates: int
    firms: int
    listed: int
    sources: int

    @property
    def cells(self) -> tuple[str, ...]:
        numbers = (self.links, self.edges, self.estimates, self.firms, self.listed, self.sources)
        return (self.name, *(f"{number:,}" for number in numbers))


def count(catalogue: Catalogue) -> tuple[Counts, ...]:
    """A row for each chain, and one for all: there a link or firm of several chains counts once."""
    chains = list(catalogue.chains.values())
    rows = [_row(chain.name, [chain], _on(catalogue, chain)) for chain in chains]
    return (*rows, _row(f"合计 {len(chains)} 条链", chains, catalogue.enterprises))


def as_records(rows: Sequence[Counts]) -> list[dict[str, object]]:
    """The rows as `catalogue-counts --json` prints them, the last of them for all chains."""
    keys = ("name", "links", "edges", "estimates", "firms", "listed", "sources")
    return [{key: getattr(row, key) for key in keys} for row in rows]


def as_markdown(rows: Sequence[Counts]) -> str:
    """The table as README and docs carry it."""
    lines = [TITLES, ("---", *["---:"] * (len(TITLES) - 1)), *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_lines(rows: Sequence[Counts]) -> Iterator[str]:
    """The table for the terminal, cells apart by tabs."""
    for line in (TITLES, *(row.cells for row in rows)):
        yield "\t".join(line)


def with_table(page: str, table: str) -> str:
    """The text of a page with the table between its marks.

    Raises:
        ChainsError: the marks are not there, each once and in order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or page.count(BEGIN) + page.count(END) != 2:
        raise ChainsError(f"没有放表的地方：要有一行 {BEGIN}，下面一行 {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def write_tables(root: Path, table: str) -> list[str]:
    """Bring the table on every page up to date; the pages that changed.

    Raises:
        ChainsError: a page has no place for it.
    """
    changed = []
    for name in PAGES:
        path = root / name
        page = path.read_text("utf-8")
        if (again := with_table(page, table)) != page:
            path.write_text(again, "utf-8")
            changed.append(name)
    return changed


def _row(name: str, chains: Sequence[Chain], firms: Sequence[Enterprise]) -> Counts:
    edges = [edge for chain in chains for edge in (*chain.edges, *chain.returns)]
    links = [link for chain in chains for link in chain.links.values()]
    texts = [edge.basis for edge in edges if isinstance(edge.basis, Source)]
    texts += [link.source for link in links if link.source]
    texts += [firm.source for firm in firms if firm.source]
    return Counts(
        name,
        len({link.name for link in links}),
        len(edges),
        sum(edge.estimated for edge in edges),
        len(firms),
        sum(bool(firm.stock_code) for firm in firms),
        len(set(texts)),
    )


def _on(catalogue: Catalogue, chain: Chain) -> list[Enterprise]:
    return [firm for firm in catalogue.enterprises if firm.products.keys() & chain.links.keys()]
