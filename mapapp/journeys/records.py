"""What the journeys answer, as plain values that a program can read."""

from decimal import Decimal

from chains import Outlook, Part
from mapapp.journeys.gaps import Gap
from mapapp.journeys.import_ledger import ImportReport
from mapapp.journeys.import_rows import RowReport
from mapapp.journeys.import_sites import SiteReport
from mapapp.journeys.milestones import Row as MilestoneRow
from mapapp.journeys.register import RegisterReport
from mapapp.journeys.statistics import COUNTED, Labelled
from mapapp.journeys.targets import RankedTarget
from mapapp.journeys.what_if import Play
from mapapp.ledger.money import Money
from mapapp.ledger.project import Stage
from mapapp.ledger.row import ReadRow
from mapapp.ledger.weekly import WeeklyItem

Record = dict[str, object]


def gap_record(gap: Gap) -> Record:
    """One link: its status and score, amounts in 万元 (None: unknown), who is on it."""
    link = gap.here
    known = link.supply.stated or not link.supply.sources
    return {
        "chain": link.chain,
        "link": link.link,
        "tier": link.tier,
        "status": link.status.value,
        "basis": "measured" if link.measured else "counted",
        "criticality": round(link.criticality, 2),
        "parts": _points(link.parts),
        "supply": link.supply.capacity if known else None,
        "demand": link.demand,
        "local": [source.name for source in link.supply.sources],
    }


def target_record(item: RankedTarget) -> Record:
    """One target: who, for which link, why, and what is not known about it."""
    target = item.target
    return {
        "rank": item.rank,
        "enterprise": target.enterprise.name,
        "stock_code": target.enterprise.stock_code or None,
        "city": item.city_name,
        "link": target.link,
        "chain": item.gap.chain,
        "score": round(target.score, 2),
        "parts": _points(target.parts),
        "reasons": list(target.reasons),
        "missing_data": list(target.missing_data),
    }


def play_record(found: Play) -> Record:
    """A what-if: who comes, what each adds, and every link that differs (shares 0 to 1)."""
    outcome = found.outcome
    return {
        "chain": found.chain.id,
        "county": found.county,
        "picks": [
            {
                "enterprise": step.pick.firm,
                "link": step.pick.link,
                "probability": step.probability,
                "output_yi": step.pick.output,
                "gain": round(step.gain, 2),
                "value": round(step.value, 2),
            }
            for step in found.steps
        ],
        "value_before": round(outcome.value_before, 2),
        "value": round(outcome.value, 2),
        "completeness": {
            "before": round(outcome.completeness_before, 4),
            "expected": round(outcome.completeness_expected, 4),
            "after": round(outcome.completeness_after, 4),
        },
        "closed": [change.after.link for change in outcome.closed],
        "opened": [change.after.link for change in outcome.opened],
        "links": [
            {
                "link": item.change.after.link,
                "status_before": item.change.before.status.value,
                "status_after": item.change.after.status.value,
                "criticality_before": round(item.change.before.criticality, 2),
                "criticality_after": round(item.change.after.criticality, 2),
                "cover": round(item.cover, 4),
                "cover_expected": None if item.expected is None else round(item.expected, 4),
            }
            for item in found.moved
        ],
        "remarks": list(outcome.remarks),
    }


def outlook_record(outlook: Outlook) -> Record:
    """A link that a place lacks: its rank among all of these, and every term of the score."""
    return {
        "link": outlook.link,
        "place": outlook.place,
        "rank": outlook.rank,
        "lacking": outlook.lacking,
        "total": round(outlook.total, 4),
        "terms": {
            term.name: {
                "weight": round(term.weight, 4),
                "value": round(term.value, 4),
                "points": round(term.points, 4),
                "observed": round(term.observed, 4),
                "expected": round(term.expected, 4),
                "speakers": list(term.speakers),
                "sentence": term.sentence,
            }
            for term in outlook.terms
        },
    }


