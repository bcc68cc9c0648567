"""Rows to files: XLSX, CSV, GeoPackage; documents as PDF, Word file and long picture; forms to be
filled in and sent back."""

from mapapp.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    NewPage,
    OnePage,
    Paragraph,
    Picture,
)
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
from mapapp.documents.geopackage import Layer, to_geopackage
from mapapp.documents.long_picture import to_long_png
from mapapp.documents.pdf_paper import to_pdf
from mapapp.documents.pocket_page import Leaf, Section, to_pocket_page
from mapapp.documents.table import Column, Kind, Note, Table, Value
from mapapp.documents.word_paper import to_docx
from mapapp.documents.workbook import to_xlsx
from mapapp.ledger.quoting import restore

__all__ = [
    "KEY_TITLE",
    "TOKEN_SHEET",
    "VERSION_TITLE",
    "Block",
    "Bullets",
    "Column",
    "Document",
    "EditColumn",
    "EditSheet",
    "Facts",
    "Form",
    "FormColumn",
    "FormRow",
    "Grid",
    "Heading",
    "Kind",
    "Layer",
    "Leaf",
    "NewPage",
    "Note",
    "OnePage",
    "Paragraph",
    "Picture",
    "Section",
    "Table",
    "Value",
    "restore",
    "to_csv",
    "to_docx",
    "to_form",
    "to_geopackage",
    "to_long_png",
    "to_pdf",
    "to_pocket_page",
    "to_workbook",
    "to_xlsx",
]
