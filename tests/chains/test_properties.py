"""What holds for every chain and every place."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from chains import (
    DEFAULT,
    Activity,
    Chain,
    Edge,
    Enterprise,
    LinkAssessment,
    Status,
    assess,
    rank,
)
from chains.cascade import Cascade
from chains.chain import ESTIMATE
from chains.presence import Presence

from .tiny import REPORT, chain, enterprise

NAMES = [f"环节{number}" for number in range(7)]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Up to seven links, arrows only forward in the list of names."""
    count = draw(st.integers(1, len(NAMES)))
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return chain(*(draw(edges(NAMES[i], NAMES[j])) for i, j in chosen), links=NAMES[:count])


@st.composite
def edges(draw: st.DrawFn, supplier: str, user: str) -> Edge:
    required, group = draw(st.sampled_from([(True, ""), (False, "甲组"), (False, "")]))
    return Edge(
        supplier,
        user,
        draw(st.floats(0, 1)),
        REPORT if draw(st.booleans()) else ESTIMATE,
        required=required,
        group=group,
    )


@st.composite
def activities(draw: st.DrawFn) -> list[Activity]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        links = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
        found.append(
            Activity(
                id=str(number),
                name=f"项目{number}",
                source=draw(st.sampled_from("甲乙丙丁")),
                stage=draw(st.sampled_from([*DEFAULT.stage, "未知"])),
                shares={link: 1 / len(links) for link in links},
                output=draw(st.none() | st.floats(0, 1e6)),
                not_counted=draw(st.sampled_from(["", "", "待核实"])),
            )
        )
    return found


distances = st.dictionaries(st.sampled_from(NAMES), st.lists(st.floats(0, 5000), max_size=4))
counts = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 6))


def look(
    chain: Chain,
    place: list[Activity],
    km: dict[str, list[float]] | None = None,
    used: dict[str, int] | None = None,
) -> dict[str, LinkAssessment]:
    found = assess(chain, place, chains_using=used or {}, elsewhere_km=km or {})
    return {item.link: item for item in found}


@given(chains(), activities(), distances, counts)
def test_no_score_leaves_its_range(
    tiny: Chain, place: list[Activity], km: dict[str, list[float]], used: dict[str, int]
) -> None:
    for item in look(tiny, place, km, used).values():
        assert 0 <= item.criticality <= 100 + 1e-9
        assert all(part.value is not None and 0 <= part.value <= 1 + 1e-9 for part in item.parts)
        assert (item.ratio is None) == (item.demand is None) == (not item.measured)
        assert item.supply.capacity >= 0
        assert all(part.sentence for part in item.parts)
        assert item.why


@given(chains(), activities())
def test_status_and_remedy_belong_together(tiny: Chain, place: list[Activity]) -> None:
    for item in look(tiny, place).values():
        active = item.supply.active()
        if item.status is Status.PRESENT:
            assert len(active) >= 2
        if item.status in (Status.MISSING, Status.PLANNED, Status.NO_DEMAND):
            assert not active
        if item.status is Status.NO_DEMAND:
            assert not item.users
            assert not item.suppliers
        assert (item.remedy is None) == (item.status in (Status.PRESENT, Status.NO_DEMAND))
        if item.uncertain:
            assert item.measured


@given(chains(), activities(), st.floats(0, 1e6), st.data())
def test_a_new_supplier_helps_its_own_link_and_no_other(
    tiny: Chain, place: list[Activity], output: float, data: st.DataObject
) -> None:
    link = data.draw(st.sampled_from(list(tiny.links)))
    new = Activity("new", "新来的", "新来的", "投产", {link: 1.0}, output)
    before, after = look(tiny, place), look(tiny, [*place, new])
    for name in tiny.links:
        old, now = before[name].ratio, after[name].ratio
        if old is None or now is None:
            continue
        if name == link:
            assert now >= old - 1e-12
        else:
            assert now <= old * (1 + 1e-12)


@given(chains(), activities(), distances, counts)
def test_relabelling_changes_nothing(
    tiny: Chain, place: list[Activity], km: dict[str, list[float]], used: dict[str, int]
) -> None:
    names = dict(zip(NAMES, reversed(NAMES), strict=True))
    renamed = chain(
        *(
            replace(edge, supplier=names[edge.supplier], user=names[edge.user])
            for edge in tiny.edges
        ),
        links=[names[name] for name in tiny.links],
    )
    moved = [
        replace(item, shares={names[link]: share for link, share in item.shares.items()})
        for item in place
    ]
    before = look(tiny, place, km, used)
    after = look(
        renamed,
        moved,
        {names[link]: found for link, found in km.items()},
        {names[link]: found for link, found in used.items()},
    )
    for name, item in before.items():
        other = after[names[name]]
        assert other.criticality == item.criticality
        assert (other.status, other.remedy, other.ratio) == (item.status, item.remedy, item.ratio)
        assert other.users == tuple(names[user] for user in item.users)
        assert other.uncertain == item.uncertain


@given(chains(), activities(), st.randoms())
def test_the_order_of_activities_changes_nothing(
    tiny: Chain, place: list[Activity], random: Random
) -> None:
    shuffled = list(place)
    random.shuffle(shuffled)
    before, after = look(tiny, place), look(tiny, shuffled)
    for name, item in before.items():
        assert after[name].status is item.status
        assert abs(after[name].criticality - item.criticality) < 1e-9


@given(chains())
def test_an_empty_place_lacks_nothing(tiny: Chain) -> None:
    assert {item.status for item in look(tiny, []).values()} == {Status.NO_DEMAND}


@given(chains())
def test_a_cascade_stays_downstream(tiny: Chain) -> None:
    cascade = Cascade(tiny)
    for name in tiny.links:
        fallen = cascade.fallen(name)
        assert len(fallen) == len(set(fallen))
        assert name not in fallen
        assert all(link > name for link in fallen)  # arrows run forward in the list of names


@given(chains(), activities())
def test_users_are_active_and_never_the_link_itself(tiny: Chain, place: list[Activity]) -> None:
    here = Presence.of(tiny, place)
    for name in tiny.links:
        assert name not in here.users(name)
        assert set(here.users(name)) | set(here.suppliers(name)) <= set(here.active)


@st.composite
def enterprises(draw: st.DrawFn) -> list[Enterprise]:
    words = st.text("正负极电池材料液膜", min_size=1, max_size=8)
    return [
        enterprise(
            f"企业{number}",
            draw(st.dictionaries(st.sampled_from(NAMES), words, max_size=3)),
            draw(st.sampled_from(["420300", "440300", "110105", "429004"])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


@settings(deadline=None)  # the first ranking of a process imports scikit-learn
@given(chains(), activities(), enterprises(), st.sampled_from([None, "440300", "110000"]))
def test_targets_keep_their_range_and_their_rank(
    tiny: Chain, place: list[Activity], makers: list[Enterprise], city: str | None
) -> None:
    link = next(iter(tiny.links))
    found = rank(
        tiny,
        link,
        makers,
        assessments=list(look(tiny, place).values()),
        prefecture="420300",
        km={"440300": 900.0, "110000": 1000.0},
        roadshow=city,
    )
    assert [target.rank for target in found] == list(range(1, len(found) + 1))
    for target in found:
        assert 0 <= target.score <= 100 + 1e-9
        assert target.enterprise.city != "420300"
        assert target.link == link in target.enterprise.products
