"""Who here would buy a link's product, and who would sell to its maker: local firms by name."""

from dataclasses import dataclass

from chains import LinkAssessment, LocalSource, Weights
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import assess_chain


@dataclass(frozen=True, slots=True)
class Partner:
    """A local firm on a neighbouring link: active there, so that it buys or sells now or soon."""

    firm: str
    link: str


@dataclass(frozen=True, slots=True)
class Partners:
    """Local firms around a link: customers on the links that it feeds, suppliers on its inputs."""

    customers: tuple[Partner, ...] = ()
    suppliers: tuple[Partner, ...] = ()


def partners(bureau: Bureau, chain: str, link: str, county: str | None = None) -> Partners:
    """The active local firms directly down- and upstream of a link, largest first on each link.

    Raises:
        UnknownName: there is no such chain or link.
    """
    customers, suppliers = neighbours(bureau, chain, link, county)
    return Partners(
        customers=tuple(Partner(source.name, on) for on, source in customers),
        suppliers=tuple(Partner(source.name, on) for on, source in suppliers),
    )


Neighbours = tuple[tuple[str, LocalSource], ...]
"""Sources, each with the link that it is active on."""


def neighbours(
    bureau: Bureau, chain: str, link: str, county: str | None = None
) -> tuple[Neighbours, Neighbours]:
    """The same firms with all that they do there: customers, suppliers.

    Raises:
        UnknownName: there is no such chain or link.
    """
    found = bureau.catalogue.chain(chain)
    here = {item.link: item for item in assess_chain(bureau, found, county)}
    name = found.link(link).name
    weights = bureau.weights
    return (
        _active(weights, here, [str(n) for n in found.graph.succ[name]]),
        _active(weights, here, [str(n) for n in found.graph.pred[name]]),
    )


def _active(weights: Weights, here: dict[str, LinkAssessment], links: list[str]) -> Neighbours:
    return tuple(
        (link, source)
        for link in links
        if link in here
        for source in here[link].supply.active(weights)
    )
