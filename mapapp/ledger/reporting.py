"""What a round of reporting is: prefilled workbooks go out, come back, and are put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ReceiverKind(StrEnum):
    """By what a round divides the ledger."""

    PLACE = "place"
    DEPARTMENT = "department"

    @property
    def label(self) -> str:
        return {"place": "区县", "department": "责任单位"}[self.value]


@dataclass(frozen=True, slots=True)
class ReportRound:
    """One time of sending out; `due` is the day by which the workbooks should be back."""

    id: int
    title: str
    kind: ReceiverKind
    due: date | None
    sent_by: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One receiver's workbook of a round. receiver is a division code, or a name."""

    id: int
    round: int
    receiver: str
    name: str
    token: str
    projects: int
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A row of a workbook: what its cells said when both sides last agreed on them.

    project_code and version are None for a blank row that no project has come from yet; version
    is the project's when the workbook went out, whatever has happened since.
    """

    id: str
    project_code: str | None
    version: int | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportReturn:
    """A workbook that came back. batch is None until somebody confirms it."""

    id: int
    dispatch: int
    file: int
    file_name: str
    batch: int | None
    updated: int
    inserted: int
    kept: int
    rejected: int
    returned_by: str
    returned_at: datetime


_TOKEN = re.compile(r"LT1-(\d{6})-(\d{1,9})-(\d{1,9})-[A-Za-z0-9_~]{20,60}")


@dataclass(frozen=True, slots=True)
class TokenParts:
    """What a token says of itself; only the store knows whether that is true."""

    city: str
    round: int
    dispatch: int


def make_token(city: str, round: int, dispatch: int, secret: str) -> str:
    """The token of a workbook; the secret makes it unguessable."""
    return f"LT1-{city}-{round}-{dispatch}-{secret}"


def read_token(text: str) -> TokenParts | None:
    """What a token says; None where the text is no token."""
    match = _TOKEN.fullmatch(text)
    return TokenParts(match[1], int(match[2]), int(match[3])) if match else None
