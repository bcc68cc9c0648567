"""待确认环节: what has no link yet, what its words suggest, and what a person says to that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.lexicon import fold, marked
from chains.tagging import Tag
from mapapp.journeys.browse import get_enterprise, get_project
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.project import InvestmentProject, LocalEnterprise
from mapapp.store import ProjectChange, StaleRow
from mapapp.store.imports import ACCEPTED
from mapapp.store.link_answers import Answer, Untagged

PROJECT, ENTERPRISE = "project", "enterprise"
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Pending:
    """Something without a link; name and product in pieces, with what was matched marked."""

    item: Untagged
    tag: Tag
    name: Pieces
    product: Pieces


@dataclass(frozen=True, slots=True)
class PendingList:
    """A part of what waits for an answer, how much there is, and how much was answered."""

    shown: tuple[Pending, ...]
    total: int
    answered: int


def pending(
    bureau: Bureau, start: int = 0, count: int = 20, upload: str | None = None
) -> PendingList:
    """What has no link and was not answered, projects first; of one import alone where its id is
    given.

    An answer is about a name and a product: where they read otherwise now, it is asked again.
    """
    only = None if upload is None else bureau.store.imports.codes(upload, ACCEPTED)
    given = bureau.store.link_answers.answers()
    latest: dict[tuple[str, str], str] = {}
    for answer in given:
        latest.setdefault((answer.kind, answer.key), answer.about)
    waiting = [
        item
        for item in bureau.store.link_answers.untagged()
        if latest.get((item.kind, item.key)) != about(item.name, item.product)
        and (only is None or (item.kind == PROJECT and item.key in only))
    ]
    some = waiting[start : start + count]
    tags = bureau.tagger.tag_all([(item.name, item.product) for item in some]) if some else []
    shown = tuple(_pending(item, tag) for item, tag in zip(some, tags, strict=True))
    return PendingList(shown, len(waiting), len(given))


def answers(bureau: Bureau) -> list[Answer]:
    """Every answer given, the newest first."""
    return bureau.store.link_answers.answers()


def answer(
    bureau: Bureau, kind: str, key: str, version: int, links: Sequence[str], actor: str
) -> None:
    """Write what somebody says: these links, or none of those suggested (no links).

    Links are names or aliases. A project without a chain gets the one that its words speak for.

    Raises:
        UnknownName: no such project, enterprise or link.
        StaleRow: it was changed since it was shown; nothing was written.
    """
    names = tuple(dict.fromkeys(bureau.catalogue.link(name).name for name in links))
    found = get_enterprise(bureau, key) if kind == ENTERPRISE else get_project(bureau, key)
    if found.row_version != version:
        raise StaleRow(kind, key, version, found.row_version)
    tag = bureau.tagger.tag(found.name, found.product)
    said = Answer(
        ENTERPRISE if kind == ENTERPRISE else PROJECT,
        key,
        about(found.name, found.product),
        names,
        tuple(item.link for item in tag.links),
        actor,
    )
    bureau.store.link_answers.save(said, _change(bureau, found, tag, names) if names else None)


def about(name: str, product: str) -> str:
    """What an answer is about."""
    return f"{fold(name)}|{fold(product)}"


def _change(
    bureau: Bureau,
    found: InvestmentProject | LocalEnterprise,
    tag: Tag,
    links: tuple[str, ...],
) -> ProjectChange | LocalEnterprise:
    if isinstance(found, LocalEnterprise):
        return found
    holders = bureau.catalogue.chains_using(links[0])
    chain = tag.chain if tag.chain in holders else holders[0] if len(holders) == 1 else None
    return ProjectChange(replace(found, links=links, chain=found.chain or chain), found)


def _pending(item: Untagged, tag: Tag) -> Pending:
    words = {word for link in tag.links for word in link.matched} | set(tag.matched)
    return Pending(item, tag, marked(item.name, words), marked(item.product, words))
