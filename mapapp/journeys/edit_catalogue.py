"""编辑链谱: see what a workbook would change, apply it, go back; nothing is ever overwritten."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chains import CatalogueError, Fault
from chains.catalogue import FOLDER, load
from chains.catalogue.difference import CHANGED, Change, compare
from chains.catalogue.library import Library, read_library
from chains.catalogue.part import Part, is_on, part_of
from chains.catalogue.revising import revise
from chains.catalogue.sheet_reading import Surroundings, read_sheets
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.catalogue_sheets import Names, read_workbook
from mapapp.ledger.problems import FileRefused
from mapapp.store.errors import StoreError

PURPOSE = "catalogue"
LONGEST_NOTE = 100
_NAMED = 5


class EditRefused(StoreError):
    """An edit that cannot be applied or undone; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Stranded:
    """A link that would go, and who in the bureau's own data stands on it; a few by name."""

    link: str
    projects: int
    enterprises: int
    registered: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditReport:
    """What applying a workbook would do; refused says why the whole of it was turned away.

    texts are the new contents of the files concerned, seen the newest revision it was compared to.
    """

    name: str
    sha256: str
    chain: str = ""
    chain_name: str = ""
    is_new: bool = False
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    stranded: tuple[Stranded, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    seen: int = 0
    refused: str = ""

    @property
    def writes(self) -> bool:
        return bool(self.texts) and not self.faults and not self.refused

    @property
    def fingerprint(self) -> str:
        """Changes when what was shown would no longer be true."""
        shown = (self.changes, self.stranded, sorted(self.texts.items()), self.seen)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]

    def count(self, action: str) -> int:
        return sum(change.action == action for change in self.changes)


def preview(bureau: Bureau, data: bytes, name: str) -> EditReport:
    """What applying a workbook would do; nothing is written. A refused file is a report as well."""
    name = "".join(c for c in name if c.isprintable())[:255]
    digest = hashlib.sha256(data).hexdigest()
    if bureau.catalogue_faults:
        return EditReport(name, digest, refused=_BROKEN)
    try:
        sheets = read_workbook(data)
    except FileRefused as refusal:
        return EditReport(name, digest, refused=refusal.message)
    names = Names(bureau)
    found = next((_said_id(s.rows) for s in sheets if s.name.strip() == "产业链"), "")
    around = _surroundings(bureau, found, names)
    reading = read_sheets(sheets, name, around)
    if reading.part is None:
        return EditReport(name, digest, faults=reading.faults)
    return _report(bureau, name, digest, reading.part, names)


_BROKEN = (
    "本市改过的链谱与随产品的版本对不上，现在用的是随产品的版本。请先在下面恢复改过的文件，再上传"
)


def _said_id(rows: Iterable[tuple[int, object]]) -> str:
    """The id that a workbook gives for its chain."""
    for _, cells in rows:
        said = [str(cell).strip() for cell in cells if cell is not None]  # type: ignore[attr-defined]
        if len(said) > 1 and said[0] == "代号":
            return said[1]
    return ""


def _surroundings(bureau: Bureau, chain: str, names: Names) -> Surroundings:
    chains = bureau.catalogue.chains.values()
    here = bureau.catalogue.chains.get(chain)
    own = frozenset(f.name for f in bureau.catalogue.enterprises if here and is_on(f, here))
    return Surroundings(
        bureau.city.code,
        frozenset(link for other in chains if other.id != chain for link in other.links),
        {other.name: other.id for other in chains},
        [f for f in bureau.catalogue.enterprises if f.name not in own],
        own,
        names,
    )


def _report(bureau: Bureau, name: str, digest: str, after: Part, names: Names) -> EditReport:
    catalogue, chain = bureau.catalogue, after.chain
    is_new = chain.id not in catalogue.chains
    before = None if is_new else part_of(catalogue, chain.id, bureau.city.code)
    texts = revise(_library(bureau), before, after, bureau.city.code)
    changes = compare(before, after, names)
    if texts and not changes:
        changes = (Change(CHANGED, "产业链", "各表里行的次序", ()),)
    return EditReport(
        name,
        digest,
        chain.id,
        chain.name,
        is_new,
        unfit(bureau, texts),
        changes,
        _stranded(bureau, before, after),
        texts,
        bureau.catalogue_revision,
    )


def _library(bureau: Bureau) -> Library:
    return read_library(FOLDER, _own_texts(bureau))


def _own_texts(bureau: Bureau) -> dict[str, str]:
    files = bureau.store.catalogue.in_force().values()
    return {file.name: file.text for file in files if file.text is not None}


def unfit(bureau: Bureau, texts: Mapping[str, str | None]) -> tuple[Fault, ...]:
    """What the whole catalogue would have against these files."""
    merged = {
        name: text for name, text in (_own_texts(bureau) | dict(texts)).items() if text is not None
    }
    try:
        load(revised=merged)
    except CatalogueError as wrong:
        return wrong.faults
    return ()


def _stranded(bureau: Bureau, before: Part | None, after: Part) -> tuple[Stranded, ...]:
    """Who stands on the links that would be in no chain any more."""
    if before is None:
        return ()
    others = bureau.catalogue.chains.values()
    kept = {link for other in others if other.id != after.chain.id for link in other.links}
    gone = [x for x in before.chain.links if x not in after.chain.links and x not in kept]
    return tuple(found for link in gone if (found := _on(bureau, link)))


def _on(bureau: Bureau, link: str) -> Stranded | None:
    projects = [p.name for p in bureau.store.linked_projects(bureau.today) if link in p.links]
    firms = [firm.name for firm in bureau.store.enterprises() if link in firm.links]
    places = [item.firm for item in bureau.store.register.entries() if item.link == link]
    if not (projects or firms or places):
        return None
    named = tuple([*firms, *projects][:_NAMED])
    return Stranded(link, len(projects), len(firms), len(places), named)


def keep(bureau: Bureau, data: bytes, name: str, actor: str) -> EditReport | int:
    """Keep a workbook until it is confirmed: its number. One with mistakes is not kept."""
    report = preview(bureau, data, name)
    if report.refused or report.faults:
        return report
    return bureau.store.collection.keep_file(PURPOSE, report.name, report.sha256, data, actor)


def read_kept(bureau: Bureau, number: int) -> EditReport | None:
    """A kept workbook, read anew against the catalogue as it is now."""
    kept = bureau.store.collection.file(number)
    if kept is None or kept.purpose != PURPOSE:
        return None
    return preview(bureau, kept.content, kept.name)


def commit(bureau: Bureau, report: EditReport, note: str, actor: str) -> int:
    """Apply what a preview showed, all of it or nothing; the number of the edit.

    Raises:
        EditRefused: there is nothing to apply, or something is wrong with it.
        CatalogueChanged: the catalogue was changed after the preview.
    """
    if not report.writes:
        why = report.refused or "; ".join(map(str, report.faults)) or "没有要改的内容"
        raise EditRefused(f"没有写入：{why}。")
    said = " ".join(note.split())[:LONGEST_NOTE] or f"按工作簿“{report.name}”"
    return save(bureau, report.texts, said, actor, report.seen)


def save(bureau: Bureau, texts: Mapping[str, str | None], note: str, actor: str, seen: int) -> int:
    """Write new texts of files (None: as shipped) as one edit; its number."""
    shipped = {name: digest for name in texts if (digest := shipped_sha256(name))}
    return bureau.store.catalogue.save(texts, shipped, note, actor, seen)


def shipped_sha256(name: str) -> str:
    """The SHA-256 of a file as it is shipped; empty where there is none."""
    path = FOLDER / name
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
