"""Rows under a header that are no projects: totals, signatures, headings, numbers of columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from mapapp.ledger import cells as c
from mapapp.ledger.cells import RawRow
from mapapp.ledger.fields import Field
from mapapp.ledger.headers import read_header
from mapapp.ledger.titles import Column, plain_title

_LOOKED_AT = 100
_IS_REMARK = "表下的说明，不是项目"
_TOTAL = re.compile(
    r"(?:本页|本表|全市|全区|全县|本县|本区|本月|本年|年度)?(?:小计|合计|总计|累计|共计|总合计|汇总|总数|共)"
    r"(?:[:：(].*|数|[0-9]+[个项].*)?"
)
_TOTAL_OF = re.compile(r".{1,20}(?:小计|合计|总计)(?:[:：(].*|数)?")
_CARRIED = re.compile(
    r"上页结转|承前页|过次页|转下页|接上页|平均(?:值|数)?|均值|占比|比重|完成率|同比(?:增长)?|环比(?:增长)?"
)
_PAGE = re.compile(
    r"第[0-9一二三四五六七八九十]+页.*|共[0-9]+页.*|[-—─]+[0-9]{0,4}[-—─]+|[0-9]{1,3}/[0-9]{1,3}"
)
_PART_OF = re.compile(r"其中(?:[:：].*)?|其中.{0,20}")
_SIGNED = re.compile(
    r"[^:]{0,12}(?:负责人|领导|填表人?|填报人?|制表人?|审核人?|审批人?|复核人?|签字|盖章|签章|公章"
    r"|联系人|经办人|电话|单位|(?:填报|填表|制表|报送|上报|统计|打印)(?:日期|时间))(?:[(].*?[)])?:.*"
    r"|(?:填表|填报|制表|审核|审批|复核|经办)(?:人|单位).{0,20}"
    r"|.{0,12}[(](?:签字|盖章|签章|公章|签名)[)].{0,20}"
)
_REMARK = re.compile(
    r"(?:注|备注|说明|附注|填表说明|填报说明|数据来源|资料来源|注意|填报要求|温馨提示|附件)"
    r"(?:[0-9一二三]?[:：.、].*|)|以下(?:空白|无正文)|以上为.*|此表.*|本表.*|[*※]?注[:：].*"
)
_LOOSE_REMARK = re.compile(
    r"(?:数据)?(?:截至|截止).*|抄送.*|[★☆*※]+.*必填.*|附[件表][0-9一二三]*|(?:填表|填写)要求.*|end"
    r"|[(]?[0-9]{1,2}[).、](?![0-9]).{4,}|.{0,20}20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:填写|填报)?(?:示例|样例|范例|举例|例)(?:[0-9一]?[:：].*|行|[0-9]?)")
_HEADING = re.compile(
    r"[(]?[一二三四五六七八九十]{1,3}[)、.:].*|第.{1,3}(?:批|类|部分|产业).*|[(][0-9]{1,2}[)].*"
    r"|(?:在谈|签约|开工|投产|新签约|已签约|在建|续建|竣工|储备)(?:类)?项目.{0,12}"
)
_DAY = re.compile(
    r"(?:20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2})"
)
_COLUMN_NUMBER = re.compile(
    r"[(]?(?:[0-9]{1,3}(?:=[-+*/()×÷0-9]+%?)?|[甲乙丙丁戊己庚辛壬癸]|[A-Z])[)]?"
)
_LETTERS = "甲乙丙丁戊己庚辛壬癸ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DEMAND = re.compile(
    r"(?:必填|选填|非必填|可填|可不填|选择|下拉(?:选择)?|文本|数字|数值|日期|系统生成|自动生成|填写)项?"
)
_ORDINAL = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、.]?|[(][0-9]{1,2}[)]")
_CAPTION = re.compile(
    r"[^0-9]*(?:台账|汇总表|明细表|清单|一览表|情况表|续表)(?:[(].*[)])?.{0,6}|续表?"
)
_WORDS = re.compile(r"[^0-9A-Za-z]*[\u4e00-\u9fff][^0-9A-Za-z]*")


def aside(
    row: RawRow, columns: Sequence[Column], is_place: Callable[[str], bool] = lambda _: False
) -> str:
    """Why a row is no project, in Chinese; empty where it may be one, or may have been meant so."""
    filled = [index for index, cell in enumerate(row.cells) if not c.is_blank(cell)]
    if not filled:
        return ""
    first = _text(row, filled[0])
    own = {column.field: column.index for column in columns}
    name, county, code = (own.get(of, -1) for of in (Field.NAME, Field.COUNTY, Field.CODE))
    nameless = name not in filled and county not in filled
    coded = code in filled and code != filled[0] and not nameless
    if not coded:
        whole = {name, county, code} <= set(filled)
        if (reason := _by_first(first, own, filled)) and not (whole and reason == _IS_REMARK):
            return reason
        if name in filled and code not in filled:
            text = _text(row, name)
            if _TOTAL.fullmatch(text) or (county not in filled and _TOTAL_OF.fullmatch(text)):
                return "合计行，不是项目"
    if nameless and (reason := _nameless(row, filled, code, is_place)):
        return reason
    return _by_shape(row, columns, filled, first, is_place)


def heading(row: RawRow) -> str:
    """What a heading inside the table says, without its number in a cell of its own."""
    texts = [c.shown(cell) for cell in row.cells if not c.is_blank(cell)]
    numbered = len(texts) > 1 and _ORDINAL.fullmatch(c.closed_up(texts[0]))
    return texts[1] if numbered else texts[0]


def _text(row: RawRow, index: int) -> str:
    return c.closed_up(row.cells[index])[:_LOOKED_AT]


def _nameless(
    row: RawRow, filled: Sequence[int], code: int, is_place: Callable[[str], bool]
) -> str:
    """A row with neither name nor county: a heading that is numbered, or has its own subtotal."""
    if row.formulas and all(
        index in row.formulas or (index == filled[0] and _is_number(row, [index]))
        for index in filled
    ):
        return "只有公式算出的数，没有内容"
    if len(filled) > 1 and _ORDINAL.fullmatch(_text(row, filled[0])):
        said = _text(row, filled[1])
        if _TOTAL_OF.fullmatch(said) or _TOTAL.fullmatch(said):
            return "合计行，不是项目"
        if is_place(said) or (filled[1] == code and _WORDS.fullmatch(said)):
            return "小标题，不是项目"
    first = _text(row, filled[0])
    if filled[0] <= code and len(filled) > 1 and is_place(first) and not first.isdigit():
        return "小标题，不是项目"
    return ""


def _by_first(first: str, own: dict[Field, int], filled: Sequence[int]) -> str:
    named = own.get(Field.NAME, -1) == filled[0]
    if _TOTAL.fullmatch(first) or (_TOTAL_OF.fullmatch(first) and not named):
        return "合计行，不是项目"
    if _CARRIED.fullmatch(first) and not named:
        return "合计行，不是项目"
    if len(filled) == 1 and _PAGE.fullmatch(first):
        return "页码，不是项目"
    if _PART_OF.fullmatch(first):
        return "“其中”行，已包含在合计里，不是项目"
    if _SIGNED.fullmatch(first) or (len(filled) == 1 and _DAY.fullmatch(first)):
        return "签名或落款行，不是项目"
    if _REMARK.fullmatch(first):
        return _IS_REMARK
    if len(filled) == 1 and not named and _LOOSE_REMARK.fullmatch(first):
        return _IS_REMARK
    if _EXAMPLE.fullmatch(first):
        return "填写示例，不是项目"
    return ""


def _by_shape(
    row: RawRow,
    columns: Sequence[Column],
    filled: Sequence[int],
    first: str,
    is_place: Callable[[str], bool],
) -> str:
    read = {column.index for column in columns}
    if len(filled) == 1 and (_HEADING.fullmatch(first) or is_place(first)):
        return "小标题，不是项目"
    if len(filled) == 1 and filled[0] != _name_at(columns) and _is_caption(first):
        return "表里的标题或说明，不是项目"
    if filled[0] < min(read, default=0) and _is_number(row, filled):
        return "只有序号，没有内容"
    if _is_column_numbers(row, filled):
        return "栏次行，不是项目"
    if len(filled) > 1 and all(_DEMAND.fullmatch(_text(row, index)) for index in filled):
        return "填写要求，不是项目"
    if len(filled) > 1 and _repeats_header(row, columns, filled):
        return "重复的表头，不是项目"
    return ""


def _is_number(row: RawRow, filled: Sequence[int]) -> bool:
    return len(filled) == 1 and bool(re.fullmatch(r"[0-9]{1,6}", c.folded(row.cells[filled[0]])))


def _is_column_numbers(row: RawRow, filled: Sequence[int]) -> bool:
    """1 2 3 4 … or 甲 乙 1 2 … or A B C under the titles."""
    if len(filled) < 3 or not all(_COLUMN_NUMBER.fullmatch(_text(row, i)) for i in filled):
        return False
    texts = [_text(row, index) for index in filled]
    numbers = [int(d[0]) for text in texts if (d := re.search(r"[0-9]+", text))]
    letters = [text.strip("()") for text in texts if not re.search(r"[0-9]", text)]
    in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    return in_order and letters == sorted(set(letters), key=_LETTERS.index)


def _is_caption(text: str) -> bool:
    """A title of the table once more, the office's name, any words alone: nothing like a code."""
    return bool(_CAPTION.fullmatch(text) or (len(text) > 1 and _WORDS.fullmatch(text)))


def _name_at(columns: Sequence[Column]) -> int:
    return next((column.index for column in columns if column.field is Field.NAME), -1)


def _repeats_header(row: RawRow, columns: Sequence[Column], filled: Sequence[int]) -> bool:
    if any(isinstance(row.cells[index], Decimal) for index in filled):
        return False
    titles = {column.index: column.title.rpartition("/")[2] for column in columns}
    other = 0
    for index in filled:
        title = titles.get(index)
        if title is None or plain_title(row.cells[index]) != plain_title(title):
            other += 1
            if other * 2 >= len(filled):
                return False
    return len(read_header(row.cells)) >= 2
