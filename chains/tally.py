"""Counting by columns of bits: how many rows have each bit, and which rows were the first few."""

import numpy as np


class Tally:
    """Rows of bits, added up column by column.

    Whole rows are added at once, three of one weight to one of the same and one of twice the
    weight (a carry-save adder), so a row costs five operations on long integers however wide it
    is and however large the counts grow.
    """

    def __init__(self, width: int, keep: int) -> None:
        """`width` columns; the first `keep` rows of each are kept by number."""
        self._width, self._keep = width, keep
        self._planes: list[list[int]] = []
        self._wanting = (1 << width) - 1
        self.first: list[list[int]] = [[] for _ in range(width)]

    def add(self, number: int, row: int) -> None:
        """Count the row called `number`; its bits are the columns."""
        self._name(number, row)
        weight = 0
        while True:
            if weight == len(self._planes):
                self._planes.append([])
            plane = self._planes[weight]
            plane.append(row)
            if len(plane) < 3:
                return
            one, two, three = plane
            odd = one ^ two
            plane[:] = [odd ^ three]
            row = one & two | odd & three
            weight += 1

    def _name(self, number: int, row: int) -> None:
        new = row & self._wanting
        while new:
            bit = new & -new
            kept = self.first[bit.bit_length() - 1]
            kept.append(number)
            if len(kept) == self._keep:
                self._wanting ^= bit
            new ^= bit

    def counts(self) -> list[int]:
        """For each column, the number of rows that have its bit."""
        found = np.zeros(self._width, dtype=np.int64)
        for weight, plane in enumerate(self._planes):
            for row in plane:
                octets = np.frombuffer(row.to_bytes(-(-self._width // 8), "little"), np.uint8)
                bits = np.unpackbits(octets, count=self._width, bitorder="little")
                found += bits.astype(np.int64) << weight
        return [int(count) for count in found]
