"""What was worked out from the ledger, kept for as long as it is true."""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar, cast

MOST = 400
"""Results kept: every chain in every county of a prefecture, and some to spare."""

Worth = TypeVar("Worth")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put the collector of cycles off: what is made here is kept, and to search it for garbage
    again and again while it grows costs a third of the time at 50,000 projects."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        # What was made counts as old, so that the next collection does not search all of it either.
        gc.freeze()
        gc.unfreeze()
        gc.enable()


class Memory:
    """Results of one state of the ledger; all are forgotten when another state is asked for.

    Threads may share it; two may work out the same thing at the same time. What is kept is handed
    out again, so nobody may change it.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._state: Hashable = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def recall(self, state: Hashable, key: Hashable, make: Callable[[], Worth]) -> Worth:
        """What `make` gave for this key in this state; made now where nothing is kept.

        The state has to be asked for before `make` reads: then what is kept may be newer than
        its state, which nobody asks for any more, but never older.
        """
        with self._lock:
            if state != self._state:
                self._state = state
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Worth, self._kept[key])
        with _no_collecting():
            made = make()
        with self._lock:
            if state == self._state:
                self._kept[key] = made
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return made
