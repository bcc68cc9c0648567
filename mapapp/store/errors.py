"""What the store refuses; the messages are Chinese, for the planner who reads them."""

from __future__ import annotations


class StoreError(Exception):
    """Anything the store refuses; its message names the thing, the place and the way out."""


class WrongCity(StoreError):
    """The database belongs to another city."""

    def __init__(self, held: str, asked: str, url: str) -> None:
        super().__init__(
            f"数据库 {url} 属于城市 {held}，不能用来打开 {asked}。"
            f"请改用 --city {held}，或用 --db 指定另一个数据库。"
        )
        self.held, self.asked = held, asked


class SchemaUnknown(StoreError):
    """The database was written by another, newer version of the programme."""


class DatabaseUnavailable(StoreError):
    """The database cannot be opened, or no longer be used."""


class DatabaseBusy(DatabaseUnavailable):
    """Somebody else holds the database; the same may succeed a moment later."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"数据库正忙：{place} 正被别的操作占用，等了一会儿还没轮到。"
            "这一次没有写入任何内容，请稍后再试；一直这样，请关掉正在写这个数据库的其他程序。"
        )


class DatabaseFull(DatabaseUnavailable):
    """There is no room to write."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"数据库 {place} 所在的磁盘满了，这一次没有写入任何内容。请腾出空间后再试。"
        )


class DatabaseReadOnly(DatabaseUnavailable):
    """It can be read and not written."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"数据库 {place} 是只读的，这一次没有写入任何内容。"
            "请检查文件和所在目录的写权限，或用 --db 指定另一个数据库。"
        )


class NotEmpty(StoreError):
    """Sample data goes into an empty database only."""


class StaleRow(StoreError):
    """Somebody else changed a row in the meantime; nothing was written."""

    def __init__(self, table: str, key: str, expected: int | None, found: int | None) -> None:
        if expected is None:
            what = f"已被他人新增（现为第 {found} 版）"
        elif found is None:
            what = f"已被他人删除（你看到的是第 {expected} 版）"
        else:
            what = f"已被他人修改（你看到的是第 {expected} 版，现为第 {found} 版）"
        super().__init__(
            f"{_TABLE_NAMES.get(table, table)}“{key}”{what}。"
            "本次没有写入任何内容，请重新预览后再提交。"
        )
        self.table, self.key, self.expected, self.found = table, key, expected, found


_TABLE_NAMES = {"project": "项目", "enterprise": "企业", "site": "载体"}
