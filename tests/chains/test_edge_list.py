"""An edge list to a chain: tiers by longest path, faults with their rows, a file to read back."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import Chain, Edge, load
from chains.__main__ import main
from chains.catalogue.writing import chain_text
from chains.edge_list import read_edge_list, tiers_of
from chains.table_file import TableError

from .test_catalogue import write

GOOD = """\
from,to,share,required,group,return,note
矿,盐,0.3,是,,,矿价
盐,芯,20%,,正极,,
粉,芯,0.1,,正极,,
芯,包,.6,true,,,
包,盐,0.05,,,是,回收
"""


def table(folder: Path, text: str, name: str = "edges.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read_back(folder: Path, text: str, id: str) -> Chain:
    """What the catalogue reads from a written chain."""
    return load(write(folder, **{id: text})).chains[id]


def test_tiers_are_the_longest_path(tmp_path: Path) -> None:
    chain = read_edge_list(table(tmp_path, GOOD), "cell", "电芯链")
    assert chain.tiers == ("第1层", "第2层", "第3层", "第4层")
    tiers = {link.name: link.tier for link in chain.links.values()}
    assert tiers == {"矿": "第1层", "粉": "第1层", "盐": "第2层", "芯": "第3层", "包": "第4层"}
    first, second, *_ = chain.edges
    assert (first.share, first.required, first.note) == (0.3, True, "矿价")
    assert (second.share, second.group) == (0.2, "正极")
    assert second.note == "取自 edges.csv 第 3 行，没有写依据"
    assert [(edge.supplier, edge.user) for edge in chain.returns] == [("包", "盐")]
    assert all(edge.estimated for edge in chain.edges)


def test_three_levels_are_named_as_planners_do(tmp_path: Path) -> None:
    chain = read_edge_list(table(tmp_path, "from,to,share\n甲,乙,0.1\n乙,丙,0.1\n"), "a", "甲")
    assert chain.tiers == ("上游", "中游", "下游")


@pytest.mark.parametrize(
    ("name", "encoding", "text"),
    [
        ("e.csv", "utf-8-sig", "供方,用方,投入系数\n矿,盐,0.3\n"),
        ("e.csv", "gb18030", "供方环节,用方环节,投入系数（0–1）,单位\n矿,盐,0.3,元\n"),
        ("e.tsv", "utf-8", "From\tTO\t Share \n矿\t盐\t0.3\n"),
        ("e.txt", "gb18030", "\n上游环节\t下游环节\t系数\n矿\t盐\t30％\n"),
        ("e.csv", "utf-8", 'source,target,share\r\n"矿","盐",0.3\r\n\r\n'),
    ],
)
def test_titles_encodings_and_separators(
    tmp_path: Path, name: str, encoding: str, text: str
) -> None:
    chain = read_edge_list(table(tmp_path, text, name, encoding), "a", "甲")
    assert [(e.supplier, e.user, e.share) for e in chain.edges] == [("矿", "盐", 0.3)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "文件是空的"),
        ("from,to,share\n", 2, "没有一行供需关系"),
        ("from,to\n甲,乙\n", 1, "缺少列“share”"),
        ("from,to,share,供方\n甲,乙,0.1,丙\n", 1, "“from”、“供方”都是 from 列"),
        (f"from,to,share{',x' * 60}\n", 1, "最多 50 列"),
        ("from,to,share\n甲,乙\n", 2, "有 2 格，列名有 3 格"),
        ("from,to,share\n甲,,0.1\n", 2, "to 是空的"),
        ("from,to,share\n甲,乙,\n", 2, "share 是空的"),
        ("from,to,share\n甲,乙,一成\n", 2, "share 是“一成”，不是数"),
        ("from,to,share\n甲,乙,nan\n", 2, "share 是“nan”，不是数"),
        ("from,to,share\n甲,乙,1_0\n", 2, "share 是“1_0”，不是数"),
        ("from,to,share\n甲,乙,-0.1\n", 2, "share 是 -0.1：投入系数应在 0 与 1 之间"),
        ("from,to,share\n甲,乙,1.2\n", 2, "share 是 1.2：投入系数应在 0 与 1 之间"),
        ("from,to,share\n甲,乙,0.1\n\n甲,乙,0.2\n", 4, "“甲→乙”重复，已见第 2 行"),
        ("from,to,share\n甲,甲,0.1\n", 2, "“甲”不能供给自己"),
        ("from,to,share\n甲,乙,0.1\n乙,丙,0.1\n丙,甲,0.1\n", 4, "成环：甲→乙→丙→甲"),
        ("from,to,share\n甲,丙,0.7\n乙,丙,0.7\n", 3, "“丙”的投入系数加到这里已是 1.4，超过 1"),
        ("from,to,share,required\n甲,乙,0.1,也许\n", 2, "required 是“也许”"),
        ("from,to,share,required,group\n甲,乙,0.1,是,料\n", 2, "required 与 group 不能同时写"),
        ("from,to,share,return,group\n甲,乙,0.1,,\n乙,甲,0.1,是,料\n", 3, "回流不进有向无环图"),
        ('from,to,share\n"甲\n乙",丙,0.1\n', 3, "from 里有换行或不可见的字符"),
        ('from,to,share\n甲,"乙,0.1\n', 2, "引号没有配对"),
    ],
)
def test_faults_name_their_row(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(TableError) as caught:
        read_edge_list(table(tmp_path, text), "a", "甲")
    assert any(fault.line == line and message in fault.message for fault in caught.value.faults), (
        caught.value
    )


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    bad = table(tmp_path, "from,to,share\n甲,乙,2\n,乙,0.1\n丙,丁,x\n")
    with pytest.raises(TableError) as caught:
        read_edge_list(bad, "a", "甲")
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True))
def test_every_edge_runs_one_tier_down_or_more(pairs: list[tuple[int, int]]) -> None:
    """And a link that is supplied stands right below one of its suppliers."""
    edges = [Edge(f"L{i}", f"L{j}", 0.0) for i, j in pairs if i < j]
    names = {f"L{n}": None for n in range(10)}
    levels = tiers_of(names, edges)
    assert list(levels) == list(names)
    for name in names:
        above = [levels[edge.supplier] for edge in edges if edge.user == name]
        assert levels[name] == (max(above) + 1 if above else 0)


def test_the_command_writes_what_the_catalogue_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edges, target = table(tmp_path, GOOD), tmp_path / "cell.yaml"
    assert main(["import", str(edges), "--name", "电芯链", "--output", str(target)]) == 0
    folder = tmp_path / "catalogue"
    folder.mkdir()
    chain = read_back(folder, target.read_text("utf-8"), "cell")
    assert chain == read_edge_list(edges, "cell", "电芯链")
    assert main(["import", str(edges), "--name", "电芯链", "--id", "cell"]) == 0
    assert capsys.readouterr().out == target.read_text("utf-8")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edges = str(table(tmp_path, GOOD))
    assert main(["import", edges, "--id", "Zelle-1"]) == 2
    assert "只能用小写字母和下划线" in capsys.readouterr().err
    assert main(["import", edges, "--id", "cell", "--output", str(tmp_path / "x.yaml")]) == 2
    assert "链文件要叫 cell.yaml" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "none.csv")]) == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert main(["import", edges, "--output", str(tmp_path / "no" / "x.yaml")]) == 2
    assert "写不了" in capsys.readouterr().err
    assert main(["export", "电迟"]) == 2
    assert "没有叫“电迟”的产业链" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.yaml"))


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    edges = table(tmp_path, "from,to,share\n甲,乙,0.1\n", "EDGES.csv")
    done = subprocess.run(
        [sys.executable, "-m", "chains", "import", str(edges)], capture_output=True, check=True
    )
    assert done.stdout.decode().startswith("id: edges\nname: EDGES\n")


def test_an_export_holds_the_whole_chain(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = load()
    for chain in catalogue.chains.values():
        assert main(["export", chain.id, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert [link["name"] for link in found["links"]] == list(chain.links)
        assert len(found["edges"]) == len(chain.edges) + len(chain.returns)
        assert sum(edge["estimated"] for edge in found["edges"] if not edge["return"]) == sum(
            edge.estimated for edge in chain.edges
        )
        on = {firm.name for name in chain.links for firm in catalogue.enterprises_on(name)}
        assert {firm["name"] for firm in found["enterprises"]} == on
        for firm in found["enterprises"]:
            assert {item["link"] for item in firm["links"]} <= chain.links.keys()


def test_the_shipped_chains_are_written_without_loss(tmp_path: Path) -> None:
    catalogue = load()
    for chain in catalogue.chains.values():
        folder = tmp_path / chain.id
        folder.mkdir()
        text = chain_text(chain)
        again = read_back(folder, text, chain.id)
        assert again == chain
        assert list(again.links) == list(chain.links)
        assert chain_text(again) == text
