"""Saved views: the table's filters, sorting and columns under a name."""

from urllib.parse import urlencode

from mapapp.journeys.bureau import Bureau
from mapapp.store import SavedView

LONGEST_NAME = 40


class ViewRefused(Exception):
    """A view cannot be kept; the message says why."""


def list_views(bureau: Bureau) -> list[SavedView]:
    """The bureau's views, by name."""
    return bureau.store.views()


def save_view(bureau: Bureau, name: str, query: list[tuple[str, str]], actor: str) -> None:
    """Keep a view; one of the same name gives way.

    Raises:
        ViewRefused: it has no name, or too long a one.
    """
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name:
        raise ViewRefused("请给视图起个名字。")
    if len(name) > LONGEST_NAME:
        raise ViewRefused(f"视图的名字有 {len(name)} 个字，最多 {LONGEST_NAME} 个。")
    bureau.store.save_view(name, urlencode(query), actor)


def drop_view(bureau: Bureau, id: int) -> bool:
    """Forget a view; whether it was there."""
    return bureau.store.drop_view(id)
