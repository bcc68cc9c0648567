"""What the year's pages cost on a large ledger: `python -m tests.benchmarks.year [projects]`.

Clean rows, each signed at some time in ten years and most of them further. The milestones are asked
of a ledger that was just written to (cold: read, worked out, ranked); pages of one that was not.
"""

import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from mapapp import create_app
from mapapp.config import Settings
from mapapp.journeys.bureau import Bureau, open_bureau
from mapapp.journeys.milestones import milestones
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.money import Money
from mapapp.ledger.project import Agreement, InvestmentProject, Stage, StageEvent
from mapapp.store import Sample, Store

PROJECTS = 50_000
MILESTONES, PAGE = 1.0, 0.3
"""Seconds that the milestones may take, and a warm page."""
LIFE = (
    (Stage.SIGNED, 1.0, 0),
    (Stage.STARTED, 0.75, 90),
    (Stage.ENROLLED, 0.8, 80),
    (Stage.COMPLETED, 0.6, 300),
    (Stage.PRODUCING, 0.8, 60),
    (Stage.ABOVE_SIZE, 0.4, 120),
)
"""The stages, which part of the projects at the one before gets there, and about when."""
PAGES = (
    "/milestones",
    "/milestones?place=420381",
    "/statistics?by=county",
    "/statistics?by=department&from=2020-01-01&to=2023-12-31",
    "/bulletin?of=2022",
    "/annual-targets?year=2022",
    "/following",
)


def main(count: int) -> None:
    """Print seconds; end with an error where a limit is passed."""
    over = []
    with tempfile.TemporaryDirectory() as folder:
        bureau = filled(open_bureau(Settings(instance=Path(folder))), count)
        milestones(bureau, bureau.today)  # what the catalogue costs once is not the ledger's
        bureau.store.weights.set({}, "再写一次", "基准")
        began = time.perf_counter()
        found = milestones(bureau, bureau.today)
        seconds = time.perf_counter() - began
        print(f"{count:,} 个项目，{len(found.rows):,} 条里程碑：{seconds:.2f} 秒")
        over += ["里程碑"] if seconds > MILESTONES else []
        client = create_app(bureau=bureau).test_client()
        for path in PAGES:
            client.get(path)
            warm = min(timed(client.get, path) for _ in range(3))
            print(f"{path}：热 {warm * 1000:.0f} 毫秒")
            over += [path] if warm > PAGE else []
    if over:
        sys.exit(f"超过上限：{'、'.join(over)}")


def timed(call: object, *args: str) -> float:
    began = time.perf_counter()
    call(*args)  # type: ignore[operator]
    return time.perf_counter() - began


def filled(bureau: Bureau, count: int) -> Bureau:
    """The bureau with a ledger of its own."""
    chance = random.Random(3313)
    chains = list(bureau.catalogue.chains.values())
    counties = [
        *(item.code for item in bureau.gazetteer.divisions.counties(bureau.city.code)),
        None,
    ]
    projects = []
    for number in range(count):
        chain = chance.choice([*chains, None])
        projects.append(
            InvestmentProject(
                f"G{number:06}",
                f"项目{number}",
                county=chance.choice(counties),
                chain=chain.id if chain else None,
                links=(chance.choice(list(chain.links)),) if chain and number % 10 == 0 else (),
                contracted_investment=Money(Decimal(chance.randrange(100, 500_000))),
                paid_in_investment=Money(Decimal(chance.randrange(100, 50_000))),
                agreement=chance.choice([*Agreement, None]),
                lead_department=f"单位{chance.randrange(51)}",
                office=chance.choice([office.name for office in bureau.city.offices] + [""]),
                events=tuple(lived(chance)),
            )
        )
    store = Store.open(f"sqlite:///{bureau.settings.instance / 'year.sqlite3'}", bureau.city.code)
    store.load_sample(Sample(projects=tuple(projects)), "基准")
    return replace(bureau, store=store)


def lived(chance: random.Random) -> list[StageEvent]:
    day = date(2014, 1, 1) + timedelta(chance.randrange(3650))
    events = []
    for stage, part, days in LIFE:
        if chance.random() > part:
            break
        day += timedelta(int(days * chance.uniform(0.3, 2)))
        text = chance.choice([day.isoformat(), day.isoformat(), f"{day:%Y-%m}"])
        events.append(StageEvent(stage, PartialDate.parse(text)))
    return events


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PROJECTS)
