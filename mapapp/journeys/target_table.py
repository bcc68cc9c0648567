"""The target list as a table to take along: the same rows and numbers as on the page."""

from collections.abc import Sequence

from mapapp.documents import Column, Kind, Note, Table, Value
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.not_to_chase import gates_note
from mapapp.journeys.selection import Selection
from mapapp.journeys.targets import RankedTarget
from mapapp.journeys.weighing import differing

VALIDATED = "只有“业务契合”经过检验；其余各项是排序依据。不同环节之间的小分差没有意义。"

_BEFORE = (
    Column("序号", 6, Kind.INTEGER),
    Column("企业", 14),
    Column("股票代码", 9),
    Column("总部", 10),
    Column("环节", 18),
    Column("本地状态", 9),
    Column("做法", 6),
    Column("环节重要度", 10, Kind.SCORE),
    Column("匹配分", 8, Kind.SCORE),
    Column("理由", 62),
)
"""What fits an A4 page in landscape: the list that a leader reads."""
_AFTER = (
    Column("限制", 40),
    Column("缺数据", 18),
    Column("产业链", 20),
    Column("全称", 32),
    Column("产品", 32),
    Column("依据", 30),
)


def target_table(
    bureau: Bureau,
    targets: Sequence[RankedTarget],
    selection: Selection | None = None,
    roadshow: str | None = None,
) -> Table:
    """The targets as rows, in their order and under their ranks on the page.

    selection and roadshow (a division code) say in the notes what was asked for.
    """
    parts = targets[0].target.parts if targets else ()
    return Table(
        title=f"{bureau.city.name}目标企业",
        subtitle=f"{_scope(bureau, selection)}，{bureau.today.isoformat()}",
        columns=(*_BEFORE, *(Column(part.label, 11, Kind.SCORE) for part in parts), *_AFTER),
        rows=[_row(item) for item in targets],
        notes=(
            Note("范围", _scope(bureau, selection)),
            Note("出访城市", bureau.gazetteer.divisions[roadshow].name if roadshow else "未选"),
            Note("满分", "；".join(f"{part.label} {part.most:g}" for part in parts)),
            Note("权重", "；".join(differing(bureau)) or "程序默认"),
            Note("检验", VALIDATED),
            Note("限制", gates_note(bureau)),
            Note("缺数据", "没有数据的一项按一半计，并列在“缺数据”一栏。"),
            Note("日期", bureau.today.isoformat()),
        ),
        printed=len(_BEFORE),
    )


def _scope(bureau: Bureau, selection: Selection | None) -> str:
    if selection is None:
        return bureau.city.name
    place = bureau.county_name(selection.county) if selection.county else bureau.city.name
    chain = bureau.chain_name(selection.chain) if selection.chain else "全部产业链"
    return "，".join((place, chain, selection.link or "全部缺环和薄弱环节"))


def _row(item: RankedTarget) -> list[Value]:
    target, firm = item.target, item.target.enterprise
    return [
        item.rank,
        firm.name,
        firm.stock_code,
        item.city_name,
        target.link,
        item.gap.status.label,
        item.gap.remedy.label if item.gap.remedy else "",
        round(item.gap.criticality, 1),
        round(target.score, 1),
        "；".join(target.reasons),
        *(round(part.points, 1) for part in target.parts),
        "；".join((*(["不得新建"] if target.banned else []), *(g.says() for g in target.gates))),
        "、".join(part.label for part in target.parts if part.value is None),
        item.chain_name,
        firm.full_name,
        firm.products.get(target.link, ""),
        firm.source.says() if firm.source else "",
    ]
