"""What a chain's size costs: `python -m tests.benchmarks.chain_size [links:arrows …]`.

Status and criticality of every link, in made-up chains of growing size; beside them the same two
graph questions asked of plain networkx: betweenness towards the end products, and what falls with
each link (taking every input as required, which is all that descendants can say). networkx is
asked a small sample and its time multiplied: the whole would take hours.
"""

import sys
import time
from collections.abc import Callable
from random import Random

import networkx as nx

from chains import Activity, Chain, Edge, Link, assess
from chains.betweenness import betweenness, pivots
from chains.cascade import Cascade
from chains.presence import Presence

SIZES = ((39, 81), (500, 1_500), (5_000, 15_000), (20_000, 50_000), (100_000, 200_000))
LIMIT = (5_000, 1.0)
"""Links, and the seconds that all of them together may take."""
_SAMPLE = 10
_COLUMNS = (
    "环节",
    "箭头",
    "全部环节的状态与重要度",
    "每千环节",
    "其中断链",
    "其中枢纽",
    "networkx 断链",
    "networkx 枢纽（全部末端产品）",
)


def main(sizes: tuple[tuple[int, int], ...]) -> None:
    """Print a table of seconds; fail where the limit is passed."""
    print("| " + " | ".join(_COLUMNS) + " |")
    print("|" + "---:|" * len(_COLUMNS))
    over = []
    for links, arrows in sizes:
        chain, place = made_up(links, arrows)
        row = measure(chain, place)
        print(
            f"| {links:,} | {arrows:,} | {row[0]:.3f} | {1000 * row[0] / links:.3f} | "
            + " | ".join(f"{seconds:.3f}" for seconds in row[1:])
            + " |",
            flush=True,
        )
        if links <= LIMIT[0] and row[0] > LIMIT[1]:
            over.append(f"{links:,} 个环节用了 {row[0]:.2f} 秒，超过 {LIMIT[1]:.0f} 秒")
    print(f"单位：秒。networkx 两列由 {_SAMPLE} 个环节、{_SAMPLE} 个末端产品推算。")
    if over:
        sys.exit("；".join(over))


def made_up(links: int, arrows: int, seed: int = 0) -> tuple[Chain, list[Activity]]:
    """A chain with arrows drawn at random, and as many sources as links, drawn likewise.

    Four inputs of ten are required, three stand in a substitute group, three are optional. A
    third of the sources state no output.
    """
    random = Random(seed)
    names = [f"环节{number}" for number in range(links)]
    pairs: set[tuple[int, ...]] = set()
    while len(pairs) < arrows:
        pairs.add(tuple(sorted(random.sample(range(links), 2))))
    edges = []
    for supplier, user in sorted(pairs):
        kind = random.random()
        group = "甲组" if 0.4 <= kind < 0.7 else ""
        edges.append(Edge(names[supplier], names[user], 0.05, required=kind < 0.4, group=group))
    nodes = {name: Link(name, "中游") for name in names}
    return Chain("big", "大链", ("中游",), nodes, tuple(edges)), [
        Activity(
            f"{number}",
            f"企业{number}",
            f"企业{number}",
            random.choice(["运营", "开工", "签约"]),
            {random.choice(names): 1.0},
            random.choice([None, 1_000.0, 5_000.0]),
        )
        for number in range(links)
    ]


def measure(chain: Chain, place: list[Activity]) -> list[float]:
    """Seconds: the whole, its cut, its betweenness, and networkx' own for these two."""
    here = Presence.of(chain, place)
    ends = [name for name in here.active if not here.users(name)]
    numbers = pivots([here.lattice.number[name] for name in ends], here.weights.pivots)
    upstream, names = chain.graph.reverse(), list(chain.links)
    some_links = Random(1).sample(names, min(_SAMPLE, len(names)))
    some_ends = Random(1).sample(ends, min(_SAMPLE, len(ends)))
    return [
        clock(lambda: assess(chain, place, chains_using={}, elsewhere_km={})),
        clock(lambda: Cascade(chain, here.lattice).losses(here.active)),
        clock(lambda: betweenness(here.lattice, numbers)),
        clock(lambda: [nx.descendants(chain.graph, name) for name in some_links])
        * (len(names) / len(some_links)),
        clock(lambda: nx.betweenness_centrality_subset(upstream, some_ends, names))
        * (len(ends) / len(some_ends)),
    ]


def clock(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(tuple((int(a), int(b)) for a, b in (size.split(":") for size in sys.argv[1:])) or SIZES)
