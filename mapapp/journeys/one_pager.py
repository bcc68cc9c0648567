"""一页纸: what the pages of a county and of a chain share, and their writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from chains import UnknownName
from mapapp.documents import Block, Document, Grid, OnePage, Paragraph
from mapapp.draw.lettering import elide
from mapapp.jobs import Progress
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.editions import OPEN_STAGES, OPEN_WORDS, may_show
from mapapp.journeys.export import Export
from mapapp.journeys.list_files import MIMES, as_paper
from mapapp.journeys.printed_gaps import bound_by
from mapapp.journeys.send_out import safe_name
from mapapp.journeys.targets import rank_targets
from mapapp.ledger.facts import ProjectFacts
from mapapp.ledger.project import Stage
from mapapp.outreach.edition import Edition

PAGE_KINDS = ("pdf", "docx")
TARGETS, PROJECTS = 6, 6
UNKNOWN_STAGE = "未明"


def check_kind(kind: str) -> None:
    """Raises UnknownName where a one-pager is not written so."""
    if kind not in PAGE_KINDS:
        raise UnknownName("一页纸格式", kind, PAGE_KINDS)


def as_page(
    bureau: Bureau,
    title: str,
    plain: str,
    blocks: Sequence[Block],
    kind: str,
    edition: Edition,
    author: str,
    told: Progress,
) -> Export:
    """The blocks on one upright page as pdf or docx; `plain` is the file's name in ASCII.

    Raises:
        UnknownName: no such kind.
        NoTypeface: this machine has no Chinese typeface.
    """
    check_kind(kind)
    told.say("正在排版")
    now = datetime.now()
    document = Document(
        title,
        [OnePage(blocks)],
        "",
        f"链图 {bureau.city.name} · {title} · {edition.label} · {now:%Y-%m-%d}",
        edition.watermark(author, now),
        titled=False,
        dense=True,
    )
    name = f"{safe_name(title)}-{edition.label}-{bureau.today:%Y%m%d}.{kind}"
    data = as_paper(bureau, document, kind)
    return Export(name, f"{plain}-{edition.value}.{kind}", MIMES[kind], data)


def shown_facts(facts: Sequence[ProjectFacts], edition: Edition) -> list[ProjectFacts]:
    """The projects that an edition counts."""
    return [item for item in facts if may_show(edition, item.stage)]


def stages_shown(edition: Edition) -> list[Stage | None]:
    """The stages that an edition has columns for; None stands for 未明."""
    return [*Stage, None] if edition.is_internal else list(OPEN_STAGES)


def stage_titles(edition: Edition) -> list[str]:
    return [stage.value if stage else UNKNOWN_STAGE for stage in stages_shown(edition)]


def money(amounts: Sequence[Decimal], of: int) -> str:
    """A sum in 亿元, over those that state one: 12.50 亿元（3 个写明）."""
    if not amounts:
        return f"{of} 个项目都没有写明" if of else "没有项目"
    return f"{sum(amounts, Decimal(0)) / 10_000:,.2f} 亿元（{len(amounts)} 个写明）"


def in_cny(facts: Sequence[ProjectFacts], paid: bool = False) -> list[Decimal]:
    """What the projects state in 万元 CNY: contracted, or paid in."""
    stated = [item.paid_in if paid else item.contracted for item in facts]
    return [money.wan for money in stated if money and money.currency == "CNY"]


def targets_block(bureau: Bureau, county: str | None, chain: str | None, edition: Edition) -> Block:
    """The first enterprises of the ranking for the gaps of a place and chain."""
    ranked = bureau.remember(
        ("first targets", county, chain),
        lambda: rank_targets(bureau, county, chain, limit=TARGETS),
    )
    if not ranked:
        return Paragraph("名录里没有能补这里缺口的外地企业，或者还没有录入能判断缺口的数据。")
    columns = [("序", 4.0), ("企业", 15.0), ("总部", 10.0), ("补的环节", 46.0 if chain else 26.0)]
    columns += [] if chain else [("产业链", 20.0)]
    columns += [("匹配分", 8.0)] if edition.is_internal else []
    rows = []
    for item in ranked:
        bound = bound_by(bureau, item.gap)
        row = [
            str(item.rank),
            item.target.enterprise.name,
            item.city_name,
            item.target.link + (f"（{bound}）" if bound else ""),
        ]
        row += [] if chain else [item.chain_name]
        rows.append(row + ([f"{item.target.score:.1f}"] if edition.is_internal else []))
    right = [0, len(columns) - 1] if edition.is_internal else [0]
    return Grid([title for title, _ in columns], rows, [wide for _, wide in columns], right)


def edition_words(edition: Edition) -> str:
    """What the edition leaves out, to stand under a page."""
    if edition.is_internal:
        return "重要度、匹配分为 0–100，匹配分只有“业务契合”经过检验。"
    return f"对外版：只含{OPEN_WORDS}的项目，不写分数和金额。"


def cut(text: str, most: float) -> str:
    """A text of at most so many Chinese characters' width."""
    return elide(text, most, 1.0)
