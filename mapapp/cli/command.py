"""What every command shares: its options, its refusals, the city it works on, its file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapapp.config import Settings

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau
    from mapapp.journeys.selection import Selection

ACTOR = "命令行"
DAY = click.DateTime(["%Y-%m-%d"])


class Refusal(click.ClickException):
    """What the programme refuses: its reason on stderr, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"错误：{self.format_message()}", err=True, file=file)


class Commands(click.Group):
    """Turns what the house refuses into a message; a traceback would be a bug's."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except Exception as error:
            if isinstance(error, _refusals()):
                raise Refusal(str(error)) from error
            raise


def _refusals() -> tuple[type[Exception], ...]:
    from chains import ChainsError
    from geodata import GeodataError
    from mapapp.cities import CityError
    from mapapp.journeys.chain_sheet import NoTypeface
    from mapapp.journeys.load_sample import SampleError
    from mapapp.journeys.refusals import StoreError
    from mapapp.journeys.selection import UnknownChoice
    from mapapp.ledger.problems import FileRefused
    from mapapp.server import ServeError
    from mapapp.tile_service import TileError

    return (
        ChainsError,
        GeodataError,
        CityError,
        SampleError,
        UnknownChoice,
        FileRefused,
        ServeError,
        TileError,
        StoreError,
        NoTypeface,
    )


def common(command: Callable[..., None]) -> Callable[..., None]:
    """--db and --city, which stand on every command."""
    command = click.option(
        "--db", metavar="URL", help="数据库，默认 instance/ 下本市的 SQLite 文件。"
    )(command)
    return click.option("--city", help="地市的区划代码，默认 420300（十堰）。")(command)


def settings_of(db: str | None, city: str | None) -> Settings:
    """The environment's settings, with what the options change."""
    settings = Settings.from_env(os.environ)
    return replace(settings, city=city or settings.city, database=db or settings.database)


def open_city(db: str | None, city: str | None) -> Bureau:
    """The city's installation that the options mean."""
    from mapapp.journeys.bureau import open_bureau

    return open_bureau(settings_of(db, city))


def select(
    bureau: Bureau, county: str | None, chain: str | None, link: str | None = None
) -> Selection:
    """What the options mean, by the same words as the pages' URLs.

    Raises:
        Refusal: the place is no county.
    """
    from mapapp.journeys.selection import read_selection

    given = {"place": county, "chain": chain, "link": link}
    found = read_selection(bureau, {name: text for name, text in given.items() if text})
    if found.zone or found.unassigned:
        raise Refusal(f"“{county}”不是县市区，--county 可用：{_counties(bureau)}")
    return found


def read_upload(path: Path) -> bytes:
    """What a page would be sent of this file: one byte more than it takes, so that it can tell."""
    from mapapp.journeys.import_batch import UPLOAD_LIMIT

    with path.open("rb") as stream:
        return stream.read(UPLOAD_LIMIT + 1)


def write_file(path: Path, data: bytes) -> None:
    """Write a file and say so.

    Raises:
        Refusal: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Refusal(f"写不了 {path}：{error.strerror}") from error
    click.echo(f"已写入 {path}", err=True)


def print_json(value: object) -> None:
    """Indented, Chinese as it is; never a number that JSON does not know."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def _counties(bureau: Bureau) -> str:
    pairs = zip(bureau.boundaries.county_codes, bureau.boundaries.county_names, strict=True)
    return "、".join(f"{name}（{code}）" for code, name in pairs)
