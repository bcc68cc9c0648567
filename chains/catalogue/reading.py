"""Authored files, read so that every mistake is found at once and named with its place.

A file is YAML, or a workbook whose cells were made the same nodes (`sheet_reading`): one set of
rules reads both.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import yaml

from chains._errors import Fault, hint

MOST_BYTES = 4_000_000
_MOST_DEPTH = 8
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_YAML = "tag:yaml.org,2002:"


class Page:
    """One authored file and the faults found in it so far. `root` is None if it is unreadable."""

    def __init__(self, path: Path, text: str | None = None, name: str = "") -> None:
        """`text` stands in for what the file holds, `name` for what faults call it."""
        self.file = name or path.name
        self.stem = path.stem
        self.faults: list[Fault] = []
        self.root = self._compose(path, text)

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def fault_at(self, mark: yaml.Mark, message: str, key: str = "") -> None:
        """Note a mistake where something is written, or where `key` would have been beside it."""
        self.fault(mark.line + 1, message)

    def word(self, mark: yaml.Mark, key: str) -> str:
        """What the author of this file calls a key."""
        return key

    def _compose(self, path: Path, given: str | None) -> yaml.Node | None:
        try:
            data = path.read_bytes() if given is None else given.encode()
            if len(data) > MOST_BYTES:
                self.fault(1, f"文件超过 {MOST_BYTES // 1_000_000} MB")
                return None
            text = data.decode("utf-8-sig")
            if not self._plain(text):
                return None
            root: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
        except OSError as error:
            self.fault(1, f"读不出来：{error.strerror}")
        except UnicodeDecodeError as error:
            self.fault(data[: error.start].count(b"\n") + 1, "不是 UTF-8 编码")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fault(mark.line + 1 if mark else 1, f"不是有效的 YAML:{error.problem}")
        except yaml.reader.ReaderError as error:
            # the C reader counts bytes, not characters
            before = text.encode()[: error.position]
            self.fault(before.count(b"\n") + 1, "含有不允许的控制字符")
        else:
            if root is None:
                self.fault(1, "文件是空的")
            return root
        return None

    def _plain(self, text: str) -> bool:
        """Whether the text is free of what our format does without: a few lines of anchors and
        aliases unfold to gigabytes, tags name types, deep nesting overruns the stack."""
        depth, before = 0, len(self.faults)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
            if isinstance(event, yaml.AliasEvent):
                self.fault(line, f"不用引用（*{anchor}）")
            elif anchor:
                self.fault(line, f"不用锚点（&{anchor}）")
            if tag:
                self.fault(line, f"不用类型标签（{tag}）")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MOST_DEPTH:
                self.fault(line, f"嵌套超过 {_MOST_DEPTH} 层")
                return False
        return len(self.faults) == before

    def entry(self, known: Collection[str]) -> "Entry | None":
        """The whole file as one mapping."""
        return self.entry_of(self.root, known) if self.root else None

    def entries(self, known: Collection[str]) -> list["Entry"]:
        """The whole file as a list of mappings."""
        return list(self.entries_of(self.root, known)) if self.root else []

    def entry_of(self, node: yaml.Node, known: Collection[str]) -> "Entry | None":
        if isinstance(node, yaml.MappingNode):
            return Entry(node, self, known)
        self.fault_at(node.start_mark, f"应是“键: 值”的映射，现在是{_kind(node)}")
        return None

    def entries_of(self, node: yaml.Node, known: Collection[str]) -> Iterator["Entry"]:
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                entry = self.entry_of(item, known)
                if entry is not None:
                    yield entry
        else:
            self.fault_at(node.start_mark, f"应是以 - 开头的列表，现在是{_kind(node)}")


class Entry:
    """A mapping of an authored file.

    Every getter says what is wrong and then returns a harmless value of the right type, so that
    reading goes on to the next fault.
    """

    def __init__(self, node: yaml.MappingNode, page: Page, known: Collection[str] = ()) -> None:
        """`known` are the keys that may stand here; none given, any may."""
        self.page, self.line, self._mark = page, node.start_mark.line + 1, node.start_mark
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                page.fault(line, "键应是一个词")
            elif key.value in self._nodes:
                page.fault(line, f"键“{key.value}”写了两次")
            elif known and key.value not in known and _empty(value):
                page.fault(line, f"“{key.value}”被前面的英文逗号切断了：整句加引号，或用中文逗号")
            elif known and key.value not in known:
                page.fault(line, f"不认识的键“{key.value}”{hint(key.value, known)}")
            else:
                self._nodes[key.value] = value

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def fault(self, message: str, key: str = "") -> None:
        """Note a mistake, at the line of the key's value if there is one."""
        node = self._nodes.get(key)
        self.page.fault_at(node.start_mark if node else self._mark, message, key)

    def word(self, key: str) -> str:
        """What the author calls a key: itself in YAML, its column's title in a workbook."""
        return self.page.word(self._mark, key)

    def text(self, key: str, required: bool = False) -> str:
        """A text that is not empty; "" where the key is absent."""
        return self._scalar(key, ("str",), "文本（数字、日期等请加引号）", required).strip()

    def date(self, key: str) -> str:
        """A year, month or day as ISO text; quotes may be left out."""
        found = self._scalar(key, ("str", "int", "timestamp"), "日期", False)
        if found and not _DATE.fullmatch(found):
            self.fault(f"“{self.word(key)}”应写成 2024、2024-08 或 2024-08-31", key)
        return found

    def number(self, key: str, required: bool = False) -> float | None:
        """A finite number of at least 0; None where the key is absent or wrong."""
        found = self._scalar(key, ("int", "float"), "数字", required)
        if found and not re.fullmatch(r"\d+(\.\d+)?", found):
            self.fault(f"“{self.word(key)}”应是不小于 0 的数字，现在是“{found}”", key)
            return None
        return float(found) if found else None

    def flag(self, key: str) -> bool:
        return self._scalar(key, ("bool",), " true 或 false", False).lower() in (
            "true",
            "yes",
            "on",
        )

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of texts, none empty, none twice."""
        node = self._node(key, required)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(f"“{self.word(key)}”应是列表，现在是{_kind(node)}", key)
            return ()
        found: list[str] = []
        for item in node.value:
            mark, word = item.start_mark, self.word(key)
            if item.tag != f"{_YAML}str" or not item.value.strip():
                self.page.fault_at(mark, f"“{word}”的每一项应是文本（数字请加引号）")
            elif item.value in found:
                self.page.fault_at(mark, f"“{word}”里“{item.value}”写了两次")
            else:
                found.append(item.value)
        if required and not node.value:
            self.fault(f"“{self.word(key)}”是空的", key)
        return tuple(found)

    def entry(self, key: str, known: Collection[str] = ()) -> "Entry | None":
        node = self._node(key, False)
        return None if node is None else self.page.entry_of(node, known)

    def entries(self, key: str, known: Collection[str], required: bool = False) -> list["Entry"]:
        node = self._node(key, required)
        if node is None:
            return []
        if required and not node.value:
            self.fault(f"“{self.word(key)}”是空的", key)
        return list(self.page.entries_of(node, known))

    def _node(self, key: str, required: bool) -> yaml.Node | None:
        node = self._nodes.get(key)
        if node is None and required:
            self.fault(f"缺少“{self.word(key)}”", key)
        return node

    def _scalar(self, key: str, tags: Collection[str], wanted: str, required: bool) -> str:
        node = self._node(key, required)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag.removeprefix(_YAML) not in tags:
            self.fault(f"“{self.word(key)}”应是{wanted}，现在是{_kind(node)}", key)
            return ""
        if not node.value.strip():
            self.fault(f"“{self.word(key)}”是空的", key)
        return str(node.value)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "映射"
    if isinstance(node, yaml.SequenceNode):
        return "列表"
    return f"“{node.value}”" if node.value else "空值"


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value
