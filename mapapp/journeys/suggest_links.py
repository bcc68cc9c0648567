"""Suggest chains and links from names and products: for a file, and for the rows of an import."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from chains import Catalogue
from chains.tagging import Tag, load_tagger
from mapapp.journeys.bureau import Bureau
from mapapp.ledger.problems import FileRefused

NAME, PRODUCT = "name", "product"
_TITLES = {
    NAME: (NAME, "名称", "项目名称", "企业名称"),
    PRODUCT: (PRODUCT, "products", "产品", "主要产品"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A row to be tagged."""

    name: str
    product: str = ""


def tag_named(catalogue: Catalogue, rows: Sequence[Named]) -> list[Tag]:
    """A tag for each row, in order; a row without name and product says nothing."""
    return load_tagger(catalogue).tag_all([(row.name, row.product) for row in rows])


def read_named(data: bytes) -> list[Named]:
    """The rows of a CSV file with the columns name (名称) and, if it has one, product (产品).

    A line with nothing on it is no row; one of empty cells is.

    Raises:
        FileRefused: it cannot be read, or has no column `name`; says where, and the way out.
    """
    reader = csv.reader(io.StringIO(_decode(data), newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        raise FileRefused(
            "E_CSV_QUOTE", f"第{reader.line_num}行附近的引号不成对，分不清单元格。请补上引号再试"
        ) from error
    if not lines:
        raise FileRefused("E_NO_ROWS", "文件是空的。第1行写列名 name,product，下面一行一个项目")
    (number, head), *body = lines
    columns = _columns(number, head)
    for number, cells in body:
        if len(cells) > len(head):
            raise FileRefused(
                "E_CELLS",
                f"第{number}行有 {len(cells)} 格，列名只有 {len(head)} 个；"
                "内容里有逗号的，请用英文双引号括起来",
            )
    return [
        Named(_text(cells, columns[NAME]), _text(cells, columns.get(PRODUCT))) for _, cells in body
    ]


def _decode(data: bytes) -> str:
    """UTF-8, or else GB18030; nothing is guessed and no byte is dropped."""
    if b"\0" in data:
        raise FileRefused("E_ENCODING", "这不是文本文件。请在表格软件里另存为“CSV UTF-8”再试")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileRefused(
            "E_ENCODING",
            f"第{line}行有读不懂的字节：不是 UTF-8，也不是 GB18030。请另存为 UTF-8 再试",
        ) from error


def _columns(number: int, head: Sequence[str]) -> dict[str, int]:
    titles = [cell.strip().casefold() for cell in head]
    found: dict[str, int] = {}
    for key, known in _TITLES.items():
        places = [n for n, title in enumerate(titles) if title in known]
        if len(places) > 1:
            raise FileRefused(
                "E_DUP_HEADER", f"第{number}行有 {len(places)} 列都是 {key}，请只留一列"
            )
        if places:
            found[key] = places[0]
    if NAME not in found:
        seen = "、".join(filter(None, titles))[:80] or "空的"
        raise FileRefused(
            "E_HEADER_MISSING",
            f"第{number}行是列名，其中没有 name（名称），只有：{seen}。请把名称一列的列名写成 name",
        )
    return found


def _text(cells: Sequence[str], column: int | None) -> str:
    return "" if column is None or column >= len(cells) else cells[column]


def suggest(bureau: Bureau, names: Sequence[tuple[str, str]]) -> list[Tag]:
    """Suggestions for (name, product) pairs that a preview of an import is about to show."""
    return bureau.tagger.tag_all(names)


def as_record(tag: Tag) -> dict[str, object]:
    """A tag as `python -m mapapp tag --json` prints it."""
    return {
        "chain": tag.chain,
        "links": [
            {"link": link.link, "score": link.score, "matched": list(link.matched)}
            for link in tag.links
        ],
    }
