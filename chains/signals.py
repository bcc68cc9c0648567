"""The named parts of feasibility as numbers: one table of places × links for each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np

from chains.bicm import Expectation, expect
from chains.matrix import Marks, Numbers
from chains.relatedness import FlowRelations, proximity
from chains.similar import likeness

SIGNALS: Mapping[str, str] = MappingProxyType(
    {
        "base": "基础可能",
        "density": "常伴产业",
        "similar": "相似地区",
        "pull": "本地客户",
        "push": "本地供应",
        "shared_inputs": "用料相近",
        "shared_customers": "客户相近",
    }
)
"""Every part of feasibility and its name on screen, in the order of the stacked tables."""
LOWEST, HIGHEST = -3.0, 6.0
"""Where a z is cut off: beyond them it says nothing more, and one odd link would rule the sum."""


@dataclass(frozen=True, eq=False)
class Observations:
    """A matrix seen against chance: what the parts of feasibility are made of.

    near is links × links (`relatedness.proximity`), alike places × places
    (`similar.likeness`).
    """

    present: Marks
    expected: Expectation
    near: Numbers
    alike: Numbers

    @classmethod
    def of(cls, present: Marks) -> "Observations":
        """Everything here follows from the cells given, and from no other."""
        expected = expect(present)
        return cls(present, expected, proximity(present), likeness(present, expected))

    def from_presence(self) -> Numbers:
        """base, density, similar: 3 × places × links; base in log-odds, the others z."""
        return np.stack(
            [
                self.expected.logit,
                self._cut(self.expected.z(self.present, self.near)),
                self._cut(self.expected.across().z(self.present.T, self.alike).T),
            ]
        )

    def from_flows(self, relations: FlowRelations) -> Numbers:
        """pull, push, shared_inputs, shared_customers: 4 × places × links, each a z."""
        return np.stack(
            [
                self._cut(self.expected.z(self.present, getattr(relations, item.name)))
                for item in fields(relations)
            ]
        )

    def signals(self, relations: FlowRelations) -> Numbers:
        """All parts, in the order of SIGNALS: 7 × places × links."""
        return np.concatenate([self.from_presence(), self.from_flows(relations)])

    @staticmethod
    def _cut(z: Numbers) -> Numbers:
        return np.clip(z, LOWEST, HIGHEST)
