"""A chain to its file and back: nothing is lost, whatever the texts hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from chains import Chain, Edge, Link, Source
from chains.catalogue.chain_file import read_chain
from chains.catalogue.reading import Page
from chains.catalogue.writing import chain_text
from chains.chain import ESTIMATE

words = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
        | st.sampled_from("\n:#{}[],&*'\"%"),
        min_size=1,
        max_size=12,
    )
    .map(str.strip)
    .filter(bool)
)
texts = st.just("") | words
lists = st.lists(words, unique=True, max_size=3).map(tuple)
shares = st.floats(0, 0.3)
plan = Source("行动计划", "https://example.cn/plan", "2023-09")


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    names = draw(st.lists(words, unique=True, min_size=2, max_size=4))
    tiers = ("上游", "下游")
    links = {
        name: Link(
            name,
            tiers[0 if place == 0 else 1],
            draw(texts),
            keywords=draw(lists),
            official=draw(texts),
            key=draw(texts),
            resource=draw(texts),
            final_demand=draw(st.none() | st.floats(0, 1e9)),
            source=draw(st.sampled_from([None, plan])),
        )
        for place, name in enumerate(names)
    }
    edges = []
    for user in names[1:]:
        basis = draw(st.sampled_from([plan, ESTIMATE]))
        required = draw(st.booleans())
        note, group = draw(words), "" if required else draw(texts)
        edges.append(Edge(names[0], user, draw(shares), basis, note, required, group))
    back = (
        (Edge(names[1], names[0], draw(shares), note=draw(words)),) if draw(st.booleans()) else ()
    )
    return Chain(
        "some_chain",
        draw(words),
        tiers,
        links,
        tuple(edges),
        back,
        draw(texts),
        draw(lists),
        draw(lists),
        draw(lists),
        {"plan": plan},
    )


@given(chains())
def test_what_is_written_is_read_as_the_same_chain(chain: Chain) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "some_chain.yaml"
        path.write_bytes(chain_text(chain).encode())
        page = Page(path)
        assert read_chain(page) == chain
        assert page.faults == []


def test_a_source_that_the_chain_does_not_list_is_listed(tmp_path: Path) -> None:
    links = {"甲": Link("甲", "上游", source=Source("年报")), "乙": Link("乙", "上游")}
    chain = Chain("a", "甲链", ("上游",), links, (Edge("甲", "乙", 0.1, plan),))
    path = tmp_path / "a.yaml"
    path.write_text(chain_text(chain), "utf-8")
    again = read_chain(Page(path))
    assert again is not None
    assert again.edges == chain.edges
    assert again.links == chain.links
