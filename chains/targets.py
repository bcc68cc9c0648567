"""Targets: which enterprises could fill a link, ranked, with the reasons."""

from dataclasses import dataclass

from chains.enterprise import Enterprise
from chains.score import Part


@dataclass(frozen=True, slots=True)
class Target:
    """An enterprise for a link. score is 0–100; `missing_data` names the parts without data."""

    rank: int
    enterprise: Enterprise
    link: str
    score: float
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]

    @property
    def missing_data(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts if part.value is None)
