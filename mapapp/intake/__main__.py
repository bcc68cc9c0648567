"""The child process: a file on standard input, its sheets as JSON on standard output."""

from __future__ import annotations

import sys
from dataclasses import replace

from mapapp.intake.container import Kind, kind_of
from mapapp.intake.limits import Limits
from mapapp.intake.wire import dump, dump_refusal
from mapapp.ledger.cells import RawSheet
from mapapp.ledger.problems import FileRefused


def main() -> None:
    """Read one file within the limits given as arguments, in the order of Limits."""
    limits = Limits(*map(int, sys.argv[1:]))
    _confine(limits)
    try:
        answer = dump(_read(sys.stdin.buffer.read(limits.upload + 1), limits))
    except FileRefused as refusal:
        answer = dump_refusal(refusal)
    except MemoryError:
        answer = dump_refusal(
            FileRefused("E_BOMB", "读这个文件要用的内存超过上限（可能解压后过大），不予读取")
        )
    sys.stdout.buffer.write(answer)


def _read(data: bytes, limits: Limits) -> list[RawSheet]:
    """Only the reader that is needed is loaded."""
    kind = kind_of(data, limits)
    match kind:
        case Kind.XLSX:
            from mapapp.intake.workbook import read_workbook as read
        case Kind.XLS:
            from mapapp.intake.old_workbook import read_old_workbook as read
        case Kind.ODS:
            from mapapp.intake.opendocument import read_opendocument as read
        case Kind.GEOJSON:
            from mapapp.intake.geojson import read_geojson as read
        case Kind.GEOPACKAGE:
            from mapapp.intake.geopackage import read_geopackage as read
        case Kind.SHAPEFILE:
            from mapapp.intake.shapefile import read_shapefile as read
        case _:
            from mapapp.intake.text import read_text as read
    return [replace(sheet, form=kind.name.lower()) for sheet in read(data, limits)]


def _confine(limits: Limits) -> None:
    """Let the system stop this process; Windows knows no such limits, there the clock does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    # The soft limit comes first, as SIGXCPU, which tells the parent why; the hard one kills.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
