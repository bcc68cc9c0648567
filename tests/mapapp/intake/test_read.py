"""Hostile and damaged files end in a refusal with its reason; the rest comes out cell by cell."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapapp.intake import Limits, read
from mapapp.intake.biff import counts_from_1904
from mapapp.intake.container import kind_of
from mapapp.intake.limits import DEFAULT
from mapapp.intake.text import read_text
from mapapp.intake.wire import dump, load
from mapapp.ledger.cells import Cell, CellError, RawRow, RawSheet
from mapapp.ledger.problems import FileRefused

LEDGERS = Path(__file__).resolve().parents[2] / "fixtures" / "ledgers"


def refusal(data: bytes, limits: Limits = DEFAULT) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(data, limits)
    return caught.value


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, member: str, content: bytes, level: int = 6) -> bytes:
    """The same archive with one member's content exchanged, or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for item in old.infolist():
            if item.filename != member:
                new.writestr(item.filename, old.read(item))
        new.writestr(member, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "code", "named"),
    [
        ("d04_macro.xlsm", "E_MACRO", "宏"),
        ("d09_pdf_named.xlsx", "E_TYPE", "PDF"),
        ("d11_truncated.xlsx", "E_DAMAGED", "不完整"),
        ("d15_row_number_lie.xlsx", "E_DAMAGED", "行号"),
        ("d17_xxe_file.xlsx", "E_XML_ENTITY", "不安全"),
        ("d19_billion_laughs.xlsx", "E_XML_ENTITY", "不安全"),
        ("d20_zip_bomb_300MB.xlsx", "E_BOMB", "解压"),
        ("d22_zip_slip_members.xlsx", "E_DAMAGED", "文件"),
        ("f01_ssrf.vrt", "E_TYPE", "格式"),
        ("f07_zip_slip_shp.zip", "E_DAMAGED", "文件"),
        ("c13_mixed_encoding.csv", "E_ENCODING", "第5行"),
    ],
)
def test_refused(name: str, code: str, named: str) -> None:
    found = refusal((LEDGERS / name).read_bytes())
    assert (found.code, named in found.message) == (code, True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY_FILE"),
        (b"\xef\xbb\xbf \r\n\r\n", "E_EMPTY_FILE"),
        (b"\x00" * 100, "E_EMPTY_FILE"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "E_HTML_AS_XLS"),
        (b"<?xml version='1.0'?><Workbook/>", "E_TYPE"),
        (b'{"type": "Topology"}', "E_TYPE"),
        (b"\x89PNG\r\n\x1a\n", "E_TYPE"),
        (b"PK\x03\x04" + b"x" * 50, "E_DAMAGED"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "E_ENCRYPTED",
        ),
        ("编号,名称\n1,甲".encode() + b"\xff\xff", "E_ENCODING"),
        ('编号,名称\n1,"甲'.encode(), "E_CSV_QUOTE"),
        ('编号,名称\n1,"甲"乙'.encode(), "E_CSV_QUOTE"),
        (b"a,b\n" * 50_200, "E_TOO_MANY_ROWS"),
        (b"a" * (20 * 2**20 + 1), "E_BOMB"),
    ],
    ids=range(14),
)
def test_refused_by_content(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_directory_that_lies_about_sizes() -> None:
    data = bytearray(repacked(workbook(["a"]), "xl/media/x.bin", b"\0" * 3_000_000))
    central = data.rfind(b"PK\x01\x02")
    data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    local = data.rfind(b"PK\x03\x04")
    data[local + 22 : local + 26] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data)).code == "E_DAMAGED"


def test_an_entity_in_any_encoding() -> None:
    for encoding in ("utf-8", "utf-16"):
        text = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding)
        assert refusal(repacked(workbook(["a"]), "xl/extra.xml", text)).code == "E_XML_ENTITY"


