"""The catalogue: every chain and every enterprise known, read from authored YAML files.

The format is docs/catalogue.md. A file that breaks it is refused with all its faults.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chains._errors import CatalogueError, Fault, UnknownName, nearest
from chains.catalogue.chain_file import read_chain
from chains.catalogue.enterprise_file import read_enterprises
from chains.catalogue.reading import Page
from chains.chain import Chain, Link
from chains.enterprise import Enterprise

FOLDER = Path(__file__).parent
ENTERPRISES = "enterprises.yaml"


@dataclass(frozen=True)
class Catalogue:
    """All chains by id, sorted by id, and all enterprises in the order of their file."""

    chains: Mapping[str, Chain]
    enterprises: tuple[Enterprise, ...]

    def chain(self, id_or_name: str) -> Chain:
        """The chain with this id or full name.

        Raises:
            UnknownName: naming the nearest chains.
        """
        for chain in self.chains.values():
            if id_or_name in (chain.id, chain.name):
                return chain
        known = [text for chain in self.chains.values() for text in (chain.name, chain.id)]
        raise UnknownName("产业链", id_or_name, nearest(id_or_name, known))

    def link(self, name: str, chain: str | None = None) -> Link:
        """The link with this name or alias, in one chain (id or name) or in the first that has it.

        Raises:
            UnknownName: naming the nearest links, or the nearest chains.
        """
        if chain is not None:
            return self.chain(chain).link(name)
        for links in (self._names, self._aliases):
            if name in links:
                return links[name]
        raise UnknownName("环节", name, nearest(name, self._names))

    def chains_using(self, link: str) -> tuple[str, ...]:
        """Ids of the chains that hold a link of this name; empty where none does."""
        return tuple(chain.id for chain in self.chains.values() if link in chain.links)

    def enterprises_on(self, link: str) -> tuple[Enterprise, ...]:
        """Enterprises known to make what the link makes, in the order of their file."""
        return tuple(firm for firm in self.enterprises if link in firm.products)

    @cached_property
    def use_counts(self) -> dict[str, int]:
        """How many chains hold each link: what `assess` wants as `chains_using`."""
        return {name: len(self.chains_using(name)) for name in self._names}

    @cached_property
    def _names(self) -> dict[str, Link]:
        found: dict[str, Link] = {}
        for chain in self.chains.values():
            for link in chain.links.values():
                found.setdefault(link.name, link)
        return found

    @cached_property
    def _aliases(self) -> dict[str, Link]:
        found: dict[str, Link] = {}
        for chain in self.chains.values():
            for link in chain.links.values():
                for alias in link.aliases:
                    found.setdefault(alias, link)
        return found


def load(folder: Path | str | None = None) -> Catalogue:
    """The catalogue in `folder`, by default the one of this package.

    Nothing is cached: the caller keeps what it loaded. Nothing is half-loaded either.

    Raises:
        CatalogueError: with every fault of every file, each with its file and line.
    """
    folder = FOLDER if folder is None else Path(folder)
    files = sorted(path for path in folder.glob("*.yaml") if path.name != ENTERPRISES)
    if not files:
        raise CatalogueError([Fault(str(folder), 1, "这个文件夹里没有产业链文件（*.yaml）")])
    pages = [Page(path) for path in files]
    read = [(read_chain(page), page) for page in pages]
    chains = [chain for chain, _ in read if chain is not None]
    _distinct(read)
    links = {name for chain in chains for name in chain.links}
    firms = Page(folder / ENTERPRISES)
    enterprises = read_enterprises(firms, links if len(chains) == len(files) else None)
    faults = [fault for page in (*pages, firms) for fault in page.faults]
    if faults:
        raise CatalogueError(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return Catalogue({chain.id: chain for chain in chains}, tuple(enterprises))


def _distinct(read: list[tuple[Chain | None, Page]]) -> None:
    """No two files with one chain name (their ids differ as their file names do)."""
    seen: dict[str, str] = {}
    for chain, page in read:
        if chain is None or not chain.name:
            continue
        if chain.name in seen:
            page.fault(1, f"产业链名“{chain.name}”已用于 {seen[chain.name]}")
        seen.setdefault(chain.name, page.file)
