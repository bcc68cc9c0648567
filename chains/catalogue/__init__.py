"""The catalogue: every chain and every enterprise known, read from authored YAML files.

The format is docs/catalogue.md. A file that breaks it is refused with all its faults.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from chains._errors import UnknownName, nearest
from chains.catalogue.library import read_library
from chains.chain import Chain, Link
from chains.enterprise import Enterprise
from chains.gates import Gate

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Catalogue:
    """All chains by id, sorted by id, all enterprises and gates in the order of their files."""

    chains: Mapping[str, Chain]
    enterprises: tuple[Enterprise, ...]
    gates: tuple[Gate, ...] = ()

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


def load(folder: Path | str | None = None, revised: Mapping[str, str] | None = None) -> Catalogue:
    """The catalogue in `folder`, by default the one of this package.

    `revised` are texts that stand in for files of the folder, or beside them, by their name in it
    (`power_battery.yaml`, `gates/420300.yaml`).
    Nothing is cached: the caller keeps what it loaded. Nothing is half-loaded either.

    Raises:
        CatalogueError: with every fault of every file, each with its file and line.
    """
    library = read_library(FOLDER if folder is None else Path(folder), revised or {})
    return Catalogue(
        {chain.id: chain for chain in library.chains.values()},
        tuple(firm for firms in library.firms.values() for firm in firms),
        tuple(gate for gates in library.gates.values() for gate in gates),
    )
