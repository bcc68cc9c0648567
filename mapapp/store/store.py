"""The store: the city's ledger in a database, in the domain's own types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import (
    InvestmentProject,
    LocalEnterprise,
    ReportedFigure,
)
from mapapp.ledger.project_codes import CodeSeries
from mapapp.store import codes, facts, listing, others, projects, sums, views, writing
from mapapp.store.annual_targets import TargetStore
from mapapp.store.bulletin_templates import TemplateStore
from mapapp.store.catalogue import CatalogueStore
from mapapp.store.changes import (
    Confirmation,
    ImportBatch,
    LedgerChange,
    ProjectChange,
    Sample,
    SavedView,
)
from mapapp.store.collection import CollectionStore
from mapapp.store.conditions import conditions, undated
from mapapp.store.database import Database
from mapapp.store.duplicates import DuplicateStore
from mapapp.store.errors import NotEmpty
from mapapp.store.events import EventStore
from mapapp.store.follow_ups import FollowUpStore
from mapapp.store.imports import ImportStore
from mapapp.store.jobs import JobStore
from mapapp.store.link_answers import LinkAnswerStore
from mapapp.store.merges import MergeStore
from mapapp.store.point_columns import PointColumns, links_by_code, point_columns
from mapapp.store.query import (
    ChainSum,
    CountySum,
    LinkedProject,
    ListTotals,
    MonthSum,
    Order,
    ProjectFilter,
    StageSum,
    ZoneSum,
)
from mapapp.store.rates import RateStore
from mapapp.store.register import RegisterStore
from mapapp.store.sites import SiteStore
from mapapp.store.target_lists import TargetListStore
from mapapp.store.weekly import WeeklyStore
from mapapp.store.weight_settings import WeightStore


class Store:
    """One city's database. Threads may share it; every call is its own transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.duplicates = DuplicateStore(database)
        self.merges = MergeStore(database)
        self.imports = ImportStore(database)
        self.jobs = JobStore(database)
        self.collection = CollectionStore(database)
        self.sites = SiteStore(database)
        self.link_answers = LinkAnswerStore(database)
        self.register = RegisterStore(database)
        self.weights = WeightStore(database)
        self.catalogue = CatalogueStore(database)
        self.follow_ups = FollowUpStore(database)
        self.rates = RateStore(database)
        self.weekly = WeeklyStore(database)
        self.templates = TemplateStore(database)
        self.annual_targets = TargetStore(database)
        self.target_lists = TargetListStore(database)
        self.events = EventStore(database)

    @classmethod
    def open(cls, url: str, city: str) -> Store:
        """Open the database of a city, made or brought up to date first.

        Raises:
            WrongCity: it belongs to another city.
            SchemaUnknown, DatabaseUnavailable: it cannot be used; the message says why.
        """
        return cls(Database(url, city))

    def close(self) -> None:
        """Give back the connections."""
        self._database.engine.dispose()

    def revision(self) -> tuple[int, datetime]:
        """What every write to the database changes; equal ones mean that nothing was written.

        Asked for before something is read, it is never newer than what was read.
        """
        with self._database.read() as connection:
            return others.revision(connection)

    def is_empty(self) -> bool:
        """Whether it holds neither a project nor an enterprise, event or figure."""
        with self._database.read() as connection:
            return others.is_empty(connection)

    def projects(
        self, query: ProjectFilter | None = None, limit: int | None = None
    ) -> list[InvestmentProject]:
        """The projects, by project code."""
        with self._database.read() as connection:
            return projects.find(connection, conditions(query), limit)

    def project(self, code: str) -> InvestmentProject | None:
        """The project of that code."""
        return self.projects_by_code([code]).get(code)

    def projects_by_code(self, codes: Iterable[str]) -> dict[str, InvestmentProject]:
        """The projects of these codes, as far as they are there."""
        with self._database.read() as connection:
            return projects.by_code(connection, codes)

    def facts(self) -> list[ProjectFacts]:
        """All projects short, by project code: what figures and milestones are made from."""
        with self._database.read() as connection:
            return facts.facts(connection)

    def linked_projects(self, on: date) -> list[LinkedProject]:
        """The projects that stand on a link, by project code; 待核实 as of a day."""
        with self._database.read() as connection:
            return projects.linked(connection, on)

    def carriers(self) -> set[str]:
        """The ids of the enterprises that carry a project on a link."""
        with self._database.read() as connection:
            return projects.carriers(connection)

    def count(self, query: ProjectFilter | None = None) -> int:
        """How many projects match."""
        with self._database.read() as connection:
            return projects.count(connection, conditions(query))

    def matching(self, query: ProjectFilter) -> list[str]:
        """The codes of the projects that match, sorted."""
        with self._database.read() as connection:
            return projects.codes(connection, conditions(query))

    def undated(self, query: ProjectFilter) -> int:
        """How many match but for the period, because their signing is not dated."""
        if query.period is None:
            return 0
        with self._database.read() as connection:
            return projects.count(connection, undated(query))

    def window(
        self, query: ProjectFilter, order: Order, start: int, count: int
    ) -> list[InvestmentProject]:
        """`count` of the projects that match, sorted, from `start` on."""
        with self._database.read() as connection:
            return listing.window(connection, query, order, start, count)

    def totals(self, query: ProjectFilter) -> ListTotals:
        """What the projects that match add up to."""
        with self._database.read() as connection:
            return listing.totals(connection, query)

    def codes(self, start: str = "") -> list[str]:
        """The project codes that begin like this, sorted."""
        with self._database.read() as connection:
            return listing.codes(connection, start)

    def departments(self) -> list[str]:
        """The departments that follow a project, by name."""
        with self._database.read() as connection:
            return listing.departments(connection)

    def words(self) -> dict[str, list[str]]:
        """The words that projects use under `office`, `origin` and `tag`, each once, by name."""
        with self._database.read() as connection:
            return listing.words(connection)

    def county_sums(self, query: ProjectFilter | None = None) -> list[CountySum]:
        """One for each county that has a matching project, by code; 未分县区 last."""
        with self._database.read() as connection:
            return sums.by_county(connection, query)

    def zone_sums(self, query: ProjectFilter | None = None) -> list[ZoneSum]:
        """One for each zone that has a matching project."""
        with self._database.read() as connection:
            return sums.by_zone(connection, query)

    def chain_sums(self, query: ProjectFilter | None = None) -> list[ChainSum]:
        """One for each chain that has a matching project, by id; 其他 last."""
        with self._database.read() as connection:
            return sums.by_chain(connection, query)

    def stage_sums(self, query: ProjectFilter | None = None) -> list[StageSum]:
        """One for each stage that has a matching project, in the order of a project's life."""
        with self._database.read() as connection:
            return sums.by_stage(connection, query)

    def month_sums(self) -> list[MonthSum]:
        """The whole ledger by county, chain and month of the first signing."""
        with self._database.read() as connection:
            return sums.by_month(connection)

    def point_columns(self, on: date) -> tuple[PointColumns, dict[str, list[str]]]:
        """What the map draws of every project, and the links of each by its code."""
        with self._database.read() as connection:
            return point_columns(connection, on), links_by_code(connection)

    def enterprises(self) -> list[LocalEnterprise]:
        """All local enterprises, by id."""
        with self._database.read() as connection:
            return others.enterprises(connection)

    def enterprise(self, id: str) -> LocalEnterprise | None:
        """The local enterprise of that id."""
        with self._database.read() as connection:
            return next(iter(others.enterprises(connection, id)), None)

    def reported_figures(self) -> list[ReportedFigure]:
        """All published figures, by id."""
        with self._database.read() as connection:
            return others.reported_figures(connection)

    def history(self, table: str, key: str) -> list[LedgerChange]:
        """What was done to a row (`project`, its code), oldest first."""
        with self._database.read() as connection:
            return others.history(connection, table, key)

    def save_by_hand(self, change: ProjectChange, actor: str) -> None:
        """Write one project in a transaction of its own, with a line of history.

        Raises:
            StaleRow: somebody changed it after it was read; nothing was written.
        """
        with self._database.write() as connection:
            writing.save_by_hand(connection, change, actor)

    def create(self, project: InvestmentProject, series: CodeSeries | None, actor: str) -> str:
        """Write a new project under the next code of a series, or under its own; its code.

        Raises:
            CodeSpent: its own code belonged to another project before.
            StaleRow: its own code is in the ledger.
        """
        with self._database.write() as connection:
            if series:
                project = replace(project, project_code=codes.issue(connection, series, actor))
            else:
                codes.refuse_spent(connection, project.project_code)
            writing.save_by_hand(connection, ProjectChange(project), actor)
        return project.project_code

    def issue_codes(self, wanted: Iterable[CodeSeries], actor: str) -> list[str]:
        """The next code of each series, in turn; they are issued, whatever comes of it."""
        with self._database.write() as connection:
            return [codes.issue(connection, series, actor) for series in wanted]

    def next_code(self, series: CodeSeries) -> str:
        """The code that a series would issue now."""
        with self._database.read() as connection:
            return codes.peek(connection, series)

    def views(self) -> list[SavedView]:
        """The saved views of the ledger, by name."""
        with self._database.read() as connection:
            return views.every(connection)

    def save_view(self, name: str, query: str, actor: str) -> None:
        """Keep a view under a name; the one of that name before gives way."""
        with self._database.write() as connection:
            views.save(connection, name, query, actor)

    def drop_view(self, id: int) -> bool:
        """Forget a saved view; whether it was there."""
        with self._database.write() as connection:
            return views.drop(connection, id)

    def save_import(
        self,
        batch: ImportBatch,
        changes: Sequence[ProjectChange],
        confirmed: Sequence[Confirmation] = (),
    ) -> int:
        """Write an import in one transaction, all of it or nothing; its number.

        Raises:
            StaleRow: somebody changed one of the rows after it was read.
        """
        with self._database.write() as connection:
            number = writing.save_import(connection, batch, changes)
            writing.confirm(connection, confirmed)
        return number

    def load_sample(self, sample: Sample, actor: str) -> None:
        """Write the sample data in one transaction, into an empty database only.

        Raises:
            NotEmpty: it already holds something.
        """
        with self._database.write() as connection:
            if not others.is_empty(connection):
                raise NotEmpty("数据库里已有数据，样例只能装入空库。请用 --db 指定一个新文件。")
            writing.load_sample(connection, sample, actor)
