"""The most critical gaps of a chain as a page's text: each with its arithmetic and its reasons."""

import re

from chains.gates import Gate
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import Gap, find_gaps

MARKED = re.compile(r"(<!-- gaps: (\w+) -->\n)(.*?)(<!-- /gaps -->)", re.DOTALL)
"""Where a page has the gaps of one chain; the word is the chain's id."""


def most_critical(bureau: Bureau, chain: str, count: int = 10) -> list[Gap]:
    """Missing, planned and weak links of one chain in the city, most critical first.

    Raises:
        UnknownName: there is no such chain.
    """
    return [gap for gap in find_gaps(bureau, chain=chain) if gap.is_gap][:count]


def as_markdown(gaps: list[Gap]) -> str:
    """A numbered list: status, criticality as the sum of its parts, the reasons, what stands in
    the way."""
    return "".join(f"{number}. {_item(gap)}\n" for number, gap in enumerate(gaps, 1))


def with_gaps(bureau: Bureau, page: str, count: int = 10) -> str:
    """The page with every marked list brought up to date.

    Raises:
        UnknownName: a mark names a chain that is not there.
    """

    def renewed(mark: re.Match[str]) -> str:
        begin, chain, _, end = mark.groups()
        return f"{begin}\n{as_markdown(most_critical(bureau, chain, count))}\n{end}"

    return MARKED.sub(renewed, page)


def _item(gap: Gap) -> str:
    link = gap.here
    parts = " + ".join(f"{part.label} {part.points:.1f}" for part in link.parts)
    remedy = f"，{link.remedy.label}" if link.remedy else ""
    gates = "".join(f"{_gate(gate)}。" for gate in link.gates if gate.link)
    return (
        f"**{link.link}**（{link.tier}，{link.status.label}{remedy}）"
        f"重要度 {link.criticality:.1f} = {parts}。{'；'.join(link.why)}。{gates}"
    )


def _gate(gate: Gate) -> str:
    return f"{gate.verdict.label}：{gate.kind.label}，{gate.sentence}"
