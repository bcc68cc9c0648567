"""`python -m chains import EDGES.csv` and `python -m chains export CHAIN`: thin commands."""

import argparse
import re
import sys
from pathlib import Path

from chains._errors import ChainsError
from chains.catalogue import load
from chains.catalogue.chain_file import ID
from chains.catalogue.reading import MOST_BYTES
from chains.catalogue.writing import chain_text
from chains.edge_list import read_edge_list
from chains.record import chain_json


def main(arguments: list[str] | None = None) -> int:
    """0 when it was done, 2 when the input is wrong (what, where, on stderr)."""
    given = _parser().parse_args(arguments)
    try:
        text = _imported(given) if given.command == "import" else _exported(given)
        if given.output:
            _write(given.output, text)
        else:
            sys.stdout.write(text)
    except ChainsError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chains", description="产业链：由供需关系表建一条链，或把一条链写成 JSON。"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    come = commands.add_parser("import", help="供需关系表（CSV、TSV）写成链文件（YAML）")
    come.add_argument("edges", type=Path, help="列 from, to, share，可有 required、group、return")
    come.add_argument("--id", help="链的代号，小写字母和下划线；默认取自文件名")
    come.add_argument("--name", help="链的全称，默认取自文件名")
    go = commands.add_parser("export", help="一条链连同环节、供需关系、企业写成 JSON")
    go.add_argument("chain", help="产业链的代号或全称")
    go.add_argument("--format", choices=("json", "yaml"), default="json", help="默认 json")
    go.add_argument("--catalogue", type=Path, metavar="文件夹", help="默认本程序自带的链谱")
    for command in (come, go):
        command.add_argument("--output", type=Path, help="写到这个文件，默认打印出来")
    return parser


def _imported(given: argparse.Namespace) -> str:
    """The YAML of an edge list.

    Raises:
        ChainsError: faults in the table, an id that the catalogue would refuse, too large a chain.
    """
    stem = given.output.stem if given.output else given.edges.stem
    plain = "_".join(re.findall("[a-z]+", stem.lower())) or "chain"
    id = given.id or (stem if given.output else plain)
    if not re.fullmatch(ID, id):
        raise ChainsError(f"代号“{id}”只能用小写字母和下划线：请用 --id 另写一个")
    if given.output and (given.output.stem, given.output.suffix) != (id, ".yaml"):
        raise ChainsError(
            f"链文件要叫 {id}.yaml，代号就是文件名：请改 --output（{given.output.name}）或 --id"
        )
    text = chain_text(read_edge_list(given.edges, id, given.name or given.edges.stem))
    if len(text.encode()) > MOST_BYTES:
        raise ChainsError(
            f"{given.edges.name}：写成链文件超过 {MOST_BYTES // 1_000_000} MB，链谱不收：请归并环节"
        )
    return text


def _exported(given: argparse.Namespace) -> str:
    catalogue = load(given.catalogue)
    chain = catalogue.chain(given.chain)
    if given.format == "yaml":
        return chain_text(chain)
    return chain_json(catalogue, chain)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as wrong:
        raise ChainsError(f"写不了 {path}：{wrong.strerror}") from wrong
    print(f"已写入 {path}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
