"""An edited part of the catalogue back into its files."""

from collections.abc import Sequence

from chains.catalogue.library import ENTERPRISES, GATES, Library
from chains.catalogue.part import Part
from chains.catalogue.writing import chain_text, firms_text, gates_text
from chains.enterprise import Enterprise
from chains.gates import Gate


def revise(library: Library, before: Part | None, after: Part, prefecture: str) -> dict[str, str]:
    """The new text of each file that a part changes, by its name; nothing where it changes nothing.

    before is the part as the library holds it, None for a new chain. A firm stays in its file, a
    new one comes into the file of its chain's name; gates stand in the file of their prefecture.
    """
    texts: dict[str, str] = {}
    name = f"{after.chain.id}.yaml"
    if before is None or chain_text(before.chain) != chain_text(after.chain):
        texts[name] = chain_text(after.chain)
    for file, firms in _firms(library, before, after).items():
        texts[file] = firms_text(firms)
    gates_file = f"{GATES}/{prefecture}.yaml"
    old = library.gates.get(gates_file, ())
    new = _gates(old, before, after)
    if set(new) != set(old):
        texts[gates_file] = gates_text(new)
    return texts


def _firms(library: Library, before: Part | None, after: Part) -> dict[str, tuple[Enterprise, ...]]:
    """The firms of each file that is not as it was."""
    edited = {firm.name: firm for firm in after.enterprises}
    gone = {firm.name for firm in before.enterprises} - edited.keys() if before else set()
    placed = {firm.name for firms in library.firms.values() for firm in firms}
    files = {
        file: tuple(edited.get(firm.name, firm) for firm in firms if firm.name not in gone)
        for file, firms in library.firms.items()
    }
    own = f"{ENTERPRISES}/{after.chain.id}.yaml"
    added = tuple(firm for firm in after.enterprises if firm.name not in placed)
    files[own] = files.get(own, ()) + added
    return {file: firms for file, firms in files.items() if firms != library.firms.get(file, ())}


def _gates(old: Sequence[Gate], before: Part | None, after: Part) -> tuple[Gate, ...]:
    """The gates of the file: those that stay in their order, then the new ones."""
    gone = set(before.gates if before else ()) - set(after.gates)
    kept = [gate for gate in old if gate not in gone]
    return (*kept, *(gate for gate in after.gates if gate not in kept))
