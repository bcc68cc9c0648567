"""Which projects the table of the ledger shows: the selection, and the table's own filters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.selection import Selection, UnknownChoice
from mapapp.ledger.money import WAN_PER_YI
from mapapp.ledger.project import Agreement
from mapapp.store import ProjectFilter

Worth = TypeVar("Worth")
AMOUNTS = {"stated": True, "none": False}
"""Projects with a contracted amount in CNY, which sums add up, and those without one."""

POINTS = {"yes": True, "no": False}
"""Projects with a point of their own, and those without one."""

AGREEMENTS = {"investment": Agreement.INVESTMENT, "framework": Agreement.FRAMEWORK}

KEYS = (
    "q", "amount", "department", "least", "most", "point",
    "office", "origin", "tag", "agreement",
)  # fmt: skip
"""What the URL calls the table's own filters."""


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """A selection narrowed further. least and most are in 亿元."""

    selection: Selection
    text: str = ""
    stated: bool | None = None
    department: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    pinned: bool | None = None
    office: str = ""
    origin: str = ""
    tag: str = ""
    agreement: Agreement | None = None

    @property
    def by_terms(self) -> int:
        """How many of the filters are on that the page keeps under 更多."""
        own = (self.pinned is not None, self.office, self.origin, self.tag, self.agreement)
        return sum(bool(said) for said in own)

    def query(self, bureau: Bureau) -> ProjectFilter:
        """The filter as the store takes it."""
        return replace(
            self.selection.filter(bureau.today),
            text=self.text or None,
            stated=self.stated,
            department=self.department or None,
            at_least=None if self.least is None else self.least * WAN_PER_YI,
            at_most=None if self.most is None else self.most * WAN_PER_YI,
            pinned=self.pinned,
            office=self.office or None,
            origin=self.origin or None,
            tag=self.tag or None,
            agreement=self.agreement,
        )


def read_filter(selection: Selection, given: Mapping[str, str]) -> LedgerFilter:
    """The filter that a URL's words mean.

    Raises:
        UnknownName, UnknownChoice: naming the word and what is valid.
    """
    return LedgerFilter(
        selection,
        text=given.get("q", "").strip(),
        stated=_one_of("金额筛选", given.get("amount"), AMOUNTS),
        department=given.get("department", "").strip(),
        least=_number(given.get("least")),
        most=_number(given.get("most")),
        pinned=_one_of("坐标筛选", given.get("point"), POINTS),
        office=given.get("office", "").strip(),
        origin=given.get("origin", "").strip(),
        tag=given.get("tag", "").strip(),
        agreement=_one_of("协议类型", given.get("agreement"), AGREEMENTS),
    )


def _one_of(kind: str, text: str | None, known: Mapping[str, Worth]) -> Worth | None:
    if text and text not in known:
        raise UnknownName(kind, text, tuple(known))
    return known[text] if text else None


def _number(text: str | None) -> Decimal | None:
    if not text or not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise UnknownChoice(f"“{text}”不是一个数，金额请填亿元数") from None
    if not value.is_finite() or not 0 <= value <= WAN_PER_YI:
        raise UnknownChoice(f"金额“{text}”应在 0 到 10000 亿元之间")
    return value.quantize(Decimal("0.0000000001"))
