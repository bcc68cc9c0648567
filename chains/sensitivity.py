"""How a ranking moves when its weights do: what a sceptic asks of every weighted score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chains.gaps import LinkAssessment
from chains.score import Part, total
from chains.targets import Target

STEPS = (0.7, 1.3)
"""Every weight is moved by 30 % down and up, one at a time."""


@dataclass(frozen=True, slots=True)
class Move:
    """The ranking after one weight was multiplied by `factor`, the others left alone.

    ranks: the new rank (from 1) of each item, in the order of the old ranking. kept: how many of
    the first `top` are still among them. farthest: the largest change of a rank.
    """

    part: str
    label: str
    factor: float
    ranks: tuple[int, ...]
    kept: int
    farthest: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firm a ranking is.

    names: the items, best first; moves: two for each weight, down and up. best and worst: for
    each item the highest and the lowest rank that any move gives it. sentence says it in Chinese.
    """

    names: tuple[str, ...]
    top: int
    moves: tuple[Move, ...]
    best: tuple[int, ...]
    worst: tuple[int, ...]
    sentence: str

    def span(self, name: str) -> str:
        """`第 2 至第 5`, or `始终第 1`: where an item stands whatever weight moves."""
        place = self.names.index(name)
        best, worst = self.best[place], self.worst[place]
        return f"始终第 {best}" if best == worst else f"第 {best} 至第 {worst}"


def of_links(assessments: Sequence[LinkAssessment], top: int = 10) -> Sensitivity:
    """How the order by criticality moves; items are links."""
    return ranking({item.link: item.parts for item in assessments}, top)


def of_targets(targets: Sequence[Target], top: int = 10) -> Sensitivity:
    """How the order by target score moves; items are `link|enterprise`.

    The targets may stand on several links, as long as they were scored by the same weights.
    """
    return ranking({f"{item.link}|{item.enterprise.name}": item.parts for item in targets}, top)


def ranking(scores: Mapping[str, Sequence[Part]], top: int = 10) -> Sensitivity:
    """How the order of scores moves when each weight is multiplied by .7 and by 1.3.

    A score is rescaled to 100 after every move, as `total` does. Equal scores stand in the order
    of the names, before and after, so that a tie is no move.
    """
    names = _order(scores)
    labels = {part.name: part.label for parts in scores.values() for part in parts}
    moves = tuple(
        _move(scores, names, name, label, factor, top)
        for name, label in labels.items()
        for factor in STEPS
    )
    still = tuple(range(1, len(names) + 1))
    every = [still, *(move.ranks for move in moves)]
    return Sensitivity(
        names=names,
        top=min(top, len(names)),
        moves=moves,
        best=tuple(min(ranks) for ranks in zip(*every, strict=True)),
        worst=tuple(max(ranks) for ranks in zip(*every, strict=True)),
        sentence=_sentence(names, moves, min(top, len(names))),
    )


def _order(scores: Mapping[str, Sequence[Part]]) -> tuple[str, ...]:
    # to nine digits: a sum in another order is no other score
    points = {name: round(total(parts), 9) for name, parts in scores.items()}
    return tuple(sorted(points, key=lambda name: (-points[name], name)))


def _move(
    scores: Mapping[str, Sequence[Part]],
    names: Sequence[str],
    part: str,
    label: str,
    factor: float,
    top: int,
) -> Move:
    moved = {
        name: [replace(own, most=own.most * factor) if own.name == part else own for own in parts]
        for name, parts in scores.items()
    }
    place = {name: number for number, name in enumerate(_order(moved), start=1)}
    ranks = tuple(place[name] for name in names)
    return Move(
        part=part,
        label=label,
        factor=factor,
        ranks=ranks,
        kept=sum(rank <= top for rank in ranks[:top]),
        farthest=max((abs(new - old) for old, new in enumerate(ranks, start=1)), default=0),
    )


def _sentence(names: Sequence[str], moves: Sequence[Move], top: int) -> str:
    if len(names) < 2 or not moves:
        return "不足两项，名次不受权重影响"
    if all(move.farthest == 0 for move in moves):
        return "每个权重单独上下浮动 30%，名次都不变"
    worst = min(moves, key=lambda move: (move.kept, -move.farthest))
    return (
        f"每个权重单独上下浮动 30%，前 {top} 名至少有 {worst.kept} 名仍在前 {top}；"
        f"影响最大的是“{worst.label}”{'增' if worst.factor > 1 else '减'} 30%，"
        f"此时名次最多变 {worst.farthest} 位"
    )
