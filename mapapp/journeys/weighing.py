"""权重与口径: all weights in one place, what the rankings do when they move, and setting them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from chains import DEFAULT, ChainsError, Sensitivity, Weights, of_links, ranking
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gaps import Gap, find_gaps
from mapapp.journeys.targets import RankedTarget, rank_targets
from mapapp.journeys.weight_words import SUMS, WORDS, WeightWords

TOP = 10
"""As many of a ranking are looked at."""
HISTORY = 10
LONGEST_NOTE = 100


@dataclass(frozen=True, slots=True)
class WeightRow:
    """A weight: the programme's value, that of the city's file, the one in force, the one tried."""

    code: str
    words: WeightWords
    default: float
    city: float
    now: float
    tried: str


@dataclass(frozen=True, slots=True)
class WeightsSet:
    """A setting of the bureau: by whom, when and why; changes in words, none back to the file."""

    changes: tuple[str, ...]
    note: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Trial:
    """Weights typed in on the page. weights is None where nothing differs or something is wrong."""

    typed: Mapping[str, str]
    weights: Weights | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """An item before and after other weights: ranks from 1, None where it is not in the list."""

    name: str
    note: str
    rank_before: int | None
    score_before: float | None
    rank_after: int | None
    score_after: float | None


def flat(weights: Weights) -> dict[str, float]:
    """Every figure by its code: a field's name, or `field.part`."""
    found: dict[str, float] = {}
    for item in fields(weights):
        value = getattr(weights, item.name)
        if isinstance(value, Mapping):
            found |= {f"{item.name}.{part}": number for part, number in value.items()}
        else:
            found[item.name] = value
    return found


def weight_rows(bureau: Bureau, typed: Mapping[str, str]) -> list[WeightRow]:
    """Every weight in the order of the words; a stage of the city's own comes after the others."""
    default, city, now = flat(DEFAULT), flat(bureau.configured), flat(bureau.weights)
    codes = [*WORDS, *(code for code in now if code not in WORDS)]
    return [
        WeightRow(
            code=code,
            words=_words(code),
            default=default.get(code, 0.0),
            city=city.get(code, 0.0),
            now=now[code],
            tried=typed.get(code, f"{now[code]:g}"),
        )
        for code in codes
    ]


def differing(bureau: Bureau) -> tuple[str, ...]:
    """What is in force here and not the programme's own, as `重要度·下游依赖 35→40`."""
    return bureau.remember("differing", lambda: _differing(DEFAULT, bureau.weights))


def _differing(old: Weights, new: Weights) -> tuple[str, ...]:
    before, after = flat(old), flat(new)
    return tuple(
        f"{_name(code)} {before.get(code, 0.0):g}→{value:g}"
        for code, value in after.items()
        if value != before.get(code, 0.0)
    )


def read_trial(bureau: Bureau, given: Mapping[str, str]) -> Trial:
    """The weights that a form's or an address's words mean; unknown names are left to others."""
    now = flat(bureau.weights)
    typed = {code: text.strip() for code, text in given.items() if code in now}
    values, problems = dict[str, float](), list[str]()
    for code, text in typed.items():
        number = _number(text)
        if number is None:
            problems.append(f"“{_name(code)}”要填数字，现在是“{text}”。")
        elif number != now[code]:
            values[code] = number
    changes = _nested(now, values)
    for score, word in SUMS.items():
        total = sum(changes.get(score, {}).values())
        if score in changes and abs(total - 100) > 1e-9:
            problems.append(f"{word}各项之和要等于 100，现在是 {total:g}。")
    if problems or not changes:
        return Trial(typed, None, tuple(problems))
    try:
        return Trial(typed, bureau.weights.override(changes), ())
    except ChainsError as error:
        return Trial(typed, None, (f"{_in_words(str(error), values)}。",))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _nested(now: Mapping[str, float], values: Mapping[str, float]) -> dict[str, Any]:
    """What `Weights.override` takes. A score that is touched comes whole: its sum stays 100
    whatever the city's file says later."""
    changes: dict[str, Any] = {}
    for code, value in values.items():
        name, _, part = code.partition(".")
        if not part:
            changes[name] = value
            continue
        whole = {} if name not in SUMS else _parts(now, name)
        changes.setdefault(name, whole)[part] = value
    return changes


def _parts(now: Mapping[str, float], name: str) -> dict[str, float]:
    return {c.partition(".")[2]: value for c, value in now.items() if c.startswith(f"{name}.")}


