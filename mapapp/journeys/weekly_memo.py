"""The memo of a weekly meeting as an official document."""

from __future__ import annotations

from mapapp.documents.official import OfficialDocument
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import Export
from mapapp.journeys.weekly import promises_of
from mapapp.ledger.weekly import Reason, WeeklyItem, WeeklyMeeting

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMBERS = "一二三四五六七八九十"


def memo(bureau: Bureau, meeting: WeeklyMeeting) -> Export:
    """Last time's promises, then the steps by their projects' first reason, then the rest."""
    paper = OfficialDocument(f"{bureau.city.name}招商项目周调度纪要")
    promised = [item for item in meeting.items if item.next_step]
    paper.paragraph(
        f"{meeting.on.year}年{meeting.on.month}月{meeting.on.day}日，召开{meeting.title}，"
        f"调度项目{len(meeting.items)}个，明确下一步{len(promised)}项。"
    )
    if meeting.note:
        paper.paragraph(meeting.note)
    sections = [_last(bureau, meeting), *_by_reason(meeting)]
    number = 0
    for title, head, rows, widths in sections:
        if rows:
            paper.heading(f"{_NUMBERS[number]}、{title}（{len(rows)}项）")
            paper.table(head, rows, widths)
            number += 1
    paper.signature(f"{bureau.city.name}招商主管部门", meeting.on)
    name = f"周调度纪要-{bureau.city.name}-{meeting.on:%Y%m%d}"
    return Export(f"{name}.docx", "memo.docx", DOCX, paper.data())


Section = tuple[str, tuple[str, ...], list[tuple[str, ...]], tuple[float, ...]]


def _last(bureau: Bureau, meeting: WeeklyMeeting) -> Section:
    """What the meeting before had promised, and what happened by this one."""
    before = [item for item in bureau.store.weekly.meetings() if item.on < meeting.on]
    kept = promises_of(bureau, before[0], meeting.on) if before else []
    rows: list[tuple[str, ...]] = [
        (
            item.name,
            item.promise.next_step,
            item.promise.unit or "未定",
            str(item.promise.due_on or "未定"),
            "；".join(filter(None, (item.keeping.value, item.promise.outcome, *item.since))),
        )
        for item in kept
    ]
    head = ("项目", "承诺事项", "责任单位", "完成期限", "办理情况")
    return "上次调度承诺办理情况", head, rows, (3.0, 3.2, 2.0, 1.6, 2.2)


def _by_reason(meeting: WeeklyMeeting) -> list[Section]:
    """The projects with a next step by their first reason; those without one at the end."""
    head: tuple[str, ...] = ("项目", "情况", "下一步", "责任单位", "完成期限")
    found: list[Section] = []
    for reason in Reason:
        of_it = [x for x in meeting.items if x.next_step and x.reasons[0][0] is reason]
        rows = [_row(item) for item in of_it]
        found.append((f"{reason.value}的项目", head, rows, (3.0, 3.2, 3.0, 1.8, 1.6)))
    rest: list[tuple[str, ...]] = [
        (x.name, _said(x), x.unit or "未定") for x in meeting.items if not x.next_step
    ]
    shares = (3.0, 5.0, 2.0)
    found.append(("本次没有议定下一步的项目", ("项目", "情况", "责任单位"), rest, shares))
    return found


def _said(item: WeeklyItem) -> str:
    return "；".join(text for _, text in item.reasons)


def _row(item: WeeklyItem) -> tuple[str, ...]:
    return (item.name, _said(item), item.next_step, item.unit or "未定", str(item.due_on or "—"))