def register_record(report: RegisterReport) -> Record:
    """What became of a register file and of each of its rows."""
    return {
        "verdict": "refuse" if report.refused else "accept",
        "message": report.refused,
        "entries": len(report.entries),
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "action": "insert" if row.entry else "reject" if row.fault else "same",
                "place": row.entry.place if row.entry else None,
                "link": row.entry.link if row.entry else None,
                "firm": row.entry.firm if row.entry else None,
                "message": row.fault or row.repeats,
            }
            for row in report.rows
        ],
    }


def import_record(report: ImportReport) -> Record:
    """What became of a file and of each of its rows (docs/import.md)."""
    return {
        "verdict": report.verdict.value,
        "message": report.message,
        "codes": list(report.codes),
        "rows": [_row(row) for row in report.rows],
    }


def sites_record(report: SiteReport) -> Record:
    """What became of a list of sites and of each of its rows."""
    return {
        "verdict": "refuse" if report.refused else "accept",
        "message": report.refused,
        "codes": [report.code] if report.code else [],
        "batch": report.batch,
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "action": row.action,
                "name": row.name,
                "kind": row.after.kind.value if row.after else None,
                "area": str(row.after.area) if row.after and row.after.area else None,
                "codes": [problem.code for problem in row.problems if problem.code],
                "message": row.message,
            }
            for row in report.rows
        ],
    }


def _row(row: RowReport) -> Record:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "verdict": row.verdict,
        "codes": [code for code in dict.fromkeys(row.codes) if code],
        "message": row.message,
        "value": _value(row.read, row.action.value if row.action else None),
    }


def _value(read: ReadRow | None, action: str | None) -> Record:
    values = read.values if read else {}
    position = values.get("position")
    signed = read.dates.get(Stage.SIGNED) if read else None
    return {
        "project_code": (read.code or None) if read else None,
        "name": values.get("name"),
        "enterprise": values.get("enterprise"),
        "county": (read.place or None) if read else None,
        "amount_yi": _yi(values.get("contracted_investment")),
        "paid_yi": _yi(values.get("paid_in_investment")),
        "fdi_wan_usd": _wan_usd(values.get("foreign_investment")),
        "signed": str(signed) if signed else None,
        "lon": position.lon if position else None,
        "lat": position.lat if position else None,
        "action": action,
    }


def _yi(money: Money | None) -> float | None:
    return float(money.yi) if money and money.currency == "CNY" else None


def _wan_usd(money: Money | None) -> float | None:
    return float(money.wan) if money and money.currency == "USD" else None


def _points(parts: tuple[Part, ...]) -> Record:
    """The points of each part; one without data counts half of what it could."""
    return {part.name: round(part.points, 2) for part in parts}


def milestone_record(row: MilestoneRow) -> Record:
    """One milestone; negative days are left, null where the dates do not tell."""
    found = row.found
    return {
        "project_code": found.project_code,
        "name": found.name,
        "milestone": found.milestone,
        "due_from": found.due_from.isoformat() if found.due_from else None,
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "days_overdue": found.days_overdue,
        "done_on": str(found.done_on) if found.done_on else None,
        "basis": found.basis,
        "standing": found.standing.value,
        "risk": round(row.risk, 1),
    }


def statistics_record(item: Labelled) -> Record:
    """The figures of one key; amounts in 亿元, rates and growth in per cent, null of nothing."""
    row = item.row
    record: Record = {"key": item.label}
    for figure in COUNTED:
        if figure.endswith("_projects"):
            record[figure] = row.count(figure)
        elif figure.endswith("_rate"):
            record[figure] = _number(row.rate(figure))
        else:
            record[f"{figure}_yi"] = _number(row.yi(figure))
    for figure in ("signed_projects", "contracted_investment"):
        record[f"{figure}_growth"] = _number(item.growth(figure))
    return record


def _number(value: Decimal | None) -> float | None:
    """As JSON writes it: the shortest digits that mean the very value."""
    return None if value is None else float(value)


def weekly_record(item: WeeklyItem) -> Record:
    """A project of the week's list, its reasons and the step promised next."""
    return {
        "project_code": item.project_code,
        "name": item.name,
        "reasons": [{"reason": reason.value, "said": text} for reason, text in item.reasons],
        "next_step": item.next_step,
        "unit": item.unit,
        "due_on": item.due_on.isoformat() if item.due_on else None,
    }
