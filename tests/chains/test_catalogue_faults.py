"""Bad catalogues: every fault names its file and line, in Chinese, and all come at once.

`#!` in a changed file marks the line that the fault must name.
"""

from pathlib import Path

import pytest

from chains import CatalogueError, Fault, load

from .test_catalogue import FIRMS, GOOD, OTHER, write


def faults(folder: Path, **files: str) -> tuple[Fault, ...]:
    with pytest.raises(CatalogueError) as caught:
        load(write(folder, **{"battery": GOOD, "car": OTHER, "enterprises": FIRMS, **files}))
    return caught.value.faults


def marked(text: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if "#!" in line)


EDGE = "  - {from: 锂盐, to: 电芯, share: 0.2, basis: plan, required: true}"
CHAIN = [
    # unknown and missing keys, wrong types
    ("summary: 从盐到电芯", "sumary: 从盐到电芯 #!", "不认识的键“sumary”，是不是：summary"),
    ("    products: 碳酸锂", "    product: 碳酸锂 #!", "不认识的键“product”"),
    (EDGE, "  - {from: 锂盐, to: 电芯, shares: 0.2, share: 0.2, basis: plan} #!", "不认识的键"),
    (EDGE, "  - {from: 锂盐, to: 电芯, share: 0.2, basis: 估计, note: 甲,乙} #!", "英文逗号"),
    ("  - name: 锂盐\n    tier: 上游", "  - tier: 上游 #!", "缺少“name”"),
    ("  - name: 回收\n    tier: 下游", "  - name: 回收 #!", "缺少“tier”"),
    (EDGE, "  - {from: 锂盐, share: 0.2, basis: plan} #!", "缺少“to”"),
    (EDGE, "  - {from: 锂盐, to: 电芯, basis: plan} #!", "缺少“share”"),
    (EDGE, "  - {from: 锂盐, to: 电芯, share: 0.2} #!", "缺少“basis”"),
    ("name: 电池链", "name: 2024 #!", "“name”应是文本"),
    ("name: 电池链", "name: #!", "“name”应是文本（数字、日期等请加引号），现在是空值"),
    ("name: 电池链", 'name: " " #!', "“name”是空的"),
    ("name: 电池链", "name: [电池链] #!", "现在是列表"),
    ("tiers: [上游, 下游]", "tiers: 上游 #!", "“tiers”应是列表"),
    ("    key: 离不开", "    key: true #!", "“key”应是文本"),
    ("date: 2023-09", "date: 2023年 #!\n  ", "“date”应写成"),
    ("url: https://example.cn/plan", "url: javascript:alert(1) #!\n  ", "“url”应以"),
    (EDGE, "  - 锂盐→电芯 #!", "应是“键: 值”的映射"),
    ("required: true", "required: 是} #!\n# ", "“required”应是 true 或 false"),
    # names
    ("  - name: 回收\n", "  - name: 锂盐 #!\n", "环节“锂盐”重复，已见第 8 行"),
    ("summary: 从盐到电芯", "name: 电池链 #!", "键“name”写了两次"),
    ("    products: 碳酸锂", "    products: 碳酸锂\n    products: 锂 #!", "键“products”写了两次"),
    ("[碳酸锂, 氢氧化锂]", "[碳酸锂, 碳酸锂] #!", "“碳酸锂”写了两次"),
    ("[碳酸锂, 氢氧化锂]", "[碳酸锂, 电芯] #!", "别名“电芯”已是第 16 行环节的叫法"),
    ("[上游, 下游]", "[上游, 下游, 上游] #!", "“上游”写了两次"),
    ("    tier: 上游", "    tier: 上流 #!", "“上流”不在 tiers(上游、下游)里"),
    ("id: battery", "id: batteries #!", "代号“batteries”与文件名“battery”不同"),
    ("id: battery", "id: Battery-1 #!", "只能用小写字母和下划线"),
    ("    source: plan", "    source: plam #!", "sources 里没有出处“plam”"),
    # edges
    ("from: 锂盐, to: 电芯", "from: 锂延, to: 电芯 #!\n    ", "没有叫“锂延”的环节，是不是：锂盐"),
    ("basis: plan", "basis: plam #!\n    ", "sources 里没有出处“plam”"),
    ("note: 废料, ", "", "要在 note 里说明理由"),
    ("share: 0.2", "share: 1.2 #!\n    ", "投入系数应在 0 与 1 之间，现在是 1.2"),
    ("share: 0.2", "share: -0.2 #!\n    ", "“share”应是不小于 0 的数字"),
    ("share: 0.2", "share: .nan #!\n    ", "“share”应是不小于 0 的数字"),
    ("share: 0.2", "share: 二成 #!\n    ", "“share”应是数字，现在是“二成”"),
    ("group: 料}", "group: 料, required: true} #!", "required 与 group 不能同时写"),
    ("return: true}", "return: true, group: 料} #!", "回流不进有向无环图"),
    ("from: 锂盐, to: 电芯", "from: 电芯, to: 电芯 #!\n    ", "“电芯”不能供给自己"),
    (EDGE, f"{EDGE}\n{EDGE} #!", "“锂盐→电芯”重复，已见第 18 行"),
    ("basis: 估计, note: 再生, return: true", "basis: plan #!\n    ", "从下游指回上游"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), CHAIN)
