"""不建议追: the gaps that a gate closes or that hardly fit the place, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains._words import percent
from chains.gaps import LinkAssessment
from chains.gates import Gate
from chains.weights import DEFAULT, Weights


@dataclass(frozen=True, slots=True)
class NotToChase:
    """A gap on the list 不建议追, and why.

    banned: a gate forbids it in the whole place; otherwise it is a matter of conditions or of
    poor feasibility. feasibility is the number handed in, None where there is none.
    """

    link: str
    why: tuple[str, ...]
    banned: bool
    gates: tuple[Gate, ...]
    feasibility: float | None


def do_not_chase(
    assessments: Sequence[LinkAssessment],
    feasibility: Mapping[str, float],
    weights: Weights = DEFAULT,
) -> list[NotToChase]:
    """The gaps that one should not chase, or only under conditions; bans first.

    A gap is listed where one of its gates names it or bans it, or where its feasibility is among
    the lowest `weights.poor_feasibility` of all links that have one. A condition on every link
    (a whole city in a water source) is carried by the assessments and lists none by itself.

    Args:
        assessments: what `assess` gave with its `gates` and `place`; a link without a remedy is
            no gap.
        feasibility: by link, higher is more feasible, in any unit; links without one are judged
            by their gates alone.
    """
    ranks = _ranks(feasibility)
    found = []
    for item in assessments:
        why = _why(item, ranks.get(item.link), len(ranks), weights) if item.remedy else []
        if why:
            known = feasibility.get(item.link)
            found.append(NotToChase(item.link, tuple(why), item.banned, item.gates, known))
    return sorted(found, key=lambda item: not item.banned)


def _why(item: LinkAssessment, rank: float | None, count: int, weights: Weights) -> list[str]:
    why = []
    if item.banned or any(gate.link for gate in item.gates):
        why += [gate.says() for gate in item.gates]
    if rank is not None and rank <= weights.poor_feasibility:
        lowest = percent(weights.poor_feasibility)
        why.append(f"可行性排在 {count} 个有数据的环节的最后 {lowest} 以内")
    return why


def _ranks(feasibility: Mapping[str, float]) -> dict[str, float]:
    """For each link, the share of links that are no more feasible than it."""
    place = {value: number for number, value in enumerate(sorted(feasibility.values()), start=1)}
    return {link: place[value] / len(feasibility) for link, value in feasibility.items()}
