"""Look after the rounds: who has reported, who has not, and the words to remind them with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chains import UnknownName
from mapapp.jobs import Progress, Quiet
from mapapp.journeys import collect, settle
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.collect import ReturnReport
from mapapp.ledger.reporting import Dispatch, ReportReturn, ReportRound
from mapapp.store import StoreError


class State(StrEnum):
    """How far a receiver is."""

    MISSING = "未报送"
    PENDING = "待确认"
    DONE = "已报送"


@dataclass(frozen=True, slots=True)
class Standing:
    """A receiver of a round, and what came back from it, oldest first."""

    dispatch: Dispatch
    returns: tuple[ReportReturn, ...]

    @property
    def confirmed(self) -> tuple[ReportReturn, ...]:
        return tuple(item for item in self.returns if item.batch is not None)

    @property
    def pending(self) -> tuple[ReportReturn, ...]:
        """Those that nobody has confirmed yet, and that nothing newer has overtaken."""
        last = self.confirmed[-1].id if self.confirmed else 0
        return tuple(item for item in self.returns if item.batch is None and item.id > last)

    @property
    def state(self) -> State:
        if self.pending:
            return State.PENDING
        return State.DONE if self.confirmed else State.MISSING


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everybody that it went to."""

    round: ReportRound
    standings: tuple[Standing, ...]

    def count(self, state: State) -> int:
        return sum(item.state is state for item in self.standings)

    @property
    def missing(self) -> tuple[Standing, ...]:
        return tuple(item for item in self.standings if item.state is State.MISSING)

    @property
    def projects(self) -> int:
        return sum(item.dispatch.projects for item in self.standings)

    def overdue(self, on: date) -> int:
        """How many days ago it was due; 0 where it is not over."""
        return max((on - self.round.due).days, 0) if self.round.due else 0


def list_rounds(bureau: Bureau) -> list[RoundView]:
    """All rounds, the newest first."""
    store = bureau.store.collection
    dispatches, returns = store.dispatches(), store.returns()
    return [_view(item, dispatches, returns) for item in store.rounds()]


def view_round(bureau: Bureau, id: int) -> RoundView:
    """One round.

    Raises:
        UnknownName: there is none of that number.
    """
    store = bureau.store.collection
    rounds = store.rounds()
    found = next((item for item in rounds if item.id == id), None)
    if found is None:
        raise UnknownName("报送轮次", str(id), [str(item.id) for item in rounds[:3]])
    return _view(found, store.dispatches(id), store.returns(id))


def dispatch_of(view: RoundView, id: int) -> Dispatch:
    """One of the workbooks of a round. Raises UnknownName."""
    for item in view.standings:
        if item.dispatch.id == id:
            return item.dispatch
    raise UnknownName("工作簿", str(id), [str(s.dispatch.id) for s in view.standings[:3]])


def take_in(
    bureau: Bureau,
    files: Sequence[tuple[str, bytes]],
    round: int,
    actor: str,
    told: Progress | None = None,
) -> list[ReturnReport | int]:
    """Keep the workbooks that came back and note whose they are: each return's number.

    One that is turned away is not kept: its report says why. Nothing is kept before all are read.
    """
    told, reports = told or Quiet(), []
    for place, (name, data) in enumerate(files, start=1):
        told.say(f"正在核对第 {place} 份，共 {len(files)} 份")
        reports.append(collect.preview(bureau, data, name, round))
    told.step(0)
    return [_keep(bureau, r, data, actor) for r, (_, data) in zip(reports, files, strict=True)]


def _keep(bureau: Bureau, report: ReturnReport, data: bytes, actor: str) -> ReturnReport | int:
    if report.dispatch is None:
        return report
    store = bureau.store.collection
    file = store.keep_file("report", report.name, report.sha256, data, actor)
    return store.note_return(report.dispatch.id, file, actor)


def words_on(found: Sequence[ReturnReport | int]) -> str:
    """What came of the workbooks taken in, in a sentence for each that was turned away."""
    taken = sum(isinstance(item, int) for item in found)
    said = [f"收到 {taken} 份。"] if taken else []
    refused = [item for item in found if isinstance(item, ReturnReport)]
    return "".join([*said, *(f"“{r.name}”没有收：{r.refused}。" for r in refused)])


def read_return(bureau: Bureau, round: int, number: int) -> tuple[ReportReturn, ReturnReport]:
    """A return, read anew against the ledger as it is now.

    Raises:
        UnknownName: the round has no such return.
    """
    store = bureau.store.collection
    found = next((item for item in store.returns(round) if item.id == number), None)
    kept = store.file(found.file) if found else None
    if found is None or kept is None:
        raise UnknownName("报送文件", str(number), ())
    return found, collect.preview(bureau, kept.content, kept.name, round)


def write_return(
    bureau: Bureau, round: int, number: int, adopted: Sequence[str], seen: str, actor: str
) -> None:
    """Confirm a return as it was shown.

    Raises:
        StoreError, FileRefused: nothing was written; the message says why: the ledger has moved
            on since, or the workbook or the decisions cannot be taken.
    """
    _, report = read_return(bureau, round, number)
    if report.fingerprint != seen:
        raise StoreError("你看过预览之后台账又变了，还没有写入。请按下面的新预览再确认。")
    settle.confirm(bureau, number, report, adopted, actor)


def reminder(bureau: Bureau, view: RoundView, only: Standing | None = None) -> str:
    """A text to send to those that have not reported, or to one of them."""
    missing = [only] if only else list(view.missing)
    if not missing:
        return ""
    title, today = view.round.title, bureau.today
    due, late = view.round.due, view.overdue(today)
    when = f"请于 {due} 前报回" if due and not late else "请尽快报回"
    passed = f"（截止日期 {due} 已过 {late} 天）" if late else ""
    names = "、".join(item.dispatch.name for item in missing)
    rows = sum(item.dispatch.projects for item in missing)
    who = (
        f"{names}：\n你单位"
        if only
        else f"{names}：\n截至 {today}，“{title}”还有 {len(missing)} 家没有报送。各单位"
    )
    return (
        f"{who}的“{title}”招商项目报送表共 {rows} 个项目，还没有收到{passed}。{when}："
        "在下发的工作簿里直接修改，没有变化也请原样报回，不要另做新表。"
    )


def _view(
    round: ReportRound, dispatches: Sequence[Dispatch], returns: Sequence[ReportReturn]
) -> RoundView:
    own = [item for item in dispatches if item.round == round.id]
    return RoundView(
        round,
        tuple(Standing(d, tuple(r for r in returns if r.dispatch == d.id)) for d in own),
    )
