"""Enterprises known to make what a link makes, wherever they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A firm of the catalogue.

    city and bases are six-digit division codes. `products` says, for each link the firm is on,
    what it makes there. `delisted` is ISO text of any precision, empty while listed or never.
    """

    name: str
    city: str
    products: dict[str, str]
    full_name: str = ""
    stock_code: str = ""
    bases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    delisted: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """Head office first, then the other bases."""
        return (self.city, *self.bases)
