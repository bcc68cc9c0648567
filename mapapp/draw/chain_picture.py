"""The chain as inline SVG: every link with its status, in shape, word and colour.

Built with xml.etree, so every text is escaped. Colours come from static/css/chain.css; shapes,
patterns and words are here, and alone tell the statuses apart on a black and white print.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass

from chains import Chain, Status
from mapapp.draw.chain_layout import SCREEN, Arrow, Band, Box, lay_out

THUMBNAIL = (250.0, 120.0)
THINNEST, THICKEST = 1.0, 3.6
BEFORE = 20.0
"""Room in a link's head for the sign of the status that it had before."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a link shows: its status, where a click leads, and a sentence for its title.

    was: the status that it had before what is played out; landed: something was put on it.
    """

    status: Status
    href: str
    title: str
    criticality: float
    key: bool = False
    chosen: bool = False
    was: Status | None = None
    landed: bool = False


def draw_chain(chain: Chain, marks: Mapping[str, Mark], label: str) -> str:
    """The picture of a chain as one <svg> element; `label` is what a screen reader says of it."""
    layout = lay_out(chain)
    svg = _svg(layout.width, layout.height, label, "chain-picture")
    svg.append(_patterns())
    for n, band in enumerate(layout.bands):
        svg.append(_band(band, layout.height, n))
    number = {box.name: n for n, box in enumerate(layout.boxes)}
    shares = {(edge.supplier, edge.user): edge.share for edge in chain.edges}
    lines = ET.SubElement(svg, "g", {"class": "arrows", "aria-hidden": "true"})
    for arrow in layout.arrows:
        share = shares.get((arrow.supplier, arrow.user), 0.0)
        lines.append(_arrow(arrow, share, number, marks))
    nodes = ET.SubElement(svg, "g", {"class": "links"})
    for n, box in enumerate(layout.boxes):
        nodes.append(_link(box, n, marks[box.name]))
    return ET.tostring(svg, encoding="unicode", short_empty_elements=False)


def draw_thumbnail(chain: Chain, statuses: Mapping[str, Status], label: str) -> str:
    """A small picture without words: bands, links and their statuses."""
    layout = lay_out(chain)
    width, height = THUMBNAIL
    svg = _svg(width, height, label, "chain-thumbnail")
    x, y = width / layout.width, (height - 4) / layout.height
    for n, band in enumerate(layout.bands):
        rect = {"x": band.left * x, "y": 0, "width": (band.right - band.left) * x, "height": height}
        ET.SubElement(svg, "rect", _attributes(rect) | {"class": f"band band-{n % 2}"})
    for box in layout.boxes:
        status = statuses[box.name]
        wide, high = box.width * x * 0.9, min(11.0, box.height * y * 0.9)
        rect = {"x": box.x * x - wide / 2, "y": box.y * y - high / 2, "width": wide, "height": high}
        group = ET.SubElement(svg, "rect", _attributes(rect | {"rx": 1.5}))
        group.set("class", f"tile tile-{status.value}")
    return ET.tostring(svg, encoding="unicode", short_empty_elements=False)


def _svg(width: float, height: float, label: str, name: str) -> ET.Element:
    size = {"width": _n(width), "height": _n(height), "viewBox": f"0 0 {_n(width)} {_n(height)}"}
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": name} | size)
    svg.set("role", "group")
    svg.set("aria-label", label)
    return svg


def _patterns() -> ET.Element:
    """Hatching for missing links, an arrowhead for every kind of arrow."""
    defs = ET.Element("defs")
    hatch = {"width": "7", "height": "7", "patternTransform": "rotate(45)"}
    pattern = ET.SubElement(
        defs, "pattern", {"id": "cp-missing", "patternUnits": "userSpaceOnUse"} | hatch
    )
    ET.SubElement(pattern, "rect", {"width": "7", "height": "7", "class": "hatch-ground"})
    ET.SubElement(pattern, "rect", {"width": "1.6", "height": "7", "class": "hatch-line"})
    for name in ("plain", "missing"):
        head = {"viewBox": "0 0 8 8", "refX": "7", "refY": "4", "orient": "auto"}
        size = {"markerWidth": "7", "markerHeight": "7", "markerUnits": "userSpaceOnUse"}
        marker = ET.SubElement(defs, "marker", {"id": f"cp-head-{name}"} | head | size)
        ET.SubElement(marker, "path", {"d": "M0 0.6 L8 4 L0 7.4 z", "class": f"head head-{name}"})
    return defs


def _band(band: Band, height: float, n: int) -> ET.Element:
    group = ET.Element("g", {"class": f"band band-{n % 2}"})
    box = {"x": band.left, "y": 0, "width": band.right - band.left, "height": height}
    ET.SubElement(group, "rect", _attributes(box))
    middle = (band.left + band.right) / 2
    name = ET.SubElement(group, "text", _attributes({"x": middle, "y": SCREEN.top - 12}))
    name.set("class", "tier")
    name.text = band.tier
    return group


def _arrow(
    arrow: Arrow, share: float, number: Mapping[str, int], marks: Mapping[str, Mark]
) -> ET.Element:
    start, *rest = arrow.points
    pieces = [rest[n : n + 3] for n in range(0, len(rest) - 2, 3)]
    curve = " ".join("C" + " ".join(f"{_n(x)},{_n(y)}" for x, y in piece) for piece in pieces)
    missing = marks[arrow.supplier].status in (Status.MISSING, Status.PLANNED)
    kind = "return" if arrow.back else "missing" if missing else "plain"
    return ET.Element(
        "path",
        {
            "class": f"arrow arrow-{kind}",
            "d": f"M{_n(start[0])},{_n(start[1])} {curve}",
            "stroke-width": _n(min(THICKEST, THINNEST + 6 * share)),
            "marker-end": f"url(#cp-head-{'missing' if kind == 'missing' else 'plain'})",
            "data-from": str(number[arrow.supplier]),
            "data-to": str(number[arrow.user]),
            "data-back": "1" if arrow.back else "0",
        },
    )


def _link(box: Box, n: int, mark: Mark) -> ET.Element:
    """A link: a focusable anchor that holds frame, symbol, status word, score and name."""
    names = ["link", mark.status.value]
    names += [
        name
        for name, holds in (("chosen", mark.chosen), ("changed", mark.was), ("landed", mark.landed))
        if holds
    ]
    anchor = ET.Element(
        "a",
        {
            "href": mark.href,
            "class": " ".join(names),
            "data-number": str(n),
            "data-link": box.name,
            "aria-label": _label(box, mark),
            "transform": f"translate({_n(box.x - box.width / 2)},{_n(box.y - box.height / 2)})",
        },
    )
    if mark.chosen:
        anchor.set("aria-current", "true")
    ET.SubElement(anchor, "title").text = mark.title
    frame = {"width": box.width, "height": box.height, "rx": 5}
    ET.SubElement(anchor, "rect", _attributes(frame) | {"class": "frame"})
    if mark.status is Status.MISSING:
        inner = {"x": 2.5, "y": 2.5, "width": box.width - 5, "height": SCREEN.head - 4, "rx": 3}
        strip = ET.SubElement(anchor, "rect", _attributes(inner))
        strip.set("fill", "url(#cp-missing)")
    start = 0.0
    if mark.was:
        start = BEFORE
        before = _symbol(mark.was, -4)
        before.set("class", f"symbol was was-{mark.was.value}")
        anchor.append(before)
        anchor.append(_words(16.5, 16, "→", "turned"))
    anchor.append(_symbol(mark.status, start))
    anchor.append(_words(25 + start, 16.5, mark.status.label, "word"))
    if _scored(mark, box):
        anchor.append(_words(box.width - 7, 16.5, f"{mark.criticality:.0f}", "score"))
    if mark.key:
        anchor.append(_star(box.width - 5.5, 1.5))
    first = (
        SCREEN.head
        + (box.height - SCREEN.head - SCREEN.padding - SCREEN.line * len(box.lines)) / 2
        + SCREEN.font
    )
    for row, line in enumerate(box.lines):
        anchor.append(_words(box.width / 2, first + row * SCREEN.line, line, "name"))
    return anchor


def _label(box: Box, mark: Mark) -> str:
    """What a screen reader says: first the words that stand in the box, as voice control needs
    them, then the sentence."""
    score = [f"{mark.criticality:.0f}"] if _scored(mark, box) else []
    turned = ["→"] if mark.was else []
    seen = " ".join((*turned, mark.status.label, *score, *box.lines))
    rest = mark.title.removeprefix(box.name).removeprefix(f"，{mark.status.label}")
    return f"{seen}{rest}"


def _scored(mark: Mark, box: Box) -> bool:
    """Whether the score is shown: of a gap, where the two statuses of a changed one leave room."""
    if mark.status not in (Status.MISSING, Status.PLANNED, Status.WEAK):
        return False
    return not mark.was or 41 + BEFORE + 12 * len(mark.status.label) < box.width - 7


def _symbol(status: Status, start: float = 0.0) -> ET.Element:
    """The same symbols as parts.html draws in lists: broken, half, dotted, full, thin circle."""
    group = ET.Element("g", {"class": "symbol", "transform": f"translate({_n(7 + start)},5)"})
    circle = ET.SubElement(group, "circle", _attributes({"cx": 7, "cy": 7, "r": 5.4}))
    match status:
        case Status.MISSING:
            circle.set("stroke-dasharray", "3.2 2.1")
        case Status.WEAK:
            ET.SubElement(group, "path", {"d": "M7 1.5a5.5 5.5 0 0 0 0 11z", "class": "full"})
        case Status.PLANNED:
            circle.set("stroke-dasharray", "0.2 2.7")
            circle.set("stroke-linecap", "round")
            ET.SubElement(group, "circle", {"cx": "7", "cy": "7", "r": "2", "class": "full"})
        case Status.PRESENT:
            circle.set("class", "full")
    return group


def _star(x: float, y: float) -> ET.Element:
    points = "0,-6 1.6,-2 6,-1.8 2.6,0.9 3.8,5.2 0,2.7 -3.8,5.2 -2.6,0.9 -6,-1.8 -1.6,-2"
    place = {"points": points, "transform": f"translate({_n(x)},{_n(y)})", "class": "star"}
    return ET.Element("polygon", place)


def _words(x: float, y: float, text: str, name: str) -> ET.Element:
    element = ET.Element("text", {"class": name} | _attributes({"x": x, "y": y}))
    element.text = text
    element.tail = " "  # a reader of the words must not join 59 and PVDF
    return element


def _attributes(values: Mapping[str, float | str]) -> dict[str, str]:
    return {k: v if isinstance(v, str) else _n(v) for k, v in values.items()}


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