def test_a_fault_in_a_chain_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = faults(tmp_path, battery=text)
    line = marked(text) if "#!" in text else 19
    assert any(
        (fault.file, fault.line) == ("battery.yaml", line) and message in fault.message
        for fault in found
    ), found


def test_a_cycle_is_named_by_its_links(tmp_path: Path) -> None:
    text = GOOD + "  - {from: 回收, to: 电芯, share: 0.1, basis: plan}\n"
    (fault,) = faults(tmp_path, battery=text)
    assert (fault.file, fault.line) == ("battery.yaml", 21)
    assert fault.message in ("成环：电芯→回收→电芯", "成环：回收→电芯→回收")


def test_shares_of_one_user_add_up_to_at_most_one(tmp_path: Path) -> None:
    text = GOOD.replace("share: 0.2", "share: 0.6").replace(
        "links:\n", "links:\n  - {name: 钠盐, tier: 上游}\n"
    )
    text += "  - {from: 钠盐, to: 电芯, share: 0.5, basis: plan}\n"
    (fault,) = faults(tmp_path, battery=text)
    assert (fault.line, fault.message) == (22, "“电芯”的投入系数加到这里已是 1.1，超过 1")


def test_shares_may_add_up_to_one_and_returns_come_on_top(tmp_path: Path) -> None:
    text = GOOD.replace("share: 0.2", "share: 1").replace("share: 0.05", "share: 1.0")
    load(write(tmp_path, battery=text, enterprises="enterprises: []"))


ENTERPRISES = [
    ("link: 电芯", "link: 电心 #!\n       ", "没有叫“电心”的环节"),
    ("link: 锂盐", "link: 电芯 #!\n       ", "环节“电芯”写了两次"),
    ('city: "440300"', 'city: "44030" #!', "“44030”不是六位行政区划代码"),
    ('city: "440300"', 'city: "990300" #!', "不是六位行政区划代码"),
    ('city: "440300"', "city: 440300 #!", "“city”应是文本"),
    ('["320400"]', '["3204"] #!', "“3204”不是六位行政区划代码"),
    ('stock_code: "000001"', "stock_code: 000001 #!", "“stock_code”应是文本"),
    ("    source: annual\n", "", "缺少“source”"),
    ("source: annual", "source: anual #!", "sources 里没有出处“anual”"),
    ("delisted: 2024-08", "delisted: 2024-13 #!", "“delisted”应写成"),
    ("    note: 无", "    notes: 无 #!", "不认识的键“notes”"),
    ("products: 方形电芯", "product: 方形电芯 #!\n       ", "不认识的键“product”"),
    ("amount: 120000", "amount: 很多 #!\n   ", "“amount”应是数字"),
]


