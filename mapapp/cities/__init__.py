"""A city is configuration: its zones, leading chains, resident offices and weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from mapapp.ledger.definitions import DefinitionError, Definitions
from mapapp.ledger.milestones import Step
from mapapp.ledger.project import Stage
from mapapp.ledger.project_codes import CodeRule, CodeRuleError
from mapapp.ledger.weekly import RuleError, WeeklyRule

FOLDER = Path(__file__).resolve().parent


class CityError(Exception):
    """A city's file breaks the rules; the message names the file, the word and the valid ones."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A 功能区: no boundary and no division code of its own; its projects count in `host` too.

    centre is longitude, latitude in WGS-84; None where no public figure is known.
    """

    name: str
    host: str
    aliases: tuple[str, ...] = ()
    centre: tuple[float, float] | None = None
    radius_km: float | None = None
    note: str = ""

    @property
    def short(self) -> str:
        """What a map has room for: 经开区."""
        return self.name if len(self.name) < 6 else min((self.name, *self.aliases), key=len)


@dataclass(frozen=True, slots=True)
class ResidentOffice:
    """A 驻外招商专班 and the prefecture it sits in."""

    name: str
    city: str


@dataclass(frozen=True, slots=True)
class City:
    """One prefecture's settings. leading_chains maps 一主, 四优, 多支撑 to chain ids or names."""

    code: str
    name: str
    zones: tuple[Zone, ...] = ()
    leading_chains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offices: tuple[ResidentOffice, ...] = ()
    county_aliases: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, Any] = field(default_factory=dict)
    definitions: Definitions = field(default_factory=Definitions)
    weekly: WeeklyRule = field(default_factory=WeeklyRule)
    milestones: tuple[Step, ...] = ()
    """The steps that a project is held to; the programme's own (3313) where there are none."""
    code_rule: CodeRule = field(default_factory=CodeRule)

    def zone(self, text: str) -> Zone | None:
        """The zone of that name or alias, if there is one."""
        return next((z for z in self.zones if text == z.name or text in z.aliases), None)


_CITY = [item.name for item in fields(City)]
_ZONE = [item.name for item in fields(Zone)]
_OFFICE = [item.name for item in fields(ResidentOffice)]
_CODE_RULE = [item.name for item in fields(CodeRule)]
"""What a city's file may name: the fields of these types."""


def load(code: str, name: str, folder: Path = FOLDER) -> City:
    """The settings of a prefecture: from its file, or plain ones where it has none.

    Raises:
        CityError: the file cannot be read, names something that nobody reads, or lacks a name.
    """
    path = folder / f"{code}.yaml"
    if not path.exists():
        return City(code, name)
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CityError(f"城市配置 {path.name} 读不了：{error}") from error
    data = _read(path, "", data, _CITY)
    return City(
        code=code,
        name=name,
        zones=tuple(_zone(path, item) for item in data.get("zones") or ()),
        leading_chains={k: tuple(v) for k, v in (data.get("leading_chains") or {}).items()},
        offices=tuple(_office(path, item) for item in data.get("offices") or ()),
        county_aliases=data.get("county_aliases") or {},
        weights=data.get("weights") or {},
        definitions=_definitions(path, data.get("definitions") or {}),
        weekly=_weekly(path, data.get("weekly") or {}),
        milestones=tuple(_step(path, item) for item in data.get("milestones") or ()),
        code_rule=_code_rule(path, data.get("code_rule")),
    )


def _read(
    path: Path, part: str, item: object, known: Sequence[str], needed: Sequence[str] = ()
) -> Mapping[str, Any]:
    """A mapping of the file that has the needed keys and none but the known ones."""
    where = f"城市配置 {path.name}" + (f" 的 {part}" if part else "")
    words = "、".join(known)
    if not isinstance(item, dict):
        raise CityError(f"{where}应是“名称: 值”的形式，可用的名称有：{words}")
    unknown = [str(key) for key in item if key not in known]
    if unknown:
        raise CityError(f"{where}里有不认识的名称“{'”“'.join(unknown)}”，可用的有：{words}")
    missing = [key for key in needed if not item.get(key)]
    if missing:
        raise CityError(f"{where}里缺少“{'”“'.join(missing)}”")
    return item


def _zone(path: Path, given: object) -> Zone:
    item = _read(path, "zones", given, _ZONE, ("name", "host"))
    centre = item.get("centre")
    return Zone(
        name=item["name"],
        host=item["host"],
        aliases=tuple(item.get("aliases", ())),
        centre=(centre[0], centre[1]) if centre else None,
        radius_km=item.get("radius_km"),
        note=item.get("note", ""),
    )


def _code_rule(path: Path, given: object) -> CodeRule:
    """A pattern alone, or one with the short forms of counties and chains."""
    if not given:
        return CodeRule()
    item = {"pattern": given} if isinstance(given, str) else given
    item = _read(path, "code_rule", item, _CODE_RULE, ("pattern",))
    shorts = [
        {str(key): str(short) for key, short in (item.get(name) or {}).items()}
        for name in ("counties", "chains")
    ]
    try:
        return CodeRule(str(item["pattern"]), *shorts)
    except CodeRuleError as error:
        raise CityError(f"城市配置 {path.name} 的 code_rule：{error}") from error


def _office(path: Path, given: object) -> ResidentOffice:
    item = _read(path, "offices", given, _OFFICE, _OFFICE)
    return ResidentOffice(item["name"], item["city"])


def _step(path: Path, given: object) -> Step:
    item = _read(path, "milestones", given, Step._fields, Step._fields)
    stages = {stage.value: stage for stage in Stage}
    for key in ("since", "until"):
        if item[key] not in stages:
            known = "、".join(stages)
            raise CityError(
                f"城市配置 {path.name} 的 milestones 里没有“{item[key]}”这个阶段，可用的有：{known}"
            )
    months = item["months"]
    if not isinstance(months, int) or not 1 <= months <= 120:
        raise CityError(f"城市配置 {path.name} 的 milestones 里，months 应是 1 到 120 的整数")
    return Step(stages[item["since"]], stages[item["until"]], months)


def _definitions(path: Path, given: object) -> Definitions:
    item = _read(path, "definitions", given, [f.name for f in fields(Definitions)])
    try:
        return Definitions.read(item)
    except DefinitionError as error:
        raise CityError(f"城市配置 {path.name} 的 definitions：{error}") from error


def _weekly(path: Path, given: object) -> WeeklyRule:
    item = _read(path, "weekly", given, [f.name for f in fields(WeeklyRule)])
    try:
        return WeeklyRule.read(item)
    except RuleError as error:
        raise CityError(f"城市配置 {path.name} 的 weekly：{error}") from error
