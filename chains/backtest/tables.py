"""The two CSV files of a backtest: read, checked, every fault at its line."""

from math import isfinite
from pathlib import Path

from chains._errors import Fault, hint
from chains._words import listed
from chains.table_file import MOST_COLUMNS, TableError, read_rows


def read_presence(path: Path) -> dict[tuple[str, str], float]:
    """(place, link) → weight, 1 where the file has no such column; weight 0 is no presence.

    Raises:
        TableError: every fault of the file.
    """
    found = _read(path, ("place", "link"), weight_required=False)
    return {cell: weight for cell, weight in found.items() if weight > 0}


def read_edges(path: Path) -> list[tuple[str, str, float]]:
    """(from, to, flow) for each row.

    Raises:
        TableError: every fault of the file.
    """
    found = _read(path, ("from", "to"), weight_required=True)
    return [(source, target, flow) for (source, target), flow in found.items()]


def _read(
    path: Path, names: tuple[str, str], weight_required: bool
) -> dict[tuple[str, str], float]:
    file = path.name
    rows = read_rows(path)
    header = next(rows, None)
    if header is None:
        raise TableError([Fault(file, 1, f"文件是空的：第一行应是列名 {','.join(names)},weight")])
    columns = _columns(file, header[1], (*names, "weight") if weight_required else names)
    faults: list[Fault] = []
    first_at: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, str], float] = {}
    for line, row in rows:
        try:
            pair, weight = _row(row, len(header[1]), columns, names)
            if pair in first_at:
                raise ValueError(
                    f"{'、'.join(pair)} 在第 {first_at[pair]} 行已经有了，请合并成一行"
                )
        except ValueError as wrong:
            faults.append(Fault(file, line, str(wrong)))
            continue
        first_at[pair] = line
        found[pair] = weight
    if faults:
        raise TableError(faults)
    if not found:
        raise TableError([Fault(file, 2, "只有列名，没有一行数据：请补上数据再来")])
    return found


def _columns(file: str, header: list[str], required: tuple[str, ...]) -> dict[str, int]:
    """Where each column stands that is needed, or `weight` where it is there."""
    names = [cell.strip() for cell in header]
    if len(names) > MOST_COLUMNS:
        message = f"有 {len(names):,} 列，最多 {MOST_COLUMNS} 列：只需要 {listed(required)}"
        raise TableError([Fault(file, 1, message)])
    faults = [
        Fault(file, 1, f"缺少列“{name}”{hint(name, [n for n in names if n])}：请补上或改列名")
        for name in required
        if name not in names
    ]
    faults += [
        Fault(file, 1, f"列“{name}”出现 {names.count(name)} 次：请只留一列")
        for name in dict.fromkeys((*required, "weight"))
        if names.count(name) > 1
    ]
    if faults:
        raise TableError(faults)
    return {name: names.index(name) for name in (*required, "weight") if name in names}


def _row(
    row: list[str], width: int, columns: dict[str, int], names: tuple[str, str]
) -> tuple[tuple[str, str], float]:
    """Raises ValueError with what is wrong and how to mend it."""
    if len(row) != width:
        raise ValueError(f"有 {len(row)} 格，列名有 {width} 格：请核对逗号和引号")
    cells = {name: row[at].strip() for name, at in columns.items()}
    for name in names:
        if not cells[name]:
            raise ValueError(f"{name} 是空的：请填上或删去此行")
    weight = _weight(cells["weight"]) if "weight" in cells else 1.0
    return (cells[names[0]], cells[names[1]]), weight


def _weight(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not isfinite(number) or "_" in text:
        raise ValueError(f"weight 是“{text[:40]}”，不是数：请改成不小于 0 的数")
    if number < 0:
        raise ValueError(f"weight 是 {text}，小于 0：请改成不小于 0 的数")
    return number
