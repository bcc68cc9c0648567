"""Load a city's sample: facts from public sources, each row with its own source."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from chains import UnknownName
from mapapp.journeys.bureau import OTHER, Bureau
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import (
    Account,
    InvestmentProject,
    LocalEnterprise,
    Provenance,
    ReportedFigure,
    Stage,
    StageEvent,
)
from mapapp.outreach.event import PromotionEvent, kind_of
from mapapp.store import Sample

FOLDER = Path(__file__).resolve().parent.parent / "sample"
CITY = "420300"
"""The city that the sample is about."""

ACTOR = "样例数据"

_STAGE_CLASSES = {
    "洽谈": Stage.TALKS,
    "签约": Stage.SIGNED,
    "开工在建": Stage.STARTED,
    "投产": Stage.PRODUCING,
    "落户/其他": None,
}
_ANNUAL_OUTPUT = ("产值", "销售收入")
_ACTUAL = "实际/原文"

Row = Mapping[str, str]
T = TypeVar("T")


class SampleError(Exception):
    """There is no sample for the city, or its files break a rule; lists every fault."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was loaded."""

    projects: int
    enterprises: int
    promotion_events: int
    reported_figures: int


def has_sample(bureau: Bureau) -> bool:
    """Whether there is a sample for the bureau's city."""
    return bureau.city.code == CITY


def load_sample(bureau: Bureau, folder: Path = FOLDER) -> Loaded:
    """Read the sample and write it in one transaction, into an empty database only.

    The coordinates of the sample are county seats, no sites: they are left out, and the map
    draws such a project at its county.

    Raises:
        SampleError: no sample for this city, or a faulty file.
        NotEmpty: the database holds data already.
    """
    if not has_sample(bureau):
        raise SampleError(f"只有十堰市（420300）带样例数据，{bureau.city.name}请导入自己的台账。")
    sample = read_sample(bureau, folder)
    bureau.store.load_sample(sample, ACTOR)
    return Loaded(
        len(sample.projects),
        len(sample.enterprises),
        len(sample.promotion_events),
        len(sample.reported_figures),
    )


def read_sample(bureau: Bureau, folder: Path = FOLDER) -> Sample:
    """The sample in the ledger's own types. Raises SampleError with every fault."""
    faults: list[str] = []
    accounts: dict[str, list[Account]] = {}
    for project, account in _read(folder / "project_accounts.csv", _account, faults):
        accounts.setdefault(project, []).append(account)

    def project_of(row: Row) -> InvestmentProject:
        return _project(bureau, row, tuple(accounts.get(row["id"], ())))

    def enterprise_of(row: Row) -> LocalEnterprise:
        return _enterprise(bureau, row)

    sample = Sample(
        projects=_read(folder / "projects.csv", project_of, faults),
        enterprises=_read(folder / "enterprises.csv", enterprise_of, faults),
        promotion_events=_read(folder / "events.csv", _promotion_event, faults),
        reported_figures=_read(folder / "figures.csv", _reported_figure, faults),
    )
    known = {enterprise.id for enterprise in sample.enterprises}
    faults += [
        f"projects.csv {p.project_code}:operator {p.enterprise_id} 不在 enterprises.csv 里"
        for p in sample.projects
        if p.enterprise_id and p.enterprise_id not in known
    ]
    if faults:
        raise SampleError("样例数据有错:\n" + "\n".join(faults))
    return sample


def _read(path: Path, build: Callable[[Row], T], faults: list[str]) -> list[T]:
    built = []
    for line, row in _rows(path):
        try:
            built.append(build(row))
        except (ValueError, KeyError, InvalidOperation, UnknownName) as error:
            faults.append(f"{path.name} 第{line}行：{type(error).__name__} {error}")
    return built


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        for row in reader:
            yield reader.line_num, row


def _project(bureau: Bureau, row: Row, accounts: tuple[Account, ...]) -> InvestmentProject:
    output, output_text = _output(row)
    return InvestmentProject(
        project_code=row["id"],
        name=row["name"],
        enterprise=row["enterprise"],
        enterprise_id=row["operator"] or None,
        county=row["county"] or None,
        zone=_zone(bureau, row["zone"]),
        place=row["place"] if row["township"] in row["place"] else row["place"] + row["township"],
        chain=_chain(bureau, row["chain"]),
        links=_listed(row["links"]),
        product=row["product"],
        contracted_investment=_yi(row["invest_yi"]),
        investment_text=row["invest_text"],
        expected_output=output,
        output_text=output_text,
        capacity=row["capacity"],
        events=_events(row),
        stage_text=row["stage"],
        last_confirmed=_date(row["last_confirmed"]),
        is_park=row["is_park"] == "Y",
        halted=row["halted"] == "Y",
        note=_note(row),
        link_note=row["link_note"],
        provenance=Provenance(row["source_url"], row["source_date"], row["source_grade"]),
        accounts=accounts,
    )


