"""For whom a paper is: the bureau itself, or those whom it meets."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Edition(StrEnum):
    """INTERNAL holds contacts, negotiation and scores; PUBLIC holds none of them."""

    INTERNAL = "internal"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        return {"internal": "内部版", "public": "对外版"}[self.value]

    @property
    def is_internal(self) -> bool:
        return self is Edition.INTERNAL

    def watermark(self, who: str, at: datetime) -> str:
        """What stands across each page: who took it away and when; nothing on a public one."""
        return f"内部资料 {who} {at:%Y-%m-%d %H:%M}" if self.is_internal else ""
