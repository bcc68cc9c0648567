"""Hostile bytes to rows, in a child process under limits. The server never dies of a file."""

from mapapp.intake.limits import DEFAULT, Limits
from mapapp.intake.reader import read

__all__ = ["DEFAULT", "Limits", "read"]
