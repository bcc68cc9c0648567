"""Similar places: who is like this place, who of them has the link, what else they have."""

from dataclasses import dataclass

import numpy as np

from chains.bicm import Expectation
from chains.matrix import Marks, Numbers, PresenceMatrix

NEAREST = 30
"""How many of the most similar places speak for a place."""


@dataclass(frozen=True, slots=True)
class SimilarPlace:
    """One place that is like ours.

    likeness is the correlation (0 to 1) of the two places' surprises; has_link whether it has the
    link asked about; shared the links both have, rarest first; also_has the links that it has and
    ours lacks, in the order of their likeness-weighted count among all similar places.
    """

    place: str
    likeness: float
    has_link: bool
    shared: tuple[str, ...]
    also_has: tuple[str, ...]


def likeness(present: Marks, expected: Expectation) -> Numbers:
    """Places × places: how alike two places are beyond what is popular and how much each has.

    The cosine of the Pearson residuals against the configuration model; below 0 counts as 0, and a
    place is not like itself. Two places alike in rare links are closer than two alike in links
    that everybody has. Of each row only the NEAREST highest stay (all of them on a tie).
    """
    surprise = expected.surprise(present)
    length = np.sqrt((surprise**2).sum(axis=1, keepdims=True))
    unit = np.divide(surprise, length, out=np.zeros_like(surprise), where=length > 0)
    alike: Numbers = np.clip(unit @ unit.T, 0, 1)
    alike[alike < 1e-9] = 0  # rounding would decide ties otherwise
    np.fill_diagonal(alike, 0)
    if len(alike) > NEAREST:
        last = np.partition(alike, -NEAREST, axis=1)[:, -NEAREST, None]
        alike[alike < last * (1 - 1e-9)] = 0
    return alike


def similar_places(
    matrix: PresenceMatrix, alike: Numbers, place: str, link: str, most: int = 10
) -> tuple[SimilarPlace, ...]:
    """The `most` places most like `place`, most alike first, seen from one link.

    Args:
        alike: places × places, as `likeness` gives it.

    Raises:
        UnknownName: a place or a link that the matrix does not hold.
    """
    here, column = matrix.row(place), matrix.column(link)
    mine, weight = matrix.present[here], alike[here]
    lacking = np.where(mine, -1.0, weight @ matrix.present)
    wanted = np.argsort(-lacking, kind="stable")
    rare = np.argsort(matrix.present.sum(axis=0), kind="stable")
    found = []
    for other in np.argsort(-weight, kind="stable")[:most]:
        if weight[other] <= 0:
            break
        theirs = matrix.present[other]
        found.append(
            SimilarPlace(
                matrix.places[other],
                float(weight[other]),
                bool(theirs[column]),
                tuple(matrix.links[index] for index in rare if mine[index] and theirs[index]),
                tuple(
                    matrix.links[index]
                    for index in wanted
                    if theirs[index] and not mine[index] and index != column
                ),
            )
        )
    return tuple(found)
