"""Where each entry of a catalogue stands: the file and line to open and mend."""

from pathlib import Path

import yaml

from chains.catalogue.reading import Entry, Page

ENTERPRISE, LINK, EDGE, SOURCE, CHAIN = "enterprise", "link", "edge", "source", "chain"

Spot = tuple[str, int]
"""A file's name, relative to the catalogue's folder, and a line."""


class Whereabouts:
    """The entries of all files in a folder, by kind, name and (where chains share it) chain."""

    def __init__(self, folder: Path) -> None:
        self._spots: dict[tuple[str, str], list[Spot]] = {}
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("enterprises/*.yaml"))):
            self._read(Page(path), path.relative_to(folder).as_posix())

    def find(self, kind: str, name: str, chain: str = "") -> Spot:
        """Where the entry stands, in the chain's own file if there are several; ("", 0) unknown."""
        spots = self._spots.get((kind, name), [])
        own = [spot for spot in spots if spot[0] == f"{chain}.yaml"]
        return next(iter(own or spots), ("", 0))

    def _read(self, page: Page, file: str) -> None:
        if isinstance(page.root, yaml.SequenceNode):
            self._firms(page.entries(()), file)
            return
        root = page.entry(())
        if root is None:
            return
        self._note(CHAIN, page.stem, (file, root.line))
        self._firms(root.entries("enterprises", ()), file)
        for entry in root.entries("links", ()):
            self._note(LINK, entry.text("name"), (file, entry.line))
        for entry in root.entries("edges", ()):
            arrow = f"{entry.text('from')}→{entry.text('to')}"
            self._note(EDGE, arrow, (file, entry.line))
        listed = root.entry("sources")
        for key in listed or ():
            source = listed.entry(key) if listed else None
            self._note(SOURCE, key, (file, source.line if source else root.line))

    def _firms(self, entries: list[Entry], file: str) -> None:
        for entry in entries:
            self._note(ENTERPRISE, entry.text("name"), (file, entry.line))

    def _note(self, kind: str, name: str, spot: Spot) -> None:
        self._spots.setdefault((kind, name), []).append(spot)
