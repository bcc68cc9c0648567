"""The file of trades that no chain holds: what speaks against a tag."""

from pathlib import Path

from chains._errors import CatalogueError
from chains.catalogue.reading import Page
from chains.lexicon import Trade

FILE = Path(__file__).parent / "words" / "outside.yaml"
_ROOT = ("outside",)
_TRADE = ("field", "words", "hints")


def load_outside(path: Path | str | None = None) -> tuple[Trade, ...]:
    """The trades outside all chains, with their words; by default those of this package.

    Raises:
        CatalogueError: with every fault, each with its line.
    """
    page = Page(Path(path or FILE))
    root = page.entry(_ROOT)
    trades = tuple(
        Trade(
            entry.text("field", required=True),
            entry.texts("words", required=True),
            entry.texts("hints"),
        )
        for entry in (root.entries("outside", _TRADE, required=True) if root else ())
    )
    if page.faults:
        raise CatalogueError(page.faults)
    return trades