def _events(row: Row) -> tuple[StageEvent, ...]:
    """What is dated, and the stage that the source saw; a planned completion is no event."""
    dates = {
        Stage.SIGNED: _date(row["signed"]),
        Stage.STARTED: _date(row["groundbreaking"]),
        Stage.COMPLETED: _date(row["completion"]) if row["completion_kind"] == _ACTUAL else None,
    }
    events = [StageEvent(stage, on) for stage, on in dates.items() if on]
    seen = _date(row["source_date"])
    stated = _STAGE_CLASSES[row["stage_class"]]
    if stated and not dates.get(stated):
        events.append(StageEvent(stated, None, seen))
    if row["halted"] == "Y":
        events.append(StageEvent(Stage.ENDED, None, seen, row["note"]))
    return tuple(sorted(events, key=lambda event: event.stage.order))


def _output(row: Row) -> tuple[Money | None, str]:
    """Annual output only where that is what the source gives; other figures stay text."""
    stated, kind, text = row["output_yi"], row["output_kind"], row["output_text"]
    if stated and kind in _ANNUAL_OUTPUT:
        return _yi(stated), text
    figure = f"{stated}亿元" if stated else ""
    said = "、".join(filter(None, (figure, text)))
    return None, f"{said}（{kind}）" if said and kind else said


def _note(row: Row) -> str:
    inferred = "来源的年份由旁证推断" if row["date_inferred"] == "Y" else ""
    return ";".join(filter(None, (row["note"], inferred)))


def _enterprise(bureau: Bureau, row: Row) -> LocalEnterprise:
    return LocalEnterprise(
        id=row["id"],
        name=row["name"],
        aliases=_listed(row["aliases"]),
        county=row["county"] or None,
        zone=_zone(bureau, row["zone"]),
        chain=_chain(bureau, row["chain"]),
        links=_listed(row["links"]),
        product=row["product"],
        kind=row["kind"],
        group=row["group"],
        is_park=row["is_park"] == "Y",
        defunct=row["defunct"] == "Y",
        note=row["note"],
        link_note=row["link_note"],
        last_confirmed=_date(row["last_confirmed"]),
        provenance=Provenance(row["source_url"]),
    )


def _account(row: Row) -> tuple[str, Account]:
    investment = f"{row['invest_yi']}亿元" if row["invest_yi"] else row["invest_text"]
    output = f"{row['output_yi']}亿元" if row["output_yi"] else row["output_text"]
    return row["project_id"], Account(
        id=row["id"],
        name=row["name"],
        investment=investment,
        output=output,
        stage=row["stage"],
        provenance=Provenance(row["source_url"], row["source_date"], row["source_grade"]),
        note=row["note"],
    )


def _promotion_event(row: Row) -> PromotionEvent:
    return PromotionEvent(
        id=row["id"],
        date=row["date"],
        city=row["city"],
        name=row["event"],
        host=row["host"],
        result=row["result"],
        projects=row["projects"],
        amount_yi=row["amount_yi"],
        note=row["note"],
        provenance=Provenance(row["source_url"], row["date"], row["source_grade"]),
        kind=kind_of(row["event"]),
    )


def _reported_figure(row: Row) -> ReportedFigure:
    return ReportedFigure(
        id=row["id"],
        period=row["period"],
        indicator=row["indicator"],
        value=row["value"],
        unit=row["unit"],
        breakdown=row["breakdown"],
        note=row["note"],
        provenance=Provenance(row["source_url"], "", row["source_grade"]),
    )


def _zone(bureau: Bureau, text: str) -> str | None:
    if not text:
        return None
    zone = bureau.city.zone(text)
    if zone is None:
        raise ValueError(f"功能区“{text}”不在城市配置里")
    return zone.name


def _chain(bureau: Bureau, text: str) -> str | None:
    return None if text in ("", OTHER) else bureau.catalogue.chain(text).id


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _yi(text: str) -> Money | None:
    return Money.from_yi(Decimal(text)) if text else None


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