@pytest.mark.parametrize(("old", "new", "message"), ENTERPRISES)
def test_a_fault_among_the_enterprises(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in FIRMS
    text = FIRMS.replace(old, new, 1)
    found = faults(tmp_path, enterprises=text)
    line = marked(text) if "#!" in text else 4
    assert any(
        (fault.file, fault.line) == ("enterprises/enterprises.yaml", line)
        and message in fault.message
        for fault in found
    ), found


def test_names_and_codes_stand_once(tmp_path: Path) -> None:
    again = FIRMS[FIRMS.index("  - name") :]
    found = faults(tmp_path, enterprises=FIRMS + again)
    assert [(fault.line, fault.message) for fault in found] == [
        (18, "企业“甲”重复，已见第 4 行"),
        (19, "全称“甲股份有限公司”重复，已见第 4 行"),
        (20, "证券代码“000001”重复，已见第 4 行"),
    ]


def test_names_and_codes_stand_once_in_all_files(tmp_path: Path) -> None:
    (first, *_) = faults(tmp_path, enterprises_more=FIRMS)
    assert first.file == "enterprises/enterprises_more.yaml"
    assert first.message == "企业“甲”重复，已见 enterprises/enterprises.yaml 第 4 行"


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
FILES = [
    ("id: [", 2, "不是有效的 YAML"),
    ("", 1, "文件是空的"),
    ("# 只有注释\n", 1, "文件是空的"),
    ("- 列表\n", 1, "应是“键: 值”的映射"),
    ("id: battery\n---\nid: car\n", 2, "不是有效的 YAML"),
    (f"{GOOD}? [甲, 乙]\n: 丙\n", 21, "键应是一个词"),
    (f"{GOOD}x: {'[' * 50}{']' * 50}\n", 21, "嵌套超过"),
    (GOOD.replace("name: 电池链", "name: !!python/name:os.system 电池链"), 2, "不用类型标签"),
    (GOOD.replace("name: 电池链", "name: !!str 电池链"), 2, "不用类型标签"),
    (GOOD.replace("tiers: [", "tiers: &t ["), 6, "不用锚点（&t）"),
    (BOMB, 2, "不用引用（*a）"),
    (GOOD.replace("从盐", "从\x07盐"), 3, "控制字符"),
]


@pytest.mark.parametrize(("text", "line", "message"), FILES)
def test_a_file_that_is_no_chain(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = faults(tmp_path, battery=text)
    assert any(
        (fault.file, fault.line) == ("battery.yaml", line) and message in fault.message
        for fault in found
    ), found
    assert {fault.file for fault in found} == {"battery.yaml"}, "others are not blamed for it"


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    write(tmp_path, enterprises=FIRMS)
    (tmp_path / "battery.yaml").write_bytes("id: battery\nname: 电池链".encode("gbk"))
    with pytest.raises(CatalogueError, match="第 2 行：不是 UTF-8 编码"):
        load(tmp_path)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    assert "文件超过 4 MB" in str(faults(tmp_path, battery="#" * 4_000_001)[0])


def test_all_faults_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        battery=GOOD.replace("id: battery", "id: x").replace("share: 0.2", "share: 2"),
        car=OTHER.replace("tier: 下游}", "tier: 左游}"),
        enterprises=FIRMS.replace("440300", "44"),
    )
    assert [(fault.file, fault.line) for fault in found] == [
        ("battery.yaml", 1),
        ("battery.yaml", 18),
        ("battery.yaml", 18),
        ("car.yaml", 5),
        ("car.yaml", 6),
        ("enterprises/enterprises.yaml", 7),
    ]
    text = str(CatalogueError(found))
    assert text.count("\n") == len(found) - 1
    assert text.startswith("battery.yaml 第 1 行：代号")


def test_two_chains_of_one_name(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, car=OTHER.replace("整车链", "电池链"))
    assert str(fault) == "car.yaml 第 1 行：产业链名“电池链”已用于 battery.yaml"


def test_a_folder_without_chains_or_without_enterprises(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="没有产业链文件"):
        load(tmp_path)
    with pytest.raises(CatalogueError, match="没有产业链文件"):
        load(tmp_path / "不存在")
    assert load(write(tmp_path, battery=GOOD)).enterprises == (), "a chain may wait for its firms"
