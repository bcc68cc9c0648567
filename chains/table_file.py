"""A table that somebody brings: UTF-8 or GB 18030 text to rows, with what is wrong and where."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from chains._errors import ChainsError, Fault

MOST_BYTES = 200_000_000
MOST_COLUMNS = 50
_SHOWN = 20

Row = tuple[int, list[str]]
"""The number of its (last) line, and its cells."""


class TableError(ChainsError):
    """A file that cannot be used; carries every fault found, shows the first twenty."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        shown = [str(fault) for fault in self.faults[:_SHOWN]]
        if len(self.faults) > _SHOWN:
            shown.append(f"…… 共 {len(self.faults)} 处，以上是前 {_SHOWN} 处")
        super().__init__("\n".join(shown))


def read_rows(path: Path, delimiter: str = ",") -> Iterator[Row]:
    """Each row that is not blank.

    Raises:
        TableError: the file cannot be read, is no text, or its quotes do not match.
    """
    reader = csv.reader(StringIO(read_text(path), newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error:
        message = "引号没有配对或字段过长，读不下去：请用表格软件另存为 CSV 再来"
        raise TableError([Fault(path.name, reader.line_num, message)]) from None


def read_text(path: Path) -> str:
    """The file as text: UTF-8 or, as Chinese Excel saves it, GB 18030.

    Raises:
        TableError: there is no such file, it is too large, or it is no text.
    """
    file = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"文件超过 {MOST_BYTES // 1_000_000} MB：请只留需要的列和行"
            raise TableError([Fault(file, 1, message)])
        data = path.read_bytes()
    except OSError as wrong:
        reason = "没有这个文件" if isinstance(wrong, FileNotFoundError) else "读不了这个文件"
        raise TableError([Fault(file, 1, f"{reason}：请核对路径和权限")]) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise TableError([Fault(file, 1, "不是文本：请另存为 UTF-8 编码的 CSV 再来")])
