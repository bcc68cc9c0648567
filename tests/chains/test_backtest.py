"""The backtest: its ranks by hand, its figures, its two files, and what hidden cells may not do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from chains import ChainsError, PresenceMatrix
from chains.backtest import backtest, trial
from chains.backtest.__main__ import main
from chains.backtest.measure import Finds, find
from chains.backtest.methods import METHODS
from tests.chains.ashare import FIRMS, SECTOR_FLOWS, sectors_of, write, write_ashare
from tests.chains.made_matrix import DENSE, Recipe, made

ROOT = Path(__file__).parents[2]
EVIDENCE = Path(os.environ.get("LIANTU_EVIDENCE", ROOT.parent / "shared" / "data" / "evidence"))
FEW = Recipe(level=-1, place=1, link=0.7, kin=2.5, near=0.5, places=90, links=40)


def matrix_of(present: np.ndarray) -> PresenceMatrix:
    names = (
        tuple(f"{kind}{index}" for index in range(size))
        for kind, size in zip("PL", present.shape, strict=True)
    )
    return PresenceMatrix(*names, present)


def files(folder: Path, presence: str, edges: str) -> list[str]:
    (folder / "presence.csv").write_text(presence, encoding="utf-8")
    (folder / "edges.csv").write_text(edges, encoding="utf-8")
    return [str(folder / "presence.csv"), str(folder / "edges.csv")]


def test_a_rank_by_hand() -> None:
    """The place has 0 and 1, both hidden; of its absent 2, 3, 4, one is above 0 and one ties."""
    present = np.array([[True, True, False, False, False]])
    scores = np.array([[5.0, 9.0, 7.0, 5.0, 1.0]])
    found = find(scores, present, np.array([[0, 0], [0, 1]]))
    assert found.values[0] == pytest.approx([1 - 1.5 / 3, 1, 1 / 2.5])
    assert found.values[1] == pytest.approx([1, 1, 1])  # 0 is hidden too, and no rival


def test_the_tenth_is_found_and_the_eleventh_is_not() -> None:
    present = np.array([[True] + [False] * 20])
    for above, hit in ((9, 1), (10, 0)):
        scores = np.array([[0.0] + [1.0] * above + [-1.0] * (20 - above)])
        assert find(scores, present, np.array([[0, 0]])).measures() == pytest.approx(
            (1 - above / 20, hit, 1 / (above + 1))
        )


def test_a_place_that_lacks_nothing_is_no_test() -> None:
    assert not len(find(np.zeros((1, 2)), np.ones((1, 2), dtype=bool), np.array([[0, 0]])).places)
    with pytest.raises(ChainsError, match="每个地方都有全部环节"):
        backtest(matrix_of(np.ones((4, 3), dtype=bool)), np.zeros((3, 3)), folds=2)


def test_intervals_hold_the_mean_and_vanish_without_a_difference() -> None:
    places = np.repeat(np.arange(50), 4)
    better = np.zeros((200, 3))
    better[:, 0] = np.random.default_rng(0).normal(0.1, 0.05, 200)
    ours, theirs = Finds(places, better), Finds(places, np.zeros((200, 3)))
    auc, hit = ours.gain(theirs, seed=0)
    assert auc.low < auc.mean < auc.high
    assert auc.mean == pytest.approx(better[:, 0].mean())
    assert auc.high - auc.low == pytest.approx(4 * 0.05 / 200**0.5, rel=0.2)
    assert hit == (0, 0, 0)


def test_places_not_cells_are_drawn() -> None:
    """One place with all the gain: half of the draws of two places miss or double it."""
    ours = Finds(np.array([0] * 50 + [1] * 50), np.repeat([[1.0, 1, 1], [0, 0, 0]], 50, axis=0))
    theirs = Finds(ours.places, np.zeros((100, 3)))
    assert ours.gain(theirs, seed=0)[0] == (0.5, 0, 1)


def test_methods_by_hand() -> None:
    """Three places: 0 and 1 both have links 0 and 1; 1 also has 2; 2 has only 3."""
    present = np.array([[1, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 1]], dtype=bool)
    chance = np.random.default_rng(0)
    assert METHODS["popularity"](present, chance)[0].tolist() == [2, 2, 1, 1]
    assert METHODS["similar_places"](present, chance)[0] == pytest.approx(
        [2 / 6**0.5, 2 / 6**0.5, 2 / 6**0.5, 0]
    )
    # link 2 is as near to 0 as to 1, and place 0 has both
    assert METHODS["density"](present, chance)[0, 2:] == pytest.approx([1, 0])


def test_the_same_seed_gives_the_same_figures() -> None:
    present, flows = made(FEW)
    first, second, other = (backtest(matrix_of(present), flows, 3, seed) for seed in (1, 1, 2))
    assert (first.methods, first.gains, first.weights) == (
        second.methods,
        second.gains,
        second.weights,
    )
    assert first.methods != other.methods
    assert first.methods["random"].auc == pytest.approx(0.5, abs=0.05)


def test_nothing_is_learnt_from_hidden_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """What every method sees lacks the fold's cells; all cells are hidden once."""
    present, flows = made(FEW)
    seen: list[np.ndarray] = []
    real = trial.Observations.of
    monkeypatch.setattr(
        trial.Observations, "of", lambda left: (seen.append(left.copy()), real(left))[1]
    )
    backtest(matrix_of(present), flows, folds=5)
    outer = [left for left in seen if left.sum() >= present.sum() * 0.78]
    assert sum((present & ~left).sum() for left in outer) == present.sum()
    assert not any((left & ~present).any() for left in seen)
    assert all(any((left <= one).all() for one in outer) for left in seen)


