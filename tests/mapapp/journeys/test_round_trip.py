"""Any project that a bureau can write comes back from its own export exactly as it was."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mapapp import documents
from mapapp.journeys import import_ledger
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.ledger_file import ledger_file
from mapapp.journeys.ledger_filter import LedgerFilter
from mapapp.journeys.selection import Selection
from mapapp.ledger.cells import folded, is_blank
from mapapp.ledger.dates import PartialDate, Precision
from mapapp.ledger.money import Money
from mapapp.ledger.national_code import check_digit
from mapapp.ledger.project import (
    Agreement,
    InvestmentProject,
    PointPrecision,
    Position,
    Provenance,
    Stage,
    StageEvent,
)
from mapapp.ledger.terms import parse_words
from mapapp.store import Sample, Store

WRITERS = {"xlsx": documents.to_xlsx, "csv": documents.to_csv}
DATED = (
    Stage.SIGNED,
    Stage.STARTED,
    Stage.ENROLLED,
    Stage.COMPLETED,
    Stage.PRODUCING,
    Stage.ABOVE_SIZE,
)
NASTY = (
    "𬭊 㛃 䶮", "=1+1", "'=1+1", "''=1+1", "'", "@SUM(A1)", "-3", "+86", "＝１", "\t缩进",
    "  空格  ", "一行\n二行", "=cmd|' /C calc'!A0", "00123", "1E5", "2023-05", "NA", "None", "TRUE",
    "\u202e反", '引号",";', "_x0041_", "{{7*7}}", "<b>&amp;", "合计", "备注", "sep=,", "\ufeff头",
)  # fmt: skip
TODAY = date(2026, 7, 1)
TRIES = 6


def _can_stand(text: str) -> bool:
    """Whether the text is one that the ledger keeps: said, and no mark of 同上."""
    return not is_blank(text) and bool(folded(text).strip("〃″\"'”"))


def texts(most: int = 60) -> st.SearchStrategy[str]:
    """Empty, nasty, or anything at all that is no control character."""
    anything = st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n\t"),
        max_size=most,
    )
    return st.one_of(st.just(""), st.sampled_from(NASTY), anything.filter(_can_stand))


def money(currency: str | None = None) -> st.SearchStrategy[Money | None]:
    fen = st.integers(1, 10**12)
    currencies = st.just(currency) if currency else st.sampled_from(["CNY", "USD", "HKD", "EUR"])
    made = st.builds(lambda f, c: Money(_plain(Decimal(f) / 10**6), c), fen, currencies)
    return st.none() | made


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f"))


def words() -> st.SearchStrategy[tuple[str, ...]]:
    """Tags or parties: none of them holds what stands between two of them."""
    one = texts(20).map(lambda text: "".join(c for c in text if c not in "、;；,，\n\r").strip())
    many = st.lists(one.filter(_can_stand), max_size=3, unique=True)
    return many.map(tuple).filter(lambda some: parse_words("、".join(some)) == some)


@st.composite
def national_codes(draw: st.DrawFn) -> str:
    """None, one of the present form, perhaps with a wrong check digit, or one of the earlier."""
    number = draw(st.integers(0, 99_999))
    current = f"2304420302{draw(st.sampled_from(['04', '89']))}01{number:05d}"
    fit = check_digit(current)
    kinds = ["", f"{current}{fit}", f"{current}{(fit + 1) % 10}", f"20184203023603{number:06d}"]
    code = draw(st.sampled_from(kinds))
    parts = (code[:4], code[4:10], code[10:12], code[12:14], code[14:])
    return "-".join(parts) if code else ""


@st.composite
def days(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(date(1990, 1, 1), TODAY))
    precision = draw(st.sampled_from(Precision))
    first = {
        Precision.DAY: day,
        Precision.MONTH: day.replace(day=1),
        Precision.QUARTER: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        Precision.YEAR: date(day.year, 1, 1),
    }
    return PartialDate(first[precision], precision)


@st.composite
def events(draw: st.DrawFn) -> tuple[StageEvent, ...]:
    """Dated stages, and beyond them perhaps one that is only known to have been reached."""
    dated = draw(st.sets(st.sampled_from(DATED)))
    found = {stage: StageEvent(stage, draw(days())) for stage in dated}
    furthest = max((stage.order for stage in found), default=-1)
    beyond = [stage for stage in Stage if stage.order > furthest]
    reported = draw(st.none() | st.sampled_from(beyond))
    if reported:
        found[reported] = StageEvent(reported, None, draw(st.none() | days()))
    return tuple(sorted(found.values(), key=lambda event: event.stage.order))


def projects(bureau: Bureau) -> st.SearchStrategy[InvestmentProject]:
    """What the ledger can hold of a project, but for what an export says it leaves out."""
    counties = bureau.gazetteer.divisions.counties(bureau.city.code)
    places = [(county.code, None) for county in counties] + [(None, None)]
    places += [(zone.host, zone.name) for zone in bureau.city.zones]
    chains = list(bureau.catalogue.chains.values())

    @st.composite
    def made(draw: st.DrawFn) -> InvestmentProject:
        county, zone = draw(st.sampled_from(places))
        chain = draw(st.none() | st.sampled_from(chains))
        names = [link.name for link in chain.links.values()] if chain else []
        links = draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []
        said = texts().filter(_can_stand)
        source = draw(st.none() | st.builds(Provenance, said, texts(), texts()))
        spot = st.builds(
            Position,
            st.floats(110.6, 110.9),
            st.floats(32.5, 32.7),
            st.just(PointPrecision.SITE),
        )
        land = st.integers(0, 10**9).map(lambda n: _plain(Decimal(n) / 10**4))
        return InvestmentProject(
            project_code=draw(st.from_regex(r"[A-Z0-9]{1,3}-0[0-9]{1,6}", fullmatch=True)),
            name=draw(texts().filter(_can_stand)),
            enterprise=draw(texts()),
            county=county,
            zone=zone,
            place=draw(texts()),
            position=draw(st.none() | spot),
            chain=chain.id if chain else None,
            links=tuple(links),
            product=draw(texts()),
            contracted_investment=draw(money()),
            investment_text=draw(texts()),
            paid_in_investment=draw(money("CNY")),
            foreign_investment=draw(money("USD")),
            expected_output=draw(money()),
            output_text=draw(texts()),
            fixed_asset_investment=draw(money()),
            expected_tax=draw(money()),
            land=draw(st.none() | land),
            jobs=draw(st.none() | st.integers(0, 100_000)),
            national_code=draw(national_codes()),
            agreement=draw(st.none() | st.sampled_from(Agreement)),
            parties=draw(words()),
            origin=draw(texts()),
            office=draw(texts()),
            brought_by=draw(texts()),
            tags=draw(words()),
            capacity=draw(texts()),
            events=draw(events()),
            stage_text=draw(texts()),
            last_confirmed=draw(st.none() | days()),
            is_park=draw(st.booleans()),
            halted=draw(st.booleans()),
            leader=draw(texts()),
            lead_department=draw(texts()),
            note=draw(texts(200)),
            link_note=draw(texts()),
            provenance=source,
        )

    return made()


@pytest.fixture(scope="module")
def empty(bureau: Bureau, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, which every try copies."""
    file = tmp_path_factory.mktemp("round_trip") / "empty.db"
    _opened(bureau, file).store.close()
    return file


