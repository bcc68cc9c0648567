"""闭环: how far the firms of all lists were brought, which links were filled, who really came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mapapp.documents import Column, Kind, Note, Table
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.events import NO_OFFICE
from mapapp.journeys.project_facts import all_facts
from mapapp.journeys.target_lists import ListedRow, listed_rows
from mapapp.outreach.loop import AT, Arrival, Funnel, Hindsight, Step, funnel, hindsight
from mapapp.outreach.target_list import TargetList, TargetRow, Visit

COUNTING = (
    "单位是家。企业只算一次，算到它走得最远的一步；转为项目的按台账里项目的阶段接着算。"
    "放弃的停在接洽记录到过的那一步。"
)


@dataclass(frozen=True, slots=True)
class ListOutcome:
    """What came of a list: links filled since, and where those stood who signed since."""

    item: TargetList
    firms: int
    links: int
    filled: tuple[str, ...]
    seen: Hindsight


@dataclass(frozen=True, slots=True)
class Loop:
    """The funnel of all lists, by office and by chain, and what came of each list."""

    whole: Funnel
    offices: tuple[Funnel, ...]
    chains: tuple[Funnel, ...]
    lists: tuple[ListOutcome, ...]

    @property
    def arrived(self) -> int:
        """How many placings there are to test rankings by."""
        return sum(len(one.seen.placed) for one in self.lists)

    def hits(self, at: int) -> int:
        return sum(one.seen.hits(at) for one in self.lists)


def loop(bureau: Bureau) -> Loop:
    """The loop as it stands today, over every list, closed ones too."""
    return bureau.remember("loop", lambda: _loop(bureau))


def _loop(bureau: Bureau) -> Loop:
    store = bureau.store.target_lists
    lists = {item.id: item for item in store.lists()}
    rows = [row for row in store.rows() if row.dropped_in is None]
    visits: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit in store.visits():
        visits[visit.row].append(visit)
    codes = [row.project_code for row in rows if row.project_code]
    stages = {code: project.stage for code, project in bureau.store.projects_by_code(codes).items()}

    def of(key: str, some: Sequence[TargetRow]) -> Funnel:
        return funnel(key, some, visits, stages)

    listed = listed_rows(bureau, None, rows)
    return Loop(
        of("全部名单", rows),
        _grouped(rows, lambda row: lists[row.list].office or NO_OFFICE, of),
        _grouped(rows, lambda row: _chain(bureau, row), of),
        _outcomes(bureau, lists, listed),
    )


def _grouped(
    rows: Sequence[TargetRow],
    key: Callable[[TargetRow], str],
    of: Callable[[str, Sequence[TargetRow]], Funnel],
) -> tuple[Funnel, ...]:
    groups: defaultdict[str, list[TargetRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    found = [of(name, some) for name, some in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.reached(Step.LOCKED), one.key)))


def _chain(bureau: Bureau, row: TargetRow) -> str:
    known = bureau.catalogue.chains.get(row.chain)
    return known.name if known else row.chain


def _outcomes(
    bureau: Bureau, lists: dict[int, TargetList], listed: Sequence[ListedRow]
) -> tuple[ListOutcome, ...]:
    of_list: defaultdict[int, list[ListedRow]] = defaultdict(list)
    for row in listed:
        of_list[row.row.list].append(row)
    arrivals = _arrivals(bureau)
    found = []
    for item in lists.values():
        rows = of_list[item.id]
        first = bureau.store.target_lists.versions(item.id)[0]
        found.append(
            ListOutcome(
                item,
                len({row.row.firm for row in rows}),
                len({row.row.link for row in rows}),
                tuple(dict.fromkeys(row.row.link for row in rows if row.filled)),
                hindsight(first, arrivals),
            )
        )
    return tuple(found)


def _arrivals(bureau: Bureau) -> list[Arrival]:
    """Every project of the ledger with a dated first signing, under all names of its firm."""
    known: dict[str, tuple[str, ...]] = {}
    for firm in bureau.catalogue.enterprises:
        names = tuple(n for n in (firm.name, firm.full_name, *firm.former_names) if n)
        known.update(dict.fromkeys(names, names))
    signed = {item.project_code: item.signed for item in all_facts(bureau)}
    found = []
    for project in bureau.store.linked_projects(bureau.today):
        on = signed.get(project.project_code)
        if on and project.enterprise:
            names = known.get(project.enterprise, (project.enterprise,))
            found.append(Arrival(project.project_code, names, project.links, on.first))
    return found


def loop_table(bureau: Bureau, found: Loop) -> Table:
    """The funnels as rows to take along."""
    rows = [("全部", found.whole)]
    rows += [("专班", one) for one in found.offices] + [("产业链", one) for one in found.chains]
    return Table(
        title=f"{bureau.city.name}招商闭环",
        subtitle=f"到过各步的企业数，{bureau.today.isoformat()}",
        columns=(
            Column("按", 9),
            Column("名称", 22),
            *(Column(step.value, 10, Kind.INTEGER) for step in Step),
            Column("放弃", 8, Kind.INTEGER),
        ),
        rows=[
            (by, one.key, *(one.reached(step) for step in Step), len(one.given_up))
            for by, one in rows
        ],
        notes=(
            Note("口径", COUNTING),
            Note(
                "排名检验",
                f"名单建立以后签约的 {found.arrived} 次里，"
                + "，".join(f"环节内前 {at} 名 {found.hits(at)} 次" for at in AT)
                if found.arrived
                else "尚无名单建立以后签约的企业，无法检验",
            ),
        ),
    )
