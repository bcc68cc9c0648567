"""Chains small enough to check by hand."""

from collections.abc import Iterable

from chains import Activity, Chain, Edge, Enterprise, Link, LinkAssessment, Source, assess

REPORT = Source("年报")


def edge(supplier: str, user: str, share: float = 0.1, **more: object) -> Edge:
    return Edge(supplier, user, share, **more)  # type: ignore[arg-type]


def chain(*edges: Edge, links: Iterable[str | Link] = ()) -> Chain:
    """A chain of one tier. Links come in the order of `links`, then as the edges name them."""
    found = [link if isinstance(link, Link) else Link(link, "中游") for link in links]
    known = {link.name for link in found}
    for name in (name for edge in edges for name in (edge.supplier, edge.user)):
        if name not in known:
            known.add(name)
            found.append(Link(name, "中游"))
    return Chain("tiny", "小链", ("中游",), {link.name: link for link in found}, edges)


def firm(link: str, name: str = "", output: float | None = None, stage: str = "运营") -> Activity:
    """One activity wholly on one link, of a firm of its own unless it is named."""
    name = name or f"{link}厂"
    return Activity(f"{name}/{link}/{stage}", name, name, stage, {link: 1.0}, output)


def firms(*links: str, output: float | None = None) -> list[Activity]:
    return [firm(link, output=output) for link in links]


def look(chain: Chain, activities: Iterable[Activity], **more: object) -> dict[str, LinkAssessment]:
    """`assess` by link name, with nothing known elsewhere unless given."""
    given: dict[str, object] = {"chains_using": {}, "elsewhere_km": {}, **more}
    return {item.link: item for item in assess(chain, activities, **given)}  # type: ignore[arg-type]


def parts(item: LinkAssessment) -> dict[str, float | None]:
    return {part.name: part.value for part in item.parts}


def enterprise(
    name: str, products: dict[str, str], city: str = "440300", **more: object
) -> Enterprise:
    return Enterprise(name, city, products, **more)  # type: ignore[arg-type]