def test_structure_is_found_and_noise_is_not() -> None:
    present, flows = made(FEW)
    report = backtest(matrix_of(present), flows)
    assert report.gains["popularity"][0].low > 0
    chance = np.random.default_rng(0)
    noise = backtest(matrix_of(chance.random((60, 40)) < 0.3), chance.random((40, 40)))
    assert noise.methods["liantu"].auc == pytest.approx(0.5, abs=0.05)
    assert noise.gains["shuffled_edges"][0].low < 0.01


def test_the_command_prints_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    present, flows = made(FEW)
    cells = (((f"地{i}", f"环{j}"), 2) for i, j in np.argwhere(present))
    pairs = (((f"环{i}", f"环{j}"), flows[i, j]) for i, j in np.argwhere(flows))
    presence = write(tmp_path / "p.csv", ["place", "link", "weight"], cells)
    edges = write(tmp_path / "e.csv", ["from", "to", "weight"], pairs)
    assert main([str(presence), str(edges), "--folds", "3", "--json"]) == 0
    out = capsys.readouterr()
    found = json.loads(out.out)
    assert list(found) == [
        "places",
        "links",
        "methods",
        "liantu_minus_popularity",
        "liantu_minus_shuffled_edges",
        "seconds",
    ]
    assert list(found["methods"]) == ["random", "popularity", "density", "similar_places", "liantu"]
    assert all(list(one) == ["auc", "hit@10", "mrr"] for one in found["methods"].values())
    mean, low, high = found["liantu_minus_popularity"]["hit@10"]
    assert low <= mean <= high
    assert "第 3/3 折" in out.err
    assert main([str(presence), str(edges), "--folds", "3"]) == 0
    assert "| 链图 |" in capsys.readouterr().out


GOOD_PRESENCE = "place,link\n" + "\n".join(
    f"P{i},L{(i + j) % 7}" for i in range(6) for j in range(5)
)
GOOD_EDGES = "from,to,weight\nL0,L1,3\nL1,L0,2\n"


def test_columns_in_any_order_a_byte_order_mark_and_other_columns(tmp_path: Path) -> None:
    rows = GOOD_PRESENCE.splitlines()[1:]
    presence = "\ufefflink,note,place\n" + "\n".join(
        f"{link},x,{place}" for place, link in (row.split(",") for row in rows)
    )
    arguments = files(tmp_path, presence, GOOD_EDGES)
    assert main([*arguments, "--min-links", "2", "--folds", "2", "--json"]) == 0


