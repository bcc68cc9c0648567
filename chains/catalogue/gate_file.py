"""Gate files to Gates: one file for each prefecture, named by its code."""

from collections.abc import Collection
from pathlib import Path

from chains._codes import encloses, is_code
from chains._errors import CatalogueError, Fault, hint
from chains.catalogue.chain_file import read_sources
from chains.catalogue.reading import Entry, Page
from chains.chain import Source
from chains.gates import Gate, GateKind, Verdict

FOLDER = Path(__file__).parent / "gates"
_ROOT = ("sources", "gates")
_GATE = ("links", "places", "kind", "verdict", "sentence", "source")


def load_gates(
    links: Collection[str] | None = None, folder: Path | str | None = None
) -> tuple[Gate, ...]:
    """Every gate of every file in `folder`, by default the ones of this package.

    `links` are the names that exist in any chain; None leaves them unchecked.

    Raises:
        CatalogueError: with every fault of every file, each with its file and line.
    """
    pages = [Page(path) for path in sorted(Path(folder or FOLDER).glob("*.yaml"))]
    gates = [gate for page in pages for gate in read_gates(page, links)]
    faults: list[Fault] = [fault for page in pages for fault in page.faults]
    if faults:
        raise CatalogueError(sorted(faults, key=lambda fault: (fault.file, fault.line)))
    return tuple(gates)


def read_gates(page: Page, links: Collection[str] | None) -> list[Gate]:
    """The gates of a file; an entry for several links and places makes one for each pair."""
    if not is_code(page.stem):
        page.fault(1, f"文件名应是六位行政区划代码，现在是“{page.stem}”")
    root = page.entry(_ROOT)
    if root is None:
        return []
    sources = read_sources(root)
    return [
        gate
        for entry in root.entries("gates", _GATE)
        for gate in _gates(entry, page.stem, sources, links)
    ]


def _gates(
    entry: Entry, prefecture: str, sources: dict[str, Source], links: Collection[str] | None
) -> list[Gate]:
    named = entry.texts("links")
    for name in named:
        if links is not None and name not in links:
            entry.fault(f"没有叫“{name}”的环节{hint(name, links)}", "links")
    places = entry.texts("places") or (prefecture,)
    for code in places:
        if not is_code(code) or not encloses(prefecture, code):
            entry.fault(f"“{code}”不是 {prefecture} 或其下的区划代码", "places")
    kind = _one_of(entry, "kind", [item.value for item in GateKind])
    verdict = _one_of(entry, "verdict", [item.value for item in Verdict])
    sentence, source = entry.text("sentence", required=True), entry.text("source", required=True)
    if source and source not in sources:
        entry.fault(f"{entry.word('sources')} 里没有出处“{source}”", "source")
    if not (kind and verdict and source in sources):
        return []
    return [
        Gate(name, code, GateKind(kind), Verdict(verdict), sentence, sources[source])
        for name in (named or (None,))
        for code in places
    ]


def _one_of(entry: Entry, key: str, known: list[str]) -> str:
    found = entry.text(key, required=True)
    if found and found not in known:
        entry.fault(f"“{entry.word(key)}”应是 {'、'.join(known)} 之一，现在是“{found}”", key)
        return ""
    return found
