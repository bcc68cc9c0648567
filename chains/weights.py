"""Every weight and threshold of the engine, in one place. A city may override them.

The figures and their reasons are in docs/scoring.md; pages show them beside each score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import inf
from types import MappingProxyType
from typing import Any

from chains._errors import ChainsError, hint

OPERATING = "运营"
"""The stage of a firm that is simply there and working."""

_STAGE = MappingProxyType(
    {
        "线索": 0.0,
        "在谈": 0.0,
        "签约": 0.3,
        "开工": 0.7,
        "入统": 0.7,
        "竣工": 0.7,
        "投产": 1.0,
        "进规": 1.0,
        OPERATING: 1.0,
        "终止": 0.0,
    }
)
_CRITICALITY = MappingProxyType(
    {"dependence": 35.0, "cut": 20.0, "betweenness": 10.0, "shared": 15.0, "substitution": 20.0}
)
_TARGET = MappingProxyType(
    {
        "fit": 40.0,
        "pull": 15.0,
        "nearness": 10.0,
        "scale": 10.0,
        "expansion": 15.0,
        "roadshow": 10.0,
    }
)
_FEASIBILITY = MappingProxyType(
    {
        "base": 1.0,
        "density": 0.15,
        "similar": 0.15,
        "pull": 0.15,
        "push": 0.15,
        "shared_inputs": 0.15,
        "shared_customers": 0.15,
    }
)


@dataclass(frozen=True)
class Weights:
    """Weights and thresholds. Points of each score add up to 100."""

    stage: Mapping[str, float] = field(default_factory=lambda: _STAGE)
    """Share of a capacity that counts at each stage; a stage not named here counts 0."""
    active: float = 0.7
    """From this stage weight on, a source is active."""
    missing_below: float = 0.05
    weak_below: float = 0.5
    dominant_above: float = 0.8
    """A measured link whose first source holds more than this is weak."""
    hops: int = 3
    """How far downstream a user still counts as leaning on a link."""
    substitutability: float = 0.5
    """σ: how much a supplier next door would replace a local one."""
    reach_km: float = 300.0
    """The distance at which a supplier's reach has fallen to 1/e."""
    pivots: int = 128
    """End products whose paths are counted for betweenness; of more, so many are drawn."""
    landing: float = 0.3
    """How likely it is that a firm one goes for will land, unless set otherwise."""
    poor_feasibility: float = 0.2
    """A link whose feasibility is among this lowest part of all is not to be chased."""
    stale_firm_years: int = 8
    """A working firm of which nothing was heard for longer than this is 待核实."""
    criticality: Mapping[str, float] = field(default_factory=lambda: _CRITICALITY)
    target: Mapping[str, float] = field(default_factory=lambda: _TARGET)
    feasibility: Mapping[str, float] = field(default_factory=lambda: _FEASIBILITY)
    """Weights, not points: of the log-odds of chance (base) and of z-values (the others)."""

    def override(self, changes: Mapping[str, Any]) -> "Weights":
        """A copy with some values changed; a mapping is merged, a number replaced.

        A city may name a stage of its own; the parts of a score are fixed.

        Raises:
            ChainsError: a name that is no weight, a value out of its range, or points of a score
                that do not sum to 100.
        """
        known = [item.name for item in fields(self)]
        merged: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise ChainsError(f"没有叫“{name}”的权重{hint(name, known)}")
            old = getattr(self, name)
            merged[name] = (
                _merged(name, old, value)
                if isinstance(old, Mapping)
                else _number(name, value, whole=isinstance(old, int))
            )
        result = replace(self, **merged)
        for name in _SCORES:
            total = sum(getattr(result, name).values())
            if abs(total - 100) > 1e-9:
                raise ChainsError(f"{name} 各部分之和应为 100，现在是 {total:g}")
        return result


_SCORES = ("criticality", "target")


def _merged(name: str, old: Mapping[str, float], value: object) -> Mapping[str, float]:
    if not isinstance(value, Mapping):
        raise ChainsError(f"{name} 应逐项写明，现在是“{value}”")
    for key in value:
        if name in (*_SCORES, "feasibility") and key not in old:
            raise ChainsError(f"{name} 里没有叫“{key}”的部分{hint(str(key), old)}")
    changed = {str(key): _number(f"{name}.{key}", part) for key, part in value.items()}
    return MappingProxyType({**old, **changed})


def _number(name: str, value: object, whole: bool = False) -> float:
    """A number within what its name allows: points to 100, steps and km above 0, parts to 1."""
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise ChainsError(f"{name} 应是{'整数' if whole else '数字'}，现在是“{value}”")
    most = 100 if name.startswith(_SCORES) else 10 if name.startswith("feasibility.") else 1
    if whole or name == "reach_km":
        if not 0 < value < inf:
            raise ChainsError(f"{name} 应大于 0，现在是 {value:g}")
    elif not 0 <= value <= most:
        raise ChainsError(f"{name} 应在 0 与 {most} 之间，现在是 {value:g}")
    return value


DEFAULT = Weights()
