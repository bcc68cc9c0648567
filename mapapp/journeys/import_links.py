"""New rows of an import that name no link: what their words suggest, and to how many."""

from collections.abc import Iterable, Sequence

from chains.tagging import Tag
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.suggest_links import suggest
from mapapp.store.imports import StoredRow

UNLINKED, SUGGESTED = "unlinked", "suggested"
"""Among an upload's counts: new rows without a link, and those that a link is suggested for."""
LOOKED = 5_000
"""As many of them are looked at while a preview is made: half a second for short names."""


def count_suggestions(bureau: Bureau, rows: Iterable[StoredRow]) -> dict[str, int]:
    """How many new rows have no link, and for how many of the first LOOKED one is suggested."""
    bare = [row for row in rows if lacks_link(row)]
    if not bare:
        return {}
    tags = suggest(bureau, [_words(row) for row in bare[:LOOKED]])
    return {UNLINKED: len(bare), SUGGESTED: sum(bool(tag.links) for tag in tags)}


def suggestions_of(bureau: Bureau, rows: Sequence[StoredRow]) -> list[Tag | None]:
    """What the words of each row suggest; None where it has a link, is not new or says nothing."""
    places = [place for place, row in enumerate(rows) if lacks_link(row)]
    found: list[Tag | None] = [None] * len(rows)
    if places:
        tags = suggest(bureau, [_words(rows[place]) for place in places])
        for place, tag in zip(places, tags, strict=True):
            found[place] = tag if tag.links else None
    return found


def lacks_link(row: StoredRow) -> bool:
    """Whether a row would be a new project without a link."""
    return row.kind == "insert" and not (row.new or {}).get("links")


def _words(row: StoredRow) -> tuple[str, str]:
    return row.name, str((row.new or {}).get("product") or "")
