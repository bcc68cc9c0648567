"""The typefaces of this machine: which there are, and which characters they hold.

A character that no typeface holds would be drawn as an empty box, without a word. So they are
asked first: rare characters come from a second typeface, and what none holds is said.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

PAIRS = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("msyh.ttc", "msyhbd.ttc"),
    ("msyh.ttf", "msyhbd.ttf"),
    ("PingFang.ttc", "PingFang.ttc"),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc"),
    ("simhei.ttf", "simhei.ttf"),
    ("STHeiti Light.ttc", "STHeiti Medium.ttc"),
    ("wqy-microhei.ttc", "wqy-microhei.ttc"),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ("DroidSansFallbackFull.ttf", "DroidSansFallbackFull.ttf"),
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
    ("simsun.ttc", "simsun.ttc"),
    ("simsunb.ttf", "simsunb.ttf"),
    ("SimsunExtG.ttf", "SimsunExtG.ttf"),
    ("Songti.ttc", "Songti.ttc"),
    ("HanaMinA.ttf", "HanaMinA.ttf"),
    ("HanaMinB.ttf", "HanaMinB.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
"""Regular and bold files of Linux, Windows and macOS: the first found sets the text, the others
lend it what it lacks."""
INSTALL = (
    "Debian、Ubuntu、麒麟、统信：安装软件包 fonts-noto-cjk；Windows：确认 C:\\Windows\\Fonts 里有"
    "微软雅黑或宋体；或者把字体文件（.ttf、.otf、.ttc）放进 instance/fonts/，"
    "也可以用环境变量 LIANTU_FONTS 指明字体文件或文件夹。改后重新启动"
)
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
_PROBE = "链图产业环节缺薄弱具备"
_RESTRICTED = 0x0002
"""OS/2 fsType: this typeface may not be embedded in a document."""


class NoTypeface(Exception):
    """No typeface with Chinese characters was found on this machine."""


@dataclass(frozen=True)
class Typeface:
    """One face of a font file."""

    path: Path
    number: int

    @cached_property
    def font(self) -> TTFont:
        """The face, its tables read as they are asked for."""
        return TTFont(self.path, fontNumber=self.number, lazy=True)

    @cached_property
    def letters(self) -> dict[int, str]:
        """Code point → glyph."""
        return self.font.getBestCmap() or {}

    @property
    def name(self) -> str:
        """As the font calls itself, in Chinese where it has such a name."""
        table = self.font["name"]
        chinese = table.getName(4, 3, 1, 0x0804)
        return str(chinese or table.getDebugName(4) or self.path.stem)


@dataclass(frozen=True)
class Typefaces:
    """Faces for plain and for bold text, in the order in which they are asked."""

    plain: tuple[Typeface, ...]
    bold: tuple[Typeface, ...]

    def face(self, letter: str, bold: bool = False) -> Typeface | None:
        """The first face that holds a character."""
        faces = self.bold + self.plain if bold else self.plain
        return next((face for face in faces if ord(letter) in face.letters), None)

    def lacking(self, letters: Iterable[str]) -> list[str]:
        """The characters that no face holds."""
        return sorted(c for c in set(letters) if c != " " and self.face(c) is None)


def find_typefaces(own: Sequence[Path]) -> Typefaces:
    """The typefaces of the folders and files given, then those of the system.

    Raises:
        NoTypeface: none of them holds Chinese characters.
    """
    return _find(tuple(own), tuple(_system_folders()))


def named(letters: Collection[str], most: int = 12) -> str:
    """Characters with their code points, as a message names them."""
    shown = [f"{letter}（U+{ord(letter):04X}）" for letter in list(letters)[:most]]
    return "、".join(shown) + (f"等 {len(letters)} 个字" if len(letters) > most else "")


@lru_cache(maxsize=4)
def _find(own: tuple[Path, ...], system: tuple[Path, ...]) -> Typefaces:
    given = [path for place in own for path in _files(place)]
    files = {path.name: path for folder in reversed(system) for path in _files(folder)}
    pairs = [(path, path) for path in given]
    pairs += [(files[a], files.get(b, files[a])) for a, b in PAIRS if a in files]
    plain = [face for path, _ in pairs if (face := _open(path))]
    bold = [face for _, path in pairs if (face := _open(path))]
    lead = next((n for n, face in enumerate(plain) if _chinese(face)), None)
    if lead is None:
        raise NoTypeface(f"这台机器上没有找到中文字体，画不了图。{INSTALL}。")
    return Typefaces(_first(plain, lead), _first(bold, lead if lead < len(bold) else 0))


def _first(faces: Sequence[Typeface], lead: int) -> tuple[Typeface, ...]:
    return (faces[lead], *faces[:lead], *faces[lead + 1 :])


def _chinese(face: Typeface) -> bool:
    return all(ord(letter) in face.letters for letter in _PROBE)


def _open(path: Path) -> Typeface | None:
    """The simplified Chinese face of a file; None where it is no font or may not be embedded."""
    try:
        face = Typeface(path, _simplified(path))
        rights = face.font["OS/2"].fsType if "OS/2" in face.font else 0
        outlines = "glyf" in face.font or "CFF " in face.font
    except (TTLibError, OSError, KeyError, ValueError):
        return None
    return face if outlines and rights & 0x000F != _RESTRICTED else None


def _simplified(path: Path) -> int:
    """Which face of a collection draws characters as they are written in the mainland."""
    if path.suffix.lower() not in {".ttc", ".otc"}:
        return -1
    with TTCollection(path, lazy=True) as collection:
        names = [str(font["name"].getDebugName(4) or "") for font in collection.fonts]
    return next((n for n, name in enumerate(names) if " SC" in name or "简" in name), 0)


def _files(place: Path) -> Iterator[Path]:
    """The font files in a folder and below it, or the file itself."""
    if place.is_file():
        yield place
    elif place.is_dir():
        yield from sorted(p for p in place.rglob("*") if p.suffix.lower() in _ENDINGS)


def _system_folders() -> list[Path]:
    home, environment = Path.home(), os.environ
    windows = [Path(environment["WINDIR"]) / "Fonts"] if environment.get("WINDIR") else []
    if environment.get("LOCALAPPDATA"):
        windows.append(Path(environment["LOCALAPPDATA"]) / "Microsoft" / "Windows" / "Fonts")
    linux = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    linux += [home / ".local/share/fonts", home / ".fonts"]
    mac = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [*windows, *linux, *mac]
