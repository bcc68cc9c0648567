"""Commands that set a city up and serve it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mapapp.cli.command import common, open_city, settings_of

if TYPE_CHECKING:
    from mapapp.journeys.bureau import Bureau


@click.command()
@common
@click.option("--host", help="监听的地址，默认 127.0.0.1；没有账号时只能是本机。")
@click.option("--port", type=click.IntRange(1, 65535), help="端口，默认 5000。")
def serve(db: str | None, city: str | None, host: str | None, port: int | None) -> None:
    """启动网页服务，能访问时打印网址。"""
    from mapapp import server

    settings = settings_of(db, city)
    server.serve(
        replace(settings, host=host or settings.host, port=port or settings.port), click.echo
    )


@click.command()
@common
def prepare(db: str | None, city: str | None) -> None:
    """建好边界缓存和数据库；库是空的而本市带样例时，装入样例。不动已有数据。"""
    from mapapp.journeys import country_map, load_sample

    bureau = open_city(db, city)
    click.echo(f"{bureau.city.name}：{len(bureau.boundaries)} 个县市区的边界已就绪。")
    click.echo(f"全国：{country_map.prepare(bureau)} 个地市的边界已就绪。")
    if not bureau.store.is_empty():
        click.echo("数据库里已有数据，原样保留。")
    elif load_sample.has_sample(bureau):
        click.echo(_loaded(bureau))
    else:
        click.echo("数据库是空的，请导入台账：python -m mapapp import 台账.xlsx")


@click.command("load-sample")
@common
def load_sample_command(db: str | None, city: str | None) -> None:
    """把样例数据装入空库（只有十堰带样例）。"""
    click.echo(_loaded(open_city(db, city)))


def _loaded(bureau: Bureau) -> str:
    from mapapp.journeys.load_sample import load_sample

    done = load_sample(bureau)
    return (
        f"已装入样例：{done.projects} 个项目、{done.enterprises} 家企业、"
        f"{done.promotion_events} 场活动、{done.reported_figures} 条公开数据。"
    )
