"""The bulletin of the sample: figures counted by hand, the paper as Word and as PDF, templates."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from mapapp.cli import main
from mapapp.documents.official import OfficialDocument
from mapapp.documents.word_template import check, fill
from mapapp.journeys.bulletin import bulletin, in_words
from mapapp.journeys.bulletin_file import (
    TemplateRefused,
    bulletin_file,
    own_template,
    put_template,
    template_in_force,
)
from mapapp.journeys.bulletin_template import known_names, shipped_template
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.statistics_table import SHOWN
from mapapp.ledger.dates import Period
from tests.mapapp.documents.soffice import converted, pages

DOCS = Path(__file__).parents[3] / "docs" / "bulletin.md"
YEAR = Period.parse("2022")


def cells(data: bytes) -> list[str]:
    tables = Document(BytesIO(data)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_the_year_2022_of_the_sample_by_hand(bureau: Bureau) -> None:
    """Six of the sample's signings are dated 2022: 50.5, 120 and 10 亿元, three without amount
    but one (projects.csv: signed 2022…), none of them started by the end of the year."""
    found = bulletin(bureau, YEAR)
    assert found.title == "十堰市2022年招商引资情况通报"
    assert found.opening[0] == (
        "2022年，全市新签约项目6个，签约金额180.50亿元；新引进项目0个，投资总额0.00亿元。"
    )
    assert found.opening[1] == "签约项目中，落地率0.0%，开工率0.0%，入统率0.0%。"
    assert "占签约项目50.0%，占金额94.5%" in found.opening[2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-06", "2023年6月"),
        ("2023Q2", "2023年第二季度"),
        ("2023H1", "2023年上半年"),
        ("2023", "2023年"),
        ("2021-2023", "2021年1月1日至2023年12月31日"),
    ],
)
def test_periods_in_words(text: str, words: str) -> None:
    assert in_words(Period.parse(text)) == words


def test_the_paper_has_the_page_s_numbers(bureau: Bureau) -> None:
    found = bulletin(bureau, YEAR)
    export = bulletin_file(bureau, found, "docx")
    assert export.name == "十堰市2022年招商引资情况通报.docx"
    said = cells(export.data)
    for item in found.parts["county"].rows:
        place = said.index(item.label)
        assert said[place + 1] == str(item.row.count("signed_projects"))
        assert said[place + 3] == f"{item.row.yi('contracted_investment'):,.2f}"
    paper = Document(BytesIO(export.data))
    text = "\n".join(line.text for line in paper.paragraphs)
    assert all(line in text for line in found.opening)
    assert "{{" not in text
    assert "{%" not in text + "".join(said)
    assert len(paper.inline_shapes) == 2


def test_the_workbook_has_numbers_as_numbers(bureau: Bureau) -> None:
    found = bulletin(bureau, YEAR)
    sheet = load_workbook(BytesIO(bulletin_file(bureau, found, "xlsx").data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (whole,) = [row for row in rows if row[:2] == ["全市", "全市"]]
    assert whole[2] == 6
    assert float(whole[3]) == 180.5
    assert not any(str(value).startswith("=") for row in rows for value in row)


def test_it_prints(bureau: Bureau, tmp_path: Path) -> None:
    data = bulletin_file(bureau, bulletin(bureau, YEAR), "docx").data
    text = "".join(pages(converted(data, "docx", tmp_path)))
    assert "�" not in text
    for words in ("十堰市2022年招商引资情况通报", "按产业链", "按县市区", "180.50", "丹江口市"):
        assert words in re.sub(r"\s", "", text), words


def test_a_user_s_own_template(empty_bureau: Bureau) -> None:
    paper = OfficialDocument("{{ city }}招商简报")
    paper.paragraph("{{ whole.signed_projects }}个，{{ period }}")
    assert own_template(empty_bureau) is None
    put_template(empty_bureau, paper.data(), "简报.docx", "甲")
    export = bulletin_file(empty_bureau, bulletin(empty_bureau, YEAR), "docx")
    text = "\n".join(line.text for line in Document(BytesIO(export.data)).paragraphs)
    assert "十堰市招商简报" in text
    assert "0个，2022年" in text
    put_template(empty_bureau, None, "", "甲")
    assert own_template(empty_bureau) is None
    assert cells(template_in_force(empty_bureau)) == cells(shipped_template("十堰市"))


def hostile(place: str) -> bytes:
    paper = OfficialDocument("通报")
    paper.paragraph(place)
    return paper.data()


def with_member(name: str, data: bytes) -> bytes:
    stream = BytesIO(hostile("{{ title }}"))
    with ZipFile(stream, "a", ZIP_DEFLATED) as file:
        file.writestr(name, data)
    return stream.getvalue()


LINKED = b'<Relationships><Relationship Id="r" Type="x/attachedTemplate" Target="http://a/b.dotm" TargetMode="External"/></Relationships>'  # noqa: E501


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"not a file", "不是 Word 文件"),
        (hostile("{{ 不认识 }}"), "不认识"),
        (hostile("{{ title"), "花括号"),
        (hostile("{{ title.__class__.__mro__ }}"), "填不进去"),
        (hostile("{{ whole.nothing }}"), "填不进去"),
        (with_member("word/vbaProject.bin", b"x"), "宏"),
        (with_member("word/_rels/settings.xml.rels", LINKED), "链接了外面"),
        (with_member("word/media/huge.bin", b"0" * 41 * 1024 * 1024), "太大"),
    ],
)
def test_templates_that_are_refused_say_why(empty_bureau: Bureau, data: bytes, words: str) -> None:
    with pytest.raises(TemplateRefused, match=words):
        put_template(empty_bureau, data, "x.docx", "甲")
    assert own_template(empty_bureau) is None


def test_ledger_text_is_no_template() -> None:
    data = fill(hostile("{{ title }}"), {"title": "{{ 7*7 }}<w:p/>\x01&"}, {})
    assert "{{ 7*7 }}<w:p/>&" in "\n".join(p.text for p in Document(BytesIO(data)).paragraphs)


def test_the_shipped_template_passes_its_own_check_and_docs_name_every_name() -> None:
    check(shipped_template("十堰市"), known_names())
    page = DOCS.read_text("utf-8")
    for name, words in known_names().items():
        assert f"| `{name}` | {words} |" in page, name
    for figure in SHOWN:
        assert f"`{figure}`" in page, figure


def test_pages(client: FlaskClient) -> None:
    page = client.get("/bulletin?of=2022").get_data(as_text=True)
    assert "180.50" in page
    (link,) = set(
        re.findall(
            r'href="(/statistics/list\?[^"]*key=420304[^"]*signed_projects[^"]*|/statistics/list\?[^"]*figure=signed_projects[^"]*key=420304[^"]*)"',
            page,
        )
    )
    listed = client.get(link.replace("&amp;", "&")).get_data(as_text=True)
    assert "郧阳区 · 签约项目" in listed
    assert "2 个" in listed
    assert "与公布数字对照" in client.get("/bulletin?of=2023H1").get_data(as_text=True)
    assert client.get("/bulletin").status_code == 200
    assert client.get("/bulletin?of=去年").status_code == 404
    assert client.get("/bulletin/file/docx?of=2022").data.startswith(b"PK")
    assert client.get("/bulletin/file/pdf?of=2022").status_code == 404
    assert client.get("/bulletin/template").data.startswith(b"PK")


def test_the_command(bureau: Bureau, tmp_path: Path) -> None:
    db = str(bureau.settings.database_url)
    out = tmp_path / "通报.docx"
    run = CliRunner().invoke(main, ["bulletin", "--of", "2022", "--output", str(out), "--db", db])
    assert run.exit_code == 0, run.output
    assert out.read_bytes().startswith(b"PK")
    wrong = CliRunner().invoke(main, ["bulletin", "--of", "去年", "--output", str(out), "--db", db])
    assert wrong.exit_code == 2
