"""链谱改过什么: the office's own files, its edits, the way back; nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.catalogue_sheets import Names
from mapapp.journeys.edit_catalogue import (
    LONGEST_NOTE,
    EditRefused,
    save,
    shipped_sha256,
    unfit,
)
from mapapp.store.catalogue import FileRevision

HISTORY = 50


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that was applied: its files, who, when, why. undoable: nothing came after it."""

    number: int
    files: tuple[str, ...]
    note: str
    changed_by: str
    changed_at: datetime
    undoable: bool


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that differs from the shipped one. moved: the shipped one was changed since."""

    name: str
    label: str
    changed_by: str
    changed_at: datetime
    is_new: bool
    moved: bool


def own_files(bureau: Bureau) -> list[OwnFile]:
    """The files that are not as they were shipped, by name."""
    return [
        OwnFile(
            name,
            _label(bureau, name),
            file.changed_by,
            file.changed_at,
            not shipped_sha256(name),
            file.shipped_sha256 != shipped_sha256(name),
        )
        for name, file in bureau.store.catalogue.in_force().items()
        if file.text is not None
    ]


def _label(bureau: Bureau, name: str) -> str:
    """What a file holds, as a planner says it."""
    kind, _, stem = name.removesuffix(".yaml").rpartition("/")
    chain = bureau.catalogue.chains.get(stem)
    if kind == "gates":
        return f"{Names(bureau).name(stem) or stem}的限制"
    said = chain.name if chain else stem
    return f"{said}的企业" if kind else said


def edits(bureau: Bureau) -> list[Edit]:
    """The last edits, the newest first."""
    in_force = bureau.store.catalogue.in_force()
    by_number: dict[int, list[FileRevision]] = {}
    for file in bureau.store.catalogue.edits(HISTORY):
        by_number.setdefault(file.edit, []).append(file)
    return [
        Edit(
            number,
            tuple(_label(bureau, file.name) for file in files),
            files[0].note,
            files[0].changed_by,
            files[0].changed_at,
            all(in_force[file.name].id == file.id for file in files),
        )
        for number, files in by_number.items()
    ]


def undo(bureau: Bureau, number: int, actor: str) -> int:
    """Put back what each file of an edit was before it, as a new edit; its number.

    Raises:
        UnknownName: there is no such edit.
        EditRefused: a file was changed again since, or the rest does not fit what was before.
    """
    files = bureau.store.catalogue.edit(number)
    if not files:
        raise UnknownName("链谱的修改", str(number), ())
    in_force = bureau.store.catalogue.in_force()
    if later := [file for file in files if in_force[file.name].id != file.id]:
        what = "、".join(_label(bureau, file.name) for file in later)
        raise EditRefused(f"没有撤销：{what}在这之后又改过。请先撤销后面的修改。")
    texts = {file.name: _before(bureau, number, file.name) for file in files}
    return _put_back(bureau, texts, f"撤销第 {number} 次修改", actor)


def _before(bureau: Bureau, number: int, name: str) -> str | None:
    found = bureau.store.catalogue.before(number, name)
    return found.text if found else None


def restore(bureau: Bureau, names: Iterable[str], actor: str) -> int:
    """Put these files back to what is shipped, all that differ where none is named.

    Raises:
        UnknownName: a file is as it was shipped, or there is none of that name.
        EditRefused: the rest does not fit the shipped ones.
    """
    own = {file.name: file.label for file in own_files(bureau)}
    wanted = list(names) or list(own)
    for name in wanted:
        if name not in own:
            raise UnknownName("改过的链谱文件", name, list(own)[:3])
    if not wanted:
        raise EditRefused("没有恢复：链谱都是随产品的版本。")
    note = f"恢复为随产品的版本：{'、'.join(own[name] for name in wanted)}"
    return _put_back(bureau, dict.fromkeys(wanted), note[:LONGEST_NOTE], actor)


def _put_back(bureau: Bureau, texts: Mapping[str, str | None], note: str, actor: str) -> int:
    seen = bureau.store.catalogue.newest()
    for name, text in texts.items():
        _not_in_use(bureau, name, text)
    if faults := unfit(bureau, texts):
        raise EditRefused(
            f"没有改：其他文件与恢复后的对不上（{faults[0]}）。请连同它们一起恢复为随产品的版本。"
        )
    return save(bureau, texts, note, actor, seen)


def _not_in_use(bureau: Bureau, name: str, text: str | None) -> None:
    """A chain that would be gone altogether must not be one that the ledger speaks of."""
    if text is not None or "/" in name or shipped_sha256(name):
        return
    chain = name.removesuffix(".yaml")
    projects = sum(s.projects for s in bureau.store.chain_sums() if s.chain == chain)
    firms = sum(firm.chain == chain for firm in bureau.store.enterprises())
    if projects or firms:
        raise EditRefused(
            f"没有改：台账里有 {projects} 个项目、{firms} 家企业属于“{bureau.chain_name(chain)}”，"
            "撤去这条链它们就没有归属了。请先给它们另选产业链。"
        )
