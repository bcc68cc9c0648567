"""What Shiyan has and lacks, held against what is known of it."""

import pytest

from chains import GateKind, Status
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import Gap, find_gaps, suppliers_elsewhere


@pytest.fixture(scope="module")
def battery(bureau: Bureau) -> dict[str, Gap]:
    return {gap.here.link: gap for gap in find_gaps(bureau, chain="power_battery")}


def sources(gap: Gap) -> str:
    return " ".join(source.name for source in gap.here.supply.sources)


def test_every_link_of_the_chain_is_there(bureau: Bureau, battery: dict[str, Gap]) -> None:
    assert set(battery) == set(bureau.catalogue.chain("power_battery").links)
    assert len(battery) == 39


def test_what_the_city_really_has(battery: dict[str, Gap]) -> None:
    assert "湖北万润" in sources(battery["磷酸铁锂正极"])
    assert "远景动力" in sources(battery["动力电芯"])
    assert "东风力神" in sources(battery["模组/PACK"])
    for link in ("磷酸铁锂正极", "动力电芯", "模组/PACK", "新能源商用车"):
        assert battery[link].here.status in (Status.PRESENT, Status.WEAK), link


def test_the_defunct_and_the_park_are_not_among_the_sources(battery: dict[str, Gap]) -> None:
    for gap in battery.values():
        assert "沃特玛" not in sources(gap)
        assert "零碳产业园" not in sources(gap)


def test_what_it_lacks(battery: dict[str, Gap]) -> None:
    for link in ("隔膜(湿法/干法)", "电解液", "铜箔", "人造石墨负极", "三元正极", "梯次利用/回收"):
        assert battery[link].here.status is Status.MISSING, link
        assert battery[link].here.why, link


def test_parts_add_up_to_the_criticality(bureau: Bureau) -> None:
    for gap in find_gaps(bureau):
        assert sum(part.points for part in gap.here.parts) == pytest.approx(gap.here.criticality)
        assert 0 <= gap.here.criticality <= 100


def test_the_most_critical_stands_first(bureau: Bureau) -> None:
    points = [gap.here.criticality for gap in find_gaps(bureau)]
    assert points == sorted(points, reverse=True)


def test_a_county_shows_its_own_supply_and_the_citys(bureau: Bureau) -> None:
    found = {gap.here.link: gap for gap in find_gaps(bureau, "420304", "power_battery")}
    cathode = found["磷酸铁锂正极"]
    assert "湖北万润" in sources(cathode)
    cell = found["动力电芯"]
    assert not cell.here.supply.sources
    assert "远景动力" in " ".join(s.name for s in cell.city.supply.sources)


def test_suppliers_elsewhere_are_elsewhere(bureau: Bureau) -> None:
    assert 300 < bureau.km["420100"] < 420, "武汉"
    firms = bureau.catalogue.enterprises_on("磷酸铁锂正极")
    outside = [f for f in firms if not bureau.is_local(f.city) and not f.delisted]
    assert len(suppliers_elsewhere(bureau, ["磷酸铁锂正极"])["磷酸铁锂正极"]) == len(outside)
    assert len(outside) == len(firms) - 1, "万润在本地"


def test_a_link_carries_the_gates_of_its_place(bureau: Bureau, battery: dict[str, Gap]) -> None:
    salt = battery["六氟磷酸锂/LiFSI"].here.gates
    assert {gate.kind for gate in salt} >= {GateKind.WATER, GateKind.CHEMICAL_PARK}
    assert any(gate.link for gate in salt if gate.kind is GateKind.CHEMICAL_PARK)
    assert all(gate.source.title for gate in salt)
    # the whole city is a water source: every link, in every county
    county = find_gaps(bureau, county="420302", chain="power_battery")
    assert all(GateKind.WATER in {gate.kind for gate in gap.here.gates} for gap in county)