@pytest.mark.parametrize("bad", [b"<worksheet", b"", b"<worksheet><sheetData><row r='x'/>"])
def test_a_broken_sheet(bad: bytes) -> None:
    assert refusal(repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", bad)).code == "E_DAMAGED"


def test_too_slow_and_too_large_are_stopped() -> None:
    rows = b"a,b,c,d,e,f\n" * 50_000
    assert refusal(rows, Limits(memory=40 * 2**20)).code in ("E_BOMB", "E_DAMAGED")
    assert refusal(rows, Limits(seconds=0)).code == "E_BOMB"


def test_a_cell_at_the_far_corner_is_legal_and_keeps_its_row() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = repacked(workbook(["a"]), "xl/worksheets/sheet1.xml", sheet.encode())
    (sheet_read,) = read(data)
    first, last = sheet_read.rows
    assert (first.number, first.cells) == (1, (Decimal(1),))
    assert (last.number, last.cells[-1]) == (1_048_576, Decimal(1))
    assert set(last.cells[:-1]) == {None}


SHEET = "xl/worksheets/sheet1.xml"


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in its first sheet."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(SHEET)
    assert old in text
    return repacked(data, SHEET, text.replace(old, new))


def test_a_sparse_sheet_keeps_rows_formulas_and_what_is_hidden() -> None:
    far = (
        b'<row r="900000" hidden="1"><c r="A900000"><v>7</v></c>'
        b'<c r="C900000"><f>1+1</f></c><c r="Z900000"><v>8</v></c></row></sheetData>'
    )
    (sheet,) = read(changed(workbook([1], [2]), b"</sheetData>", far))
    assert [row.number for row in sheet.rows] == [1, 2, 900_000]
    assert (sheet.rows[2].cells[0], sheet.rows[2].cells[25]) == (Decimal(7), Decimal(8))
    assert sheet.rows[2].formulas == {2: False}
    assert sheet.hidden_rows == {900_000}


def test_two_rows_of_one_number_are_not_taken_for_one() -> None:
    found = refusal(changed(workbook([1], [2]), b'<row r="2"', b'<row r="1"'))
    assert (found.code, "行号" in found.message) == ("E_DAMAGED", True)


@pytest.mark.parametrize("lie", [b'<row r = "99999999999"', b"<row\nr\n=\n'99999999999'"])
def test_a_row_number_that_lies_in_other_words(lie: bytes) -> None:
    found = refusal(changed(workbook([1], [2]), b'<row r="2"', lie))
    assert (found.code, "行号" in found.message) == ("E_DAMAGED", True)


def test_a_macro_by_another_name() -> None:
    data = workbook([1])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    for kind in (b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                 b"application/vnd.ms-office.vbaProject"):  # fmt: skip
        said = b'<Override PartName="/xl/x.bin" ContentType="%s"/></Types>' % kind
        told = repacked(data, "[Content_Types].xml", types.replace(b"</Types>", said))
        assert refusal(told).code == "E_MACRO"


def test_prefilled_formulas_without_a_result_make_no_row() -> None:
    blank = b'<row r="9"><c r="D9" t="str"><f>IF(A9="","",1)</f><v></v></c></row></sheetData>'
    (sheet,) = read(changed(workbook([1], [2]), b"</sheetData>", blank))
    assert [row.number for row in sheet.rows] == [1, 2]


def test_a_huge_cell_comes_only_as_far_as_it_shows_that_it_is_too_long() -> None:
    (sheet,) = read(f"项目编号,说明\nA1,{'长' * 200_000}\n".encode())
    assert len(str(sheet.rows[1].cells[1])) == 32_768


def test_too_much_work_is_told_from_a_broken_file() -> None:
    found = refusal("项目编号\n".encode(), Limits(seconds=0))
    assert (found.code, "秒" in found.message) == ("E_BOMB", True)


@pytest.mark.parametrize("end", ["\x1a", "\0" * 4000])
def test_what_old_programs_leave_behind_a_text_is_no_row(end: str) -> None:
    (sheet,) = read(f"编号,名称\n1,甲\n{end}".encode())
    assert len(sheet.rows) == 2


@pytest.mark.parametrize(
    ("text", "code"), [("="+'"000123"', "000123"), ('="a""b"', '="a""b"')]
)  # fmt: skip
def test_a_code_kept_as_text_in_a_csv(text: str, code: str) -> None:
    assert read_text(f"编号,名称\n{text},甲\n".encode(), DEFAULT)[0].rows[1].cells[0] == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("编号,名称\n1,甲\n".encode("utf-32"), "E_ENCODING"),
        (b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "E_TYPE"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "E_TYPE"),
        (b'<?xml version="1.0"?><office:document><table:table/></office:document>', "E_TYPE"),
        (b'\x1e{"type":"Feature"}\n', "E_DAMAGED"),
    ],
)
def test_files_of_other_programs(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_workbook_cells_keep_what_they_are() -> None:
    data = workbook(
        [None, None],
        [None, "000123", 1.75, 0.1 + 0.2, 123, True, date(2023, 5, 12), "NA", "=1+1"],
    )
    (sheet,) = read(data)
    (row,) = sheet.rows
    assert (sheet.name, sheet.ragged, row.number) == ("Sheet", False, 2)
    cells = row.cells[:8]
    assert cells[:4] == (None, "000123", Decimal("1.75"), Decimal("0.3"))
    assert cells[4:] == (Decimal(123), True, date(2023, 5, 12), "NA")
    assert row.formulas == {8: False}


def test_error_cells_are_errors() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = "#REF!"
    book.active["C2"] = "甲"
    book.active["B2"].data_type = "e"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue())[0].rows[0].cells == (None, CellError("#REF!"), "甲")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_encoding(encoding: str) -> None:
    text = '项目编号,项目名称\r\n000123,𬭊㛃䶮有限公司\r\n\r\n2,"两\r\n行"""\r\n'
    (sheet,) = read(text.encode(encoding))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("项目编号", "项目名称")),
        (2, ("000123", "𬭊㛃䶮有限公司")),
        (4, ("2", '两\r\n行"')),
    ]


