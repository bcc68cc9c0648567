"""Which projects are worth comparing: those that share rare pairs of characters, or a firm.

Comparing everything with everything takes n² comparisons; this keeps it near n. A common pair
(汽车, 新能) would bring half the ledger along, so the rarest few of a name are looked up, and a
common one only within the county.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from mapapp.ledger.matching import THRESHOLD, Profile, score

KEYS_USED = 8
"""The rarest keys of a project that are looked up."""
LONGEST = 80
"""A key with more projects than this says too little to be looked up."""
COMPARED = 12
"""The candidates that are compared at full length."""


class Blocks:
    """The projects of a ledger by what is rare in their names. One thread at a time."""

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self._profiles: dict[str, Profile] = {}
        self._holding: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for profile in profiles:
            self.add(profile)

    def __len__(self) -> int:
        return len(self._profiles)

    def __contains__(self, code: str) -> bool:
        return code in self._profiles

    def get(self, code: str) -> Profile:
        """The project of that code, which must be there."""
        return self._profiles[code]

    def add(self, profile: Profile) -> None:
        """Take a project in; one of the same code is replaced."""
        self.remove(profile.code)
        self._profiles[profile.code] = profile
        for key in _keys(profile):
            self._holding[key][profile.code] = None

    def remove(self, code: str) -> None:
        """Forget a project, if it is there."""
        if profile := self._profiles.pop(code, None):
            for key in _keys(profile):
                self._holding[key].pop(code, None)

    def candidates(self, profile: Profile) -> list[Profile]:
        """The projects that share most of what is rare, at most COMPARED; never itself."""
        weights: defaultdict[str, float] = defaultdict(float)
        for key in self._rarest(profile):
            codes = self._holding[key]
            weight = 1 / math.log(2 + len(codes))
            for code in codes:
                weights[code] += weight
        weights.pop(profile.code, None)
        best = sorted(weights, key=lambda code: (-weights[code], code))[:COMPARED]
        return [self._profiles[code] for code in best]

    def suspects(
        self, profile: Profile, threshold: float = THRESHOLD
    ) -> Iterator[tuple[Profile, float]]:
        """The projects that may be the same, with their scores."""
        for other in self.candidates(profile):
            if (found := score(profile, other)) >= threshold:
                yield other, found

    def _rarest(self, profile: Profile) -> list[str]:
        """The keys to look up; a common one gives way to itself within the county."""
        sized = []
        for key in _plain_keys(profile):
            size = len(self._holding.get(key, ()))
            if size > LONGEST and profile.county:
                key = f"{key}@{profile.county}"
                size = len(self._holding.get(key, ()))
            if 0 < size <= LONGEST:
                sized.append((size, key))
        return [key for _, key in sorted(sized)[:KEYS_USED]]


def _plain_keys(profile: Profile) -> frozenset[str]:
    return profile.grams | {f"#{firm.brand}" for firm in profile.firms}


def _keys(profile: Profile) -> Iterator[str]:
    for key in _plain_keys(profile):
        yield key
        if profile.county:
            yield f"{key}@{profile.county}"
