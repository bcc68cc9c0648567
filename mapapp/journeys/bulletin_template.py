"""The Word template of the bulletin that comes with the programme, and the names it may use."""

from __future__ import annotations

from collections.abc import Sequence

from mapapp.documents.official import OfficialDocument
from mapapp.journeys.bulletin import ALWAYS, BY, NAMES

PICTURES = ("chart_chain", "chart_county")


def known_names() -> dict[str, str]:
    """Every name that a template may use, and what it stands for (docs/bulletin.md)."""
    return {
        "city": "本市的名称",
        "title": "标题",
        "period": "时段，如 2023年上半年",
        "first": "时段第一天",
        "last": "时段最后一天",
        "today": "成文日期，如 2023年7月3日",
        "opening": "开头的几段话",
        "left_out": "没有计入的",
        "whole": "全市的数字",
        **{f"by_{by}": f"按{NAMES[by]}的行" for by in BY},
        "shares": "一主四优多支撑各占多少",
        "beside": "与公布数字对照",
        "chart_chain": "按产业链的签约金额图",
        "chart_county": "按县市区的签约金额图",
    }


def shipped_template(city: str) -> bytes:
    """The template that comes with the programme: an official paper with its places."""
    paper = OfficialDocument("{{ title }}")
    paper.paragraph("{%p for line in opening %}")
    paper.paragraph("{{ line }}")
    paper.paragraph("{%p endfor %}")
    numbers = iter("一二三四五六")
    for by in BY:
        if by not in ALWAYS:
            paper.paragraph(f"{{%p if by_{by} %}}")
        paper.heading(f"{next(numbers)}、按{NAMES[by]}")
        if f"chart_{by}" in PICTURES:
            paper.centred(f"{{{{ chart_{by} }}}}")
        _figure_table(paper, by)
        if by not in ALWAYS:
            paper.paragraph("{%p endif %}")
    paper.heading(f"{next(numbers)}、“一主四优多支撑”占比")
    paper.table(
        ("产业链", "项目（个）", "占比（%）", "金额（亿元）", "占比（%）"),
        _rows("shares", ("name", "projects", "of_projects", "investment", "of_investment")),
        (2.4, 1.2, 1.2, 1.4, 1.2),
        right=(1, 2, 3, 4),
    )
    paper.paragraph("{%p if beside %}")
    paper.heading(f"{next(numbers)}、与公布数字对照")
    paper.table(
        ("范围", "指标", "台账", "公布", "相差"),
        _rows("beside", ("name", "indicator", "counted", "reported", "difference")),
        (2.4, 3.0, 1.2, 1.2, 1.2),
        right=(2, 3, 4),
    )
    paper.paragraph("{%p endif %}")
    paper.paragraph("{{ left_out }}")
    paper.signed_by("{{ city }}招商主管部门", "{{ today }}")
    return paper.data()


def _figure_table(paper: OfficialDocument, by: str) -> None:
    titles = (
        NAMES[by], "签约", "同比", "签约金额", "同比", "新引进", "投资额",
        "落地率", "开工率", "入统率",
    )  # fmt: skip
    names = (
        "name", "signed_projects", "signed_projects_growth", "contracted_investment",
        "contracted_investment_growth", "new_projects", "total_investment", "landing_rate",
        "start_rate", "enrolment_rate",
    )  # fmt: skip
    widths = (2.9, 0.9, 1.1, 1.6, 1.1, 1.1, 1.5, 1.1, 1.1, 1.1)
    paper.paragraph("单位：个，亿元，%")
    paper.table(titles, _rows(f"by_{by}", names), widths, right=tuple(range(1, len(titles))))


def _rows(of: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """A row of places that is repeated for each item; the rows around it vanish when filled."""
    blank = ("",) * (len(names) - 1)
    return [
        (f"{{%tr for row in {of} %}}", *blank),
        tuple(f"{{{{ row.{name} }}}}" for name in names),
        ("{%tr endfor %}", *blank),
    ]
