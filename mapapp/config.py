"""Settings: read once at start, never at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from mapapp.tile_service import TileService, read_tiles

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What a running Liantu was told.

    instance holds everything that belongs to this installation: the database, the secret key,
    the boundary cache. database is an SQLAlchemy URL. city is a prefecture's division code.
    map_review is the 审图号 printed on maps; none by default. fonts are typefaces, files or
    folders, that are asked before those of the system and of instance/fonts. tiles lie under the
    maps; none by default.
    """

    city: str = "420300"
    database: str = ""
    instance: Path = ROOT / "instance"
    host: str = "127.0.0.1"
    port: int = 5000
    map_review: str = ""
    fonts: tuple[Path, ...] = ()
    tiles: TileService | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """From LIANTU_CITY, LIANTU_DB, LIANTU_INSTANCE, LIANTU_MAP_REVIEW, LIANTU_FONTS (paths with
        the separator of PATH between them), LIANTU_TILES, LIANTU_TILES_DATUM, LIANTU_TILES_NAME.

        Raises:
            TileError: the tiles asked for cannot be used.
        """
        instance = Path(env.get("LIANTU_INSTANCE") or ROOT / "instance")
        return cls(
            city=env.get("LIANTU_CITY") or "420300",
            database=env.get("LIANTU_DB", ""),
            instance=instance,
            map_review=env.get("LIANTU_MAP_REVIEW", ""),
            fonts=tuple(Path(p) for p in env.get("LIANTU_FONTS", "").split(os.pathsep) if p),
            tiles=read_tiles(
                env.get("LIANTU_TILES", ""),
                env.get("LIANTU_TILES_DATUM", ""),
                env.get("LIANTU_TILES_NAME", ""),
            ),
        )

    @property
    def database_url(self) -> str:
        """The database asked for, or the city's own SQLite file."""
        return self.database or f"sqlite:///{self.instance / f'liantu-{self.city}.db'}"

    @property
    def map_notice(self) -> str:
        """What every map says of its review."""
        return f"审图号：{self.map_review}" if self.map_review else "内部工作用图"

    @property
    def geodata(self) -> Path:
        """Folder of the boundary caches."""
        return self.instance / "geodata"


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
