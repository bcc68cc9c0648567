"""The catalogue file by file: what is shipped, with the texts that an office put in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chains._errors import CatalogueError, Fault
from chains.catalogue.chain_file import read_chain
from chains.catalogue.enterprise_file import read_enterprises
from chains.catalogue.gate_file import read_gates
from chains.catalogue.reading import Page
from chains.chain import Chain
from chains.enterprise import Enterprise
from chains.gates import Gate

ENTERPRISES, GATES = "enterprises", "gates"
"""The folders of files that are no chain's."""


@dataclass(frozen=True)
class Library:
    """What each file holds, by its name in the catalogue's folder, sorted."""

    chains: Mapping[str, Chain]
    firms: Mapping[str, tuple[Enterprise, ...]]
    gates: Mapping[str, tuple[Gate, ...]]


def read_library(folder: Path, revised: Mapping[str, str]) -> Library:
    """Every file of the folder, those of `revised` by their text there, which may be new ones.

    Raises:
        CatalogueError: with every fault of every file, each with its file and line.
    """
    names = _names(folder, revised)
    pages = {name: Page(folder / name, revised.get(name), name) for name in names}
    firm_pages, gate_pages = (
        {name: page for name, page in pages.items() if name.startswith(f"{kind}/")}
        for kind in (ENTERPRISES, GATES)
    )
    others = firm_pages.keys() | gate_pages.keys()
    read = {name: (read_chain(page), page) for name, page in pages.items() if name not in others}
    if not read:
        raise CatalogueError([Fault(str(folder), 1, "这个文件夹里没有产业链文件（*.yaml）")])
    chains = {name: chain for name, (chain, _) in read.items() if chain is not None}
    _distinct(list(read.values()))
    links = {link for chain in chains.values() for link in chain.links}
    known = links if len(chains) == len(read) else None
    firms = dict(zip(firm_pages, read_enterprises(firm_pages.values(), known), strict=True))
    gates = {name: tuple(read_gates(page, known)) for name, page in gate_pages.items()}
    faults = [fault for page in pages.values() for fault in page.faults]
    if faults:
        raise CatalogueError(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return Library(chains, firms, gates)


def _names(folder: Path, revised: Mapping[str, str]) -> list[str]:
    """The names of all files in the catalogue's folder, chains and what stands in its folders."""
    kinds = ("", f"{ENTERPRISES}/", f"{GATES}/")
    shipped = [f"{kind}{path.name}" for kind in kinds for path in (folder / kind).glob("*.yaml")]
    return sorted({*shipped, *revised})


def _distinct(read: list[tuple[Chain | None, Page]]) -> None:
    """No two files with one chain name (their ids differ as their file names do)."""
    seen: dict[str, str] = {}
    for chain, page in read:
        if chain is None or not chain.name:
            continue
        if chain.name in seen:
            page.fault(1, f"产业链名“{chain.name}”已用于 {seen[chain.name]}")
        seen.setdefault(chain.name, page.file)
