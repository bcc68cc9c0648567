"""Whether two rows mean the same project: evidence, a score from 0 to 1, and the reasons.

The score is a logistic sum of the evidence below. It offers a pair to a person; nothing is ever
merged by it. docs/duplicates.md says how the weights were found and how good they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import Indel, LCSseq

from mapapp.ledger.names import Firm, Gazette, Title, bare, read_firms, read_title
from mapapp.ledger.project import InvestmentProject

THRESHOLD = 0.6
"""From this score on a pair is offered as 疑似重复."""
STRONG = 0.9
"""From this score on it is called 很可能."""

WEIGHTS = {
    "name": 0.5,
    "contained": 1.9,
    "subject": 0.5,
    "both_unsaid": -3.6,
    "unsaid": -0.5,
    "firm": 1.6,
    "firm_differs": -3.3,
    "county": 1.1,
    "county_differs": -2.4,
    "place_differs": -3.1,
    "amount": 1.3,
    "amount_differs": -0.6,
    "date": 0.1,
    "date_differs": -0.7,
    "figures": 1.0,
    "figures_differ": -3.7,
    "part": 1.0,
    "later_part_unsaid": -3.9,
    "product": 0.4,
    "product_differs": -2.7,
}
"""Points of each piece of evidence at its full strength."""
INTERCEPT = -1.7

_SAME_AMOUNT, _NEAR_AMOUNT, _OTHER_AMOUNT = 0.02, 0.12, 0.35
_NEAR_DAYS, _OTHER_DAYS = 62, 400
_ALIKE = 0.5
"""Two texts below this likeness have nothing in common but common characters."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What matching looks at in a project. amount is in 万元, 0 where none is stated."""

    code: str
    title: Title
    firms: tuple[Firm, ...]
    own: str
    said: frozenset[str]
    county: str | None
    product: str
    amount: float
    first: date | None
    last: date | None
    grams: frozenset[str]


def profile(project: InvestmentProject, gazette: Gazette) -> Profile:
    """What matching looks at in a project."""
    title = read_title(project.name, gazette)
    firms = read_firms(project.enterprise, gazette)
    money, signed = project.contracted_investment, project.signed
    texts = (project.name, project.enterprise, project.product, project.place, project.zone or "")
    in_cny = money is not None and money.currency == "CNY"
    return Profile(
        code=project.project_code,
        title=title,
        firms=firms,
        own=_without_firms(title.subject, firms),
        said=frozenset(bare("".join(texts))),
        county=project.county or _only(title.counties),
        product=bare(project.product),
        amount=float(money.wan) if money is not None and in_cny else 0.0,
        first=signed.first if signed else None,
        last=signed.last if signed else None,
        grams=bigrams(title.core),
    )


def bigrams(text: str) -> frozenset[str]:
    """Every two neighbouring characters; a single character stands for itself."""
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1))) if text else frozenset()


def score(a: Profile, b: Profile) -> float:
    """How likely the two are the same project, 0 to 1; 0 for different phases."""
    if conflicting_parts(a, b):
        return 0.0
    total = INTERCEPT + sum(WEIGHTS[kind] * value for kind, value in evidence(a, b).items())
    return 1 / (1 + math.exp(-total))


def evidence(a: Profile, b: Profile) -> dict[str, float]:
    """What speaks for and against, each from 0 to 1; what is not known is not there."""
    found = {"name": _name(a, b), "contained": _contained(a.title.core, b.title.core)}
    found |= _subject(a, b)
    found |= _firms(a, b)
    found |= _county(a, b)
    found |= _amount(a.amount, b.amount)
    found |= _dates(a, b)
    found |= _figures(a.title, b.title)
    found |= _parts(a.title.parts, b.title.parts)
    found |= _product(a.product, b.product)
    return found


def conflicting_parts(a: Profile, b: Profile) -> frozenset[str]:
    """What both number (期, 车间, 号线) with no number in common: those are different projects."""
    mine, theirs = a.title.parts, b.title.parts
    if not mine or not theirs or mine & theirs:
        return frozenset()
    return frozenset(kind for kind, _ in mine) & {kind for kind, _ in theirs}


def _name(a: Profile, b: Profile) -> float:
    core = Indel.normalized_similarity(a.title.core, b.title.core)
    whole = Indel.normalized_similarity(a.title.whole, b.title.whole)
    return max(core, whole, _dice(a.grams, b.grams))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _contained(a: str, b: str) -> float:
    """How much of the shorter stands in the longer, in order; short ones count for less."""
    shorter = min(len(a), len(b))
    return LCSseq.similarity(a, b) / max(shorter, 4) if shorter else 0.0