def test_gbk_that_happens_to_be_utf8_in_a_line() -> None:
    text = "名称,说明\n联通,通\n十堰市,甲\n"
    assert read_text(text.encode("gbk"), DEFAULT)[0].rows[1].cells == ("联通", "通")


cells = st.one_of(
    st.none(),
    st.text(min_size=1),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.datetimes().map(lambda moment: moment.replace(fold=0)),
    st.times().map(lambda moment: moment.replace(fold=0)),
    st.builds(CellError, st.text()),
)


@given(rows=st.lists(st.lists(cells, max_size=5), max_size=4))
def test_the_wire_loses_nothing(rows: list[list[Cell]]) -> None:
    sheets = [RawSheet("表", tuple(RawRow(n, tuple(row), {0: True}) for n, row in enumerate(rows)))]
    assert repr(load(dump(sheets))) == repr(sheets)


@given(data=st.binary(max_size=400))
def test_no_bytes_break_the_text_reader(data: bytes) -> None:
    with suppress(FileRefused):
        kind_of(data, DEFAULT)
        read_text(data, DEFAULT)


@given(place=st.integers(0, 7000), byte=st.integers(0, 255))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damaged_workbook_breaks_the_parent(place: int, byte: int) -> None:
    data = bytearray((LEDGERS / "a01_baseline.xlsx").read_bytes())
    data[place % len(data)] = byte
    with suppress(FileRefused):
        read(bytes(data))


def test_a_workbook_cut_before_its_directory_is_damaged() -> None:
    whole = (LEDGERS / "d01_legacy.xls").read_bytes()
    for length in (1000, 3000, 5000):
        assert refusal(whole[:length]).code == "E_DAMAGED"


def test_a_biff_workbook_says_where_its_days_begin() -> None:
    for flag in (b"\x01", b"\x00"):
        record = b"\x22\x00\x02\x00" + flag + b"\x00"
        start, end = b"\x09\x08\x02\x00\x00\x06", b"\x0a\x00\x00\x00"
        assert counts_from_1904(start + record + end) is (flag == b"\x01")
