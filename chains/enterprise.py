"""Enterprises known to make what a link makes, wherever they are."""

from dataclasses import dataclass

from chains.chain import Source


@dataclass(frozen=True, slots=True)
class Revenue:
    """Revenue of one year in 万元, and the public text that states it."""

    amount: float
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class ExpansionSign:
    """A public sign that a firm is adding capacity. `date` is ISO text of any precision."""

    text: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A firm of the catalogue.

    city and bases are six-digit division codes. `products` says, for each link the firm is on,
    what it makes there, and `source` supports the claim. `delisted` is ISO text of any precision,
    empty while listed or never.
    """

    name: str
    city: str
    products: dict[str, str]
    full_name: str = ""
    stock_code: str = ""
    bases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    source: Source | None = None
    note: str = ""
    delisted: str = ""
    revenue: Revenue | None = None
    expansion: tuple[ExpansionSign, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Head office first, then the other bases."""
        return (self.city, *self.bases)