@pytest.mark.parametrize("kind", WRITERS)
def test_what_goes_out_comes_back_field_for_field(bureau: Bureau, empty: Path, kind: str) -> None:
    tries = iter(range(10**6))

    @settings(
        max_examples=TRIES,
        deadline=None,
        phases=[phase for phase in Phase if phase is not Phase.explain],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(projects(bureau), min_size=5, max_size=25, unique_by=lambda p: p.project_code))
    def there_and_back(held: list[InvestmentProject]) -> None:
        own, other = (_copied(bureau, empty, f"{kind}-{next(tries)}") for _ in range(2))
        own.store.load_sample(Sample(held), "test")
        data = WRITERS[kind](ledger_file(own, LedgerFilter(Selection())))
        report = import_ledger.preview(own, data, f"台账.{kind}")
        assert not [(row.verdict, row.message) for row in report.rows if row.action != "same"]
        import_ledger.commit(other, import_ledger.preview(other, data, f"台账.{kind}"), "test")
        back = [replace(project, row_version=1) for project in other.store.projects()]
        assert back == [replace(project, row_version=1) for project in own.store.projects()]
        for one in (own, other):
            one.store.close()

    there_and_back()


def _copied(bureau: Bureau, empty: Path, name: str) -> Bureau:
    return _opened(bureau, Path(shutil.copy(empty, empty.with_name(f"{name}.db"))))


def _opened(bureau: Bureau, file: Path) -> Bureau:
    return replace(bureau, store=Store.open(f"sqlite:///{file}", bureau.city.code))
