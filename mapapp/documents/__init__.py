"""Rows to files: XLSX and CSV; forms to be filled in and sent back."""

from mapapp.documents.comma import to_csv
from mapapp.documents.expert_workbook import EditColumn, EditSheet, to_workbook
from mapapp.documents.form import (
    KEY_TITLE,
    TOKEN_SHEET,
    VERSION_TITLE,
    Form,
    FormColumn,
    FormRow,
    to_form,
)
from mapapp.documents.table import Column, Kind, Note, Table, Value
from mapapp.documents.workbook import to_xlsx
from mapapp.ledger.quoting import restore

__all__ = [
    "KEY_TITLE",
    "TOKEN_SHEET",
    "VERSION_TITLE",
    "Column",
    "EditColumn",
    "EditSheet",
    "Form",
    "FormColumn",
    "FormRow",
    "Kind",
    "Note",
    "Table",
    "Value",
    "restore",
    "to_csv",
    "to_form",
    "to_workbook",
    "to_xlsx",
]
