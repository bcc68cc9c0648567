"""简报 as papers: one A4 page a firm, a whole set in one file, for us or for those visited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mapapp.documents import Block, Document, NewPage, OnePage
from mapapp.jobs import Progress
from mapapp.journeys.brief import Brief
from mapapp.journeys.brief_blocks import brief_blocks
from mapapp.journeys.brief_making import brief_of
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.export import Export
from mapapp.journeys.list_files import MIMES, as_paper
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.target_lists import ListedRow
from mapapp.outreach.edition import Edition
from mapapp.outreach.pursuit_cells import PursuitField, cells_of
from mapapp.outreach.target_list import furthest


def briefs_of(
    bureau: Bureau, rows: Sequence[ListedRow], edition: Edition, told: Progress
) -> list[Brief]:
    """The briefs of the firms on rows of a list, each firm once, in the order of the list."""
    of_firm: dict[str, list[ListedRow]] = {}
    for row in rows:
        of_firm.setdefault(row.row.firm, []).append(row)
    found = []
    told.say("正在写企业简报（家）", len(of_firm))
    for number, (firm, some) in enumerate(of_firm.items()):
        told.step(number)
        links = [(one.row.chain, one.row.link) for one in some if _known(bureau, one)]
        pursuit = _pursuit(some) if edition.is_internal else ()
        found.append(brief_of(bureau, firm, links, pursuit))
    return found


def briefs_document(
    bureau: Bureau, title: str, briefs: Sequence[Brief], edition: Edition, author: str
) -> Document:
    """The briefs one after another, a page each."""
    blocks: list[Block] = []
    for number, brief in enumerate(briefs):
        if number:
            blocks.append(NewPage())
        blocks.append(OnePage(brief_blocks(bureau, brief, edition)))
    now = datetime.now()
    return Document(
        title,
        blocks,
        "",
        f"链图 {bureau.city.name} · 企业简报 · {now:%Y-%m-%d}",
        edition.watermark(author, now),
        titled=False,
    )


def brief_file(
    bureau: Bureau,
    title: str,
    rows: Sequence[ListedRow],
    kind: str,
    edition: Edition,
    author: str,
    told: Progress,
) -> Export:
    """The briefs of the firms on these rows as one pdf or docx.

    Raises:
        NoTypeface: this machine has no Chinese typeface.
    """
    briefs = briefs_of(bureau, rows, edition, told)
    told.say("正在排版")
    data = as_paper(bureau, briefs_document(bureau, title, briefs, edition, author), kind)
    name = f"{safe_name(title)}-简报-{edition.label}-{bureau.today:%Y%m%d}.{kind}"
    return Export(name, f"briefs-{edition.value}.{kind}", MIMES[kind], data)


def _known(bureau: Bureau, row: ListedRow) -> bool:
    """Whether the catalogue still holds the link that the row was made for."""
    chain = bureau.catalogue.chains.get(row.row.chain)
    return chain is not None and row.row.link in chain.links


def _pursuit(rows: Sequence[ListedRow]) -> list[tuple[str, str]]:
    """What the team wrote of a firm on any of its rows, and who else goes after it."""
    cells = [cells_of(row.row.pursuit) for row in rows]
    found = {title: next((c[title] for c in cells if c[title]), "") for title in cells[0]}
    found[PursuitField.APPROACH] = furthest(row.row.pursuit.approach for row in rows)
    visits = [visit for row in rows for visit in row.visits]
    if visits:
        last = max(visits, key=lambda visit: visit.on)
        met = f"，对方 {last.met}" if last.met else ""
        found["最近一次"] = f"{last.on} {last.approach}{met}：{last.said}"
    others = dict.fromkeys(other.says() for row in rows for other in row.others)
    if others:
        found["也在名单"] = "；".join(others)
    return list(found.items())
