"""The ledger's projects short, as a selection means them: what the year's pages count from."""

from __future__ import annotations

from collections.abc import Mapping

from mapapp.journeys.bureau import Bureau
from mapapp.journeys.selection import OTHER_CHAIN, Selection
from mapapp.ledger.facts import ProjectFacts


def all_facts(bureau: Bureau) -> list[ProjectFacts]:
    """Every project, by project code; read once for one state of the ledger."""
    return bureau.remember("facts", bureau.store.facts)


def links_of(bureau: Bureau) -> Mapping[str, tuple[str, ...]]:
    """By project code, the links that the project was put on."""
    return bureau.remember(
        "links of projects",
        lambda: {
            item.project_code: tuple(item.links)
            for item in bureau.store.linked_projects(bureau.today)
        },
    )


def chosen_facts(bureau: Bureau, selection: Selection) -> list[ProjectFacts]:
    """The projects of the selected place, chain and link, by project code.

    Stage and period are left to who asks: the year's pages have a day or a period of their own.
    """
    found = all_facts(bureau)
    if selection.unassigned:
        found = [item for item in found if item.county is None]
    elif selection.zone:
        found = [item for item in found if item.zone == selection.zone.name]
    elif selection.county:
        found = [item for item in found if item.county == selection.county]
    if selection.chain:
        chain = None if selection.chain == OTHER_CHAIN else selection.chain
        found = [item for item in found if item.chain == chain]
    if selection.link:
        links = links_of(bureau)
        found = [item for item in found if selection.link in links.get(item.project_code, ())]
    return found
