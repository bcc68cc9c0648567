"""How good the matching is, on pairs that people labelled: precision, recall, and every error."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mapapp.config import ROOT
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.gazette import gazette_of
from mapapp.journeys.vocabulary import CityVocabulary
from mapapp.ledger import matching
from mapapp.ledger.dates import PartialDate
from mapapp.ledger.matching import THRESHOLD, Profile
from mapapp.ledger.money import Money
from mapapp.ledger.names import Gazette
from mapapp.ledger.problems import FileRefused
from mapapp.ledger.project import InvestmentProject, Stage, StageEvent
from mapapp.ledger.words import UnknownPlace

PAIRS = ROOT / "tests" / "fixtures" / "pairs.csv"
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SPLITS = {"tune": "调参", "held": "留出"}


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two rows, and whether a person says that they are the same project."""

    id: str
    split: str
    same: bool
    made: str
    a: InvestmentProject
    b: InvestmentProject


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair with its score."""

    pair: LabelledPair
    score: float

    def wrong(self, threshold: float = THRESHOLD) -> bool:
        return (self.score >= threshold) != self.pair.same


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 at a threshold."""

    threshold: float
    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class MatchReport:
    """Every pair with its score, and how good each part of them came out."""

    judged: tuple[Judged, ...]

    def part(self, split: str) -> list[Judged]:
        return [one for one in self.judged if one.pair.split == split]

    def errors(self, split: str, threshold: float = THRESHOLD) -> list[Judged]:
        """The pairs that it gets wrong, the worst first."""
        found = [one for one in self.part(split) if one.wrong(threshold)]
        return sorted(found, key=lambda one: -abs(one.score - threshold))


def quality(judged: Iterable[Judged], threshold: float = THRESHOLD) -> Quality:
    """How good the scores of some pairs are at a threshold."""
    hits = false = missed = 0
    for one in judged:
        offered = one.score >= threshold
        hits += offered and one.pair.same
        false += offered and not one.pair.same
        missed += not offered and one.pair.same
    return Quality(threshold, hits, false, missed)


def match_report(bureau: Bureau, pairs: Path = PAIRS) -> MatchReport:
    """Score the labelled pairs of a file.

    Raises:
        FileRefused: it is no such file; says which row.
    """
    gazette = gazette_of(bureau)
    return MatchReport(tuple(_judge(pair, gazette) for pair in read_pairs(bureau, pairs)))


def read_pairs(bureau: Bureau, path: Path = PAIRS) -> list[LabelledPair]:
    """The labelled pairs of a CSV file. Raises FileRefused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise FileRefused("E_TYPE", f"读不了标注文件“{path.name}”:{error}") from error
    words, found = CityVocabulary(bureau), []
    for number, row in enumerate(rows, 2):
        try:
            found.append(_pair(row, words))
        except (KeyError, ValueError, InvalidOperation, UnknownPlace) as error:
            text = f"标注文件“{path.name}”第 {number} 行读不懂：{error}"
            raise FileRefused("E_TYPE", text) from error
    return found


def as_record(report: MatchReport) -> dict[str, object]:
    """The report as JSON can hold it."""
    return {
        "threshold": THRESHOLD,
        "parts": {split: _part_record(report, split) for split in SPLITS},
    }


def as_lines(report: MatchReport) -> list[str]:
    """The report as people read it."""
    lines = [f"阈值 {THRESHOLD}：从这个分数起列为疑似重复。"]
    for split, name in SPLITS.items():
        judged = report.part(split)
        same = sum(one.pair.same for one in judged)
        lines += ["", f"{name}部分：{len(judged)} 对，其中同一项目 {same} 对"]
        lines.append("  阈值  查准率  查全率  F1     误报  漏报")
        for at in THRESHOLDS:
            q = quality(judged, at)
            mark = " ←" if at == THRESHOLD else ""
            figures = f"{q.precision:.3f}   {q.recall:.3f}   {q.f1:.3f}  {q.false:4}  {q.missed:4}"
            lines.append(f"  {at:.1f}   {figures}{mark}")
        lines += [f"  {_error_line(one)}" for one in report.errors(split)]
    return lines


def _error_line(one: Judged) -> str:
    pair, kind = one.pair, "漏报" if one.pair.same else "误报"
    return f"{kind} {one.score:.2f}  {pair.a.name} ~ {pair.b.name}（{pair.made}）"


def _part_record(report: MatchReport, split: str) -> dict[str, object]:
    judged = report.part(split)
    return {
        "pairs": len(judged),
        "same": sum(one.pair.same for one in judged),
        **_quality_record(quality(judged)),
        "thresholds": [_quality_record(quality(judged, at)) for at in THRESHOLDS],
        "errors": [
            {
                "id": one.pair.id,
                "same": one.pair.same,
                "score": round(one.score, 4),
                "made": one.pair.made,
                "a": one.pair.a.name,
                "b": one.pair.b.name,
            }
            for one in report.errors(split)
        ],
    }


def _quality_record(q: Quality) -> dict[str, object]:
    return {
        "threshold": q.threshold,
        "precision": round(q.precision, 4),
        "recall": round(q.recall, 4),
        "f1": round(q.f1, 4),
        "false": q.false,
        "missed": q.missed,
    }


def _judge(pair: LabelledPair, gazette: Gazette) -> Judged:
    a, b = profiles(pair, gazette)
    return Judged(pair, matching.score(a, b))


def profiles(pair: LabelledPair, gazette: Gazette) -> tuple[Profile, Profile]:
    return matching.profile(pair.a, gazette), matching.profile(pair.b, gazette)


def _pair(row: dict[str, str], words: CityVocabulary) -> LabelledPair:
    if row["label"] not in ("same", "different") or row["split"] not in SPLITS:
        raise ValueError(f"{row['label']}, {row['split']}")
    a, b = _side(row, "a", words), _side(row, "b", words)
    return LabelledPair(row["id"], row["split"], row["label"] == "same", row["made"], a, b)


def _side(row: dict[str, str], side: str, words: CityVocabulary) -> InvestmentProject:
    amount, signed = row[f"{side}_amount"], row[f"{side}_signed"]
    county = row[f"{side}_county"]
    events = (StageEvent(Stage.SIGNED, PartialDate.parse(signed)),) if signed else ()
    return InvestmentProject(
        project_code=row[f"{side}_code"],
        name=row[f"{side}_name"],
        enterprise=row[f"{side}_enterprise"],
        county=words.place(county).county if county else None,
        product=row[f"{side}_product"],
        contracted_investment=Money.from_yi(Decimal(amount)) if amount else None,
        events=events,
    )