def _subject(a: Profile, b: Profile) -> dict[str, float]:
    """What each name says that nothing in the other row says: on both sides, or on one."""
    mine, theirs = _unsaid(a.own, b.said), _unsaid(b.own, a.said)
    less, more = sorted((mine, theirs))
    found = {"subject": _likeness(a.own, b.own)} if a.own and b.own else {}
    if less:
        found["both_unsaid"] = min(1.0, less / 3)
    if more:
        found["unsaid"] = min(1.0, more / 5)
    return found


def _unsaid(own: str, said: frozenset[str]) -> int:
    return sum(character not in said for character in own)


def _likeness(a: str, b: str) -> float:
    alike = Indel.normalized_similarity(a, b)
    shorter = min(len(a), len(b))
    within = LCSseq.similarity(a, b) / shorter * min(1.0, shorter / 4) if shorter else 0.0
    return max(alike, 0.9 * within)


def _firms(a: Profile, b: Profile) -> dict[str, float]:
    same = max((_firm(x, y) for x in a.firms for y in b.firms), default=0.0)
    named = max(_named(a.firms, b.title.whole), _named(b.firms, a.title.whole))
    found = max(same, named)
    if found >= _ALIKE:
        return {"firm": found}
    return {"firm_differs": 1.0} if a.firms and b.firms else {}


def _firm(a: Firm, b: Firm) -> float:
    if a.core == b.core:
        return 1.0
    if a.brand == b.brand:
        return 0.9
    if a.brand in b.core or b.brand in a.core:
        return 0.8
    if _abbreviates(a.core, b.core) or _abbreviates(b.core, a.core):
        return 0.7
    alike = Indel.normalized_similarity(a.core, b.core)
    return alike if alike >= 0.7 else 0.0


def _abbreviates(short: str, long: str) -> bool:
    """Whether 中电投 may stand for 中国电力投资: its characters, in order, from the first."""
    return (
        2 < len(short) < len(long)
        and short[0] == long[0]
        and LCSseq.similarity(short, long) == len(short)
    )


def _named(firms: tuple[Firm, ...], title: str) -> float:
    """Whether a project's name carries the other's firm."""
    return max((0.9 for firm in firms if firm.brand in title), default=0.0)


def _county(a: Profile, b: Profile) -> dict[str, float]:
    named = a.title.counties, b.title.counties
    found = {}
    if all(named) and not named[0] & named[1]:
        found["place_differs"] = 1.0
    if a.county and b.county:
        found["county" if a.county == b.county else "county_differs"] = 1.0
    return found


def _amount(a: float, b: float) -> dict[str, float]:
    if not a or not b:
        return {}
    apart = abs(a - b) / max(a, b)
    if apart <= _SAME_AMOUNT:
        return {"amount": 1.0}
    if apart <= _NEAR_AMOUNT:
        return {"amount": 0.5}
    return {"amount_differs": min(1.0, apart / _OTHER_AMOUNT / 2)}


def _dates(a: Profile, b: Profile) -> dict[str, float]:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return {}
    gap = max((b.first - a.last).days, (a.first - b.last).days)
    if gap <= _NEAR_DAYS:
        return {"date": 1.0 if gap <= 0 else 0.5}
    return {"date_differs": min(1.0, gap / _OTHER_DAYS)}


def _figures(a: Title, b: Title) -> dict[str, float]:
    if a.models and b.models and not a.models & b.models:
        return {"figures_differ": 1.0}
    if a.figures & b.figures or a.models & b.models:
        return {"figures": 1.0}
    common = {unit for unit, _ in a.figures} & {unit for unit, _ in b.figures}
    return {"figures_differ": 1.0} if common else {}


def _parts(a: frozenset[tuple[str, int]], b: frozenset[tuple[str, int]]) -> dict[str, float]:
    if not a and not b:
        return {}
    if a and b:
        return {"part": 1.0} if a & b else {}
    return {"later_part_unsaid": 1.0} if max(number for _, number in a | b) > 1 else {}


def _product(a: str, b: str) -> dict[str, float]:
    if not a or not b:
        return {}
    alike = _likeness(a, b)
    return {"product": alike} if alike >= _ALIKE else {"product_differs": 1 - alike / _ALIKE}


def _only(codes: frozenset[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def _without_firms(subject: str, firms: tuple[Firm, ...]) -> str:
    for firm in firms:
        for word in (firm.core, firm.brand):
            subject = subject.replace(word, "")
    return subject
