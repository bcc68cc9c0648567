"""The key of the map: which shapes and colours it is drawn in, and what each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mapapp.draw import palette
from mapapp.journeys.bureau import Bureau


@dataclass(frozen=True, slots=True)
class MapKey:
    """shapes: a shape's name to the stages drawn so; stages: to its colour (#rrggbb) where projects
    are coloured by stage. overdue: the colours of those without and with an overdue milestone.
    chains: a chain's id to its colour; other is that of projects outside the chains, empty that of
    a county without any."""

    shapes: Mapping[palette.Shape, str]
    stages: Mapping[palette.Shape, str]
    overdue: tuple[str, str]
    chains: Mapping[str, str]
    other: str
    empty: str
    zone: str
    site: str


def map_key(bureau: Bureau) -> MapKey:
    """The key for the chains that the city follows."""
    return MapKey(
        shapes=palette.SHAPE_LABELS,
        stages=palette.STAGE_COLOURS,
        overdue=(palette.IN_TIME, palette.OVERDUE),
        chains=palette.chain_colours(bureau.catalogue.chains),
        other=palette.OTHER,
        empty=palette.EMPTY,
        zone=palette.ZONE,
        site=palette.SITE,
    )