@pytest.mark.parametrize(
    ("presence", "edges", "said"),
    [
        ("", GOOD_EDGES, "presence.csv 第 1 行：文件是空的"),
        ("place,link\n", GOOD_EDGES, "presence.csv 第 2 行：只有列名"),
        ("place,name\na,b\n", GOOD_EDGES, "presence.csv 第 1 行：缺少列“link”"),
        ("place,link,link\na,b,c\n", GOOD_EDGES, "列“link”出现 2 次"),
        (GOOD_PRESENCE + "\nP0,L0\n", GOOD_EDGES, "第 32 行：P0、L0 在第 2 行已经有了"),
        (GOOD_PRESENCE + "\nP0\n", GOOD_EDGES, "第 32 行：有 1 格，列名有 2 格"),
        (GOOD_PRESENCE + "\n ,L0\n", GOOD_EDGES, "第 32 行：place 是空的"),
        ("place,link,weight\na,b,许多\n", GOOD_EDGES, "第 2 行：weight 是“许多”，不是数"),
        ("place,link,weight\na,b,\n", GOOD_EDGES, "第 2 行：weight 是“”，不是数"),
        ("place,link,weight\na,b,NaN\n", GOOD_EDGES, "第 2 行：weight 是“NaN”，不是数"),
        ("place,link,weight\na,b,1e999\n", GOOD_EDGES, "第 2 行：weight 是“1e999”，不是数"),
        ("place,link,weight\na,b,-1\n", GOOD_EDGES, "第 2 行：weight 是 -1，小于 0"),
        (",".join(f"c{i}" for i in range(10_000)) + "\n", GOOD_EDGES, "有 10,000 列，最多 50 列"),
        ('place,link\n"a,b\n', GOOD_EDGES, "引号没有配对"),
        ("place,link\na,\0\n", GOOD_EDGES, "不是文本"),
        (GOOD_PRESENCE, "", "edges.csv 第 1 行：文件是空的"),
        (GOOD_PRESENCE, "from,to\nL0,L1\n", "edges.csv 第 1 行：缺少列“weight”"),
        (GOOD_PRESENCE, GOOD_EDGES + "L0,L1,9\n", "edges.csv 第 4 行：L0、L1 在第 2 行已经有了"),
        (GOOD_PRESENCE, "from,to,weight\nX,Y,1\n", "没有一条边的两端都是 presence.csv 里的环节"),
        ("place,link\na,b\n", GOOD_EDGES, "没有一个地方有 5 个以上环节"),
    ],
)
def test_bad_input_says_where_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], presence: str, edges: str, said: str
) -> None:
    assert main([*files(tmp_path, presence, edges), "--json"]) == 2
    out = capsys.readouterr()
    assert said in out.err
    assert out.out == ""
    assert "Traceback" not in out.err


def test_all_faults_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = "place,link,weight\na,b,x\na,c,-1\n"
    assert main(files(tmp_path, bad, "from,to,weight\nL0,L1,?\n")) == 2
    said = capsys.readouterr().err
    assert "presence.csv 第 2 行" in said
    assert "presence.csv 第 3 行" in said
    assert "edges.csv 第 2 行" in said
    many = "place,link,weight\n" + "\n".join(f"a,{i},x" for i in range(500))
    assert main(files(tmp_path, many, GOOD_EDGES)) == 2
    assert "共 500 处" in capsys.readouterr().err


def test_a_missing_file_and_a_wrong_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = files(tmp_path, GOOD_PRESENCE, GOOD_EDGES)
    assert main([str(tmp_path / "nowhere.csv"), arguments[1]]) == 2
    assert "nowhere.csv 第 1 行：没有这个文件" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--folds", "1"])
    assert stopped.value.code == 2
    assert "应为 2 到 1000 的整数，现在是“1”" in capsys.readouterr().err
    assert main([*arguments, "--min-links", "1", "--folds", "900"]) == 2
    assert "不够分 900 折" in capsys.readouterr().err


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    arguments = files(tmp_path, "place\nx\n", GOOD_EDGES)
    ran = subprocess.run(
        [sys.executable, "-m", "chains.backtest", *arguments, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    assert "缺少列“link”" in ran.stderr


def test_every_industry_is_laid_on_sectors_that_exist() -> None:
    sectors = sectors_of()
    assert len(sectors) == 335
    assert all(found and all(1 <= one <= 153 for one in found) for found in sectors.values())


def test_on_a_dense_country_it_leads() -> None:
    """A third of the places of the benchmark's dense matrix, to be quick."""
    present, flows = made(DENSE)
    report = backtest(matrix_of(present[:170]), flows, folds=3)
    for rival in ("popularity", "similar_places"):
        auc, hit = report.gains[rival]
        assert auc.low > 0
        assert hit.low > 0


@pytest.mark.skipif(
    not (EVIDENCE / FIRMS).exists() or not (EVIDENCE / SECTOR_FLOWS).exists(),
    reason="the listed firms are not at hand (LIANTU_EVIDENCE)",
)
def test_what_the_document_promises_on_the_listed_firms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    presence, edges = write_ashare(EVIDENCE, tmp_path)
    assert main([str(presence), str(edges), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["places"], found["links"]) == (110, 335)
    ours, theirs = found["methods"]["liantu"], found["methods"]["similar_places"]
    assert ours["auc"] >= 0.72
    assert ours["hit@10"] >= 0.19
    assert all(ours[name] > theirs[name] for name in ours)
    for rival in ("popularity", "shuffled_edges"):
        assert all(low > 0 for _, low, _ in found[f"liantu_minus_{rival}"].values())