def _in_words(message: str, codes: Mapping[str, float]) -> str:
    for code in sorted(codes, key=len, reverse=True):
        message = message.replace(code, f"“{_name(code)}”")
    return message


def set_weights(bureau: Bureau, weights: Weights, note: str, actor: str) -> None:
    """Make these the bureau's weights, for everybody and every page, signed and dated."""
    city, wanted = flat(bureau.configured), flat(weights)
    values = {code: value for code, value in wanted.items() if value != city.get(code)}
    bureau.store.weights.set(_nested(wanted, values), " ".join(note.split())[:LONGEST_NOTE], actor)


def settings(bureau: Bureau) -> list[WeightsSet]:
    """The last settings of the bureau, newest first."""
    return [
        WeightsSet(
            _differing(bureau.configured, bureau.configured.override(item.changes)),
            item.note,
            item.changed_by,
            item.changed_at,
        )
        for item in bureau.store.weights.settings(HISTORY)
    ]


def gaps_firmness(bureau: Bureau, chain: str, county: str | None) -> Sensitivity:
    """How the order of a chain's gaps by criticality moves with the weights, ±30 % each."""
    key = ("gaps firmness", chain, county)
    return bureau.remember(key, lambda: of_links([g.here for g in _gaps(bureau, chain, county)]))


def targets_firmness(found: Sequence[RankedTarget]) -> Sensitivity:
    """How the order of a list of targets moves; its items are the ranks of the list.

    So equal scores stand as they do in the list, and a tie is no move.
    """
    return ranking({f"{item.rank:06d}": item.target.parts for item in found}, TOP)


def spans(
    bureau: Bureau,
    county: str | None = None,
    chain: str | None = None,
    link: str | None = None,
    roadshow: str | None = None,
) -> Mapping[int, str]:
    """By its rank in that list, where each target stands whatever weight moves by 30 %."""

    def make() -> dict[int, str]:
        firm = targets_firmness(rank_targets(bureau, county, chain, link, roadshow))
        return {int(name): firm.span(name) for name in firm.names}

    return bureau.remember(("spans", county, chain, link, roadshow), make)


def compare_gaps(bureau: Bureau, weights: Weights, chain: str, county: str | None) -> list[Moved]:
    """The first gaps of a chain before and after; what was or comes among the first is there."""
    other = bureau.trying(weights)
    before, after = _gaps(bureau, chain, county), _gaps(other, chain, county)
    status = {gap.here.link: gap.here.status.label for gap in before}
    notes = {}
    for gap in find_gaps(other, county, chain):
        then = gap.here.status.label
        was = status.get(gap.here.link)
        notes[gap.here.link] = f"{was}→{then}" if was and was != then else was or f"新列入：{then}"
    return _moved(
        [(gap.here.link, gap.here.criticality) for gap in before],
        [(gap.here.link, gap.here.criticality) for gap in after],
        notes,
    )


def compare_targets(
    bureau: Bureau, weights: Weights, chain: str, link: str, county: str | None
) -> list[Moved]:
    """The first targets of a link before and after."""
    before = rank_targets(bureau, county, chain, link)
    after = rank_targets(bureau.trying(weights), county, chain, link)
    return _moved(_scores(before), _scores(after), {})


def _scores(found: Sequence[RankedTarget]) -> list[tuple[str, float]]:
    return [(item.target.enterprise.name, item.target.score) for item in found]


def _moved(
    before: Sequence[tuple[str, float]],
    after: Sequence[tuple[str, float]],
    notes: Mapping[str, str],
) -> list[Moved]:
    old = {name: (place, score) for place, (name, score) in enumerate(before, start=1)}
    new = {name: (place, score) for place, (name, score) in enumerate(after, start=1)}
    names = dict.fromkeys([name for name, _ in after[:TOP]] + [name for name, _ in before[:TOP]])
    nowhere = (None, None)
    return [
        Moved(name, notes.get(name, ""), *old.get(name, nowhere), *new.get(name, nowhere))
        for name in names
    ]


def _gaps(bureau: Bureau, chain: str, county: str | None) -> list[Gap]:
    return [gap for gap in find_gaps(bureau, county, chain) if gap.is_gap]


def _words(code: str) -> WeightWords:
    stage = WORDS["stage.线索"]
    return WORDS.get(code) or WeightWords(stage.group, code.partition(".")[2], "本市自设的阶段", "")


def _name(code: str) -> str:
    words = _words(code)
    return f"{words.group}·{words.name}"
