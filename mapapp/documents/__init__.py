"""Rows to files: XLSX and CSV."""

from mapapp.documents.comma import restore, to_csv
from mapapp.documents.table import Column, Kind, Note, Table, Value
from mapapp.documents.workbook import to_xlsx

__all__ = ["Column", "Kind", "Note", "Table", "Value", "restore", "to_csv", "to_xlsx"]
