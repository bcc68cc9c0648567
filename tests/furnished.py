"""An office's desk after some weeks: the sample, and one of everything that has a page of its own.

All of it is made through the pages, as an office does.
"""

import io
import re

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from mapapp.jobs import Progress
from mapapp.journeys import export
from mapapp.journeys.export import Export
from mapapp.web.state import bureau
from mapapp.web.work import runner
from tests.mapapp.office import fill

Arguments = dict[str, str]
CHAIN = "power_battery"
LEDGER = (
    "项目编号,项目名称,县市区,投资额（亿元）,状态,责任单位\r\n"
    "T1,测试用动力电池隔膜项目,郧阳区,3.2,签约,经信局\r\n"
    "T2,测试用车桥项目,张湾区,1,在谈,商务局\r\n"
    "T3,没有这个区的项目,武汉,1,签约,商务局\r\n"
)
SITES = (
    "载体编号,载体名称,类型,县市区,占地面积（亩）,供水,供电,来源\r\n"
    "S1,测试产业园,园区,郧阳区,1200,日供2万吨,双回路110kV,测试用\r\n"
    "S2,测试星空,星空,房县,1,,,测试用\r\n"
)
REGISTER = "城市,环节,企业\n襄阳,电解液,测试用企业\n襄阳,没有这个环节,乙\n"


def furnish(app: Flask) -> dict[str, Arguments]:
    """Fill the application's ledger; what the pages made here are called, by endpoint.

    Sets `WTF_CSRF_ENABLED` and `AT_ONCE` of the application.
    """
    app.config.update(WTF_CSRF_ENABLED=False, AT_ONCE=60)
    desk = app.test_client()
    made: dict[str, Arguments] = {}
    for part in (_outreach, _week, _rate, _duplicates, _imports, _sites, _catalogue, _register,
                 _collection, _work):  # fmt: skip
        made |= part(desk)
    return made


def _outreach(desk: FlaskClient) -> dict[str, Arguments]:
    rule = {"title": "上海专班拜访", "near": "上海招商专班", "roadshow": "310000", "per_link": "1"}
    made = _post(desk, f"/lists?chain={CHAIN}", rule).location
    row = _found(r"/rows/(\d+)", desk.get(made).text)
    number = made.rpartition("/")[2]
    told = {"version": "1", "状态": "已拜访", "本次日期": "2026-03-02", "对方": "投资部",
            "谈了什么": "看地、问水电",
            "下一步": "发载体清单", "下一步期限": "2026-03-20"}  # fmt: skip
    _post(desk, f"{made}/rows/{row}", told)
    form = desk.get(f"{made}/form.xlsx").data
    returned = _upload(desk, f"{made}/returns", form, "接洽情况表.xlsx").rpartition("/")[2]
    given = {"name": "测试用推介会", "date": "2026-11", "city": "上海", "kind": "推介会"}
    event = _post(desk, "/events/new", given).location
    contract = {"version": "1", "contract": "投资协议", "project": "新项目", "amount": "2.5"}
    _post(desk, f"{event}/signings", contract)
    list_, event = {"id": number}, event.rpartition("/")[2]
    return {
        "target_lists.show": list_,
        "target_lists.renew": list_,
        "target_lists.firm": list_ | {"row": row},
        "target_lists.returned": list_ | {"number": returned},
        "events.one": {"id": event},
        "events.edit": {"id": event},
    }


def _week(desk: FlaskClient) -> dict[str, Arguments]:
    page = desk.get("/weekly?on=2023-07-03").text
    code = _found(r'name="next:([^"]+)"', page)
    sent = {"on": "2023-07-03", "title": "7 月第一周调度", "note": "重点看开工",
            f"was:{code}": _found(rf'name="was:{code}" value="([^"]*)"', page),
            f"next:{code}": "办用地手续", f"due:{code}": "2023-07-10"}  # fmt: skip
    number = _post(desk, "/weekly", sent).location.rpartition("/")[2]
    return {"weekly.meeting": {"id": number}, "following.project": {"code": code}}


def _rate(desk: FlaskClient) -> dict[str, Arguments]:
    rate = {"currency": "USD", "on": "2023-06-30", "yuan": "7.2258", "source": "测试用"}
    _post(desk, "/rates", rate)
    return {}


def _duplicates(desk: FlaskClient) -> dict[str, Arguments]:
    """One pair merged, and one that waits."""
    for name in (
        "测试用动力电池回收项目",
        "测试用动力电池回收项目（暂名）",
        "测试用动力电池回收项目（二）",
    ):
        page = desk.get("/editing/new").text
        fields = dict.fromkeys(
            re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page), ""
        )
        for field, value in (
            ("项目名称", name),
            ("县市区", "房县"),
            ("企业名称", "测试用鸿泰公司"),
        ):
            assert field in fields, f"新增项目的表里没有 {field}：{sorted(fields)}"
            fields[field] = value
        _post(desk, "/editing/new", fields)
    desk.post("/duplicates/find")
    page = desk.get("/duplicates").text
    survivor, loser = _found_pair(page)
    page = desk.get(f"/duplicates/merge?survivor={survivor}&loser={loser}").text
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    _post(desk, "/duplicates/merge", sent)
    desk.post("/duplicates/find")
    survivor, loser = _found_pair(desk.get("/duplicates").text)
    return {
        "duplicates.choose": {"survivor": survivor, "loser": loser},
        "duplicates.plan": {"id": "1"},
    }


def _found_pair(page: str) -> tuple[str, str]:
    found = re.search(r'name="first" value="([^"]+)".*?name="second" value="([^"]+)"', page, re.S)
    assert found, "没有疑似重复"
    return found[1], found[2]


def _imports(desk: FlaskClient) -> dict[str, Arguments]:
    """One import that is written, and one that waits as a preview."""
    addresses = []
    for sender in ("经信局", "商务局"):
        at = _upload(desk, "/imports", LEDGER.encode(), f"{sender}.csv", sender=sender)
        _wait(desk, at)
        desk.post(f"{at}/mapping", data={})
        _wait(desk, at)
        addresses.append(at)
        if len(addresses) == 1:
            _post(desk, f"{at}/confirm", {})
            _wait(desk, at)
    written, waiting = ({"id": at.rpartition("/")[2]} for at in addresses)
    return {
        "imports.show": waiting,
        "imports.mapping": waiting,
        "imports.plan_undo": written,
    }


def _wait(desk: FlaskClient, address: str) -> None:
    """Until the work on an upload is over."""
    with desk.application.app_context():
        job = runner().of(address.rpartition("/")[2])
        assert job
        runner().wait(job.id, 60)


def _sites(desk: FlaskClient) -> dict[str, Arguments]:
    place = _upload(desk, "/sites/import", SITES.encode(), "载体.csv")
    _post(desk, place, {"seen": _seen(desk, place)})
    batch = _found(r"/sites/import/(\d+)/undo", desk.get("/sites/import").text)
    again = SITES.replace("1200", "1300").encode()
    file = _upload(desk, "/sites/import", again, "载体二.csv").rpartition("/")[2]
    return {
        "sites.site": {"id": "1"},
        "sites.preview": {"file": file},
        "undoing.plan_sites": {"batch": batch},
    }


def _catalogue(desk: FlaskClient) -> dict[str, Arguments]:
    book = load_workbook(io.BytesIO(desk.get(f"/chain/edit/workbook.xlsx?chain={CHAIN}").data))
    book["供需关系"]["C2"] = 0.123
    file = io.BytesIO()
    book.save(file)
    place = _upload(desk, "/chain/edit", file.getvalue(), "链谱.xlsx")
    return {"catalogue.preview": {"file": place.rpartition("/")[2]}}


def _register(desk: FlaskClient) -> dict[str, Arguments]:
    place = _upload(desk, "/gaps/register", REGISTER.encode(), "外地.csv")
    return {"feasibility.preview": {"file": place.rpartition("/")[2]}}


def _collection(desk: FlaskClient) -> dict[str, Arguments]:
    """A round with one return written down and one that waits."""
    form = {"title": "十一月进展", "kind": "place", "to-place": ["420304", "420302"]}
    place = _post(desk, "/collection", form).location
    numbers = []
    for dispatch, title in ((1, "新进展"), (2, "开工了")):
        book = desk.get(f"{place}/{dispatch}.xlsx").data
        back = _upload(
            desk, f"{place}/return", fill(book, (_first_code(book), "备注", title)), "回.xlsx"
        )
        numbers.append(back.rpartition("/")[2])
    written = f"{place}/returns/{numbers[0]}"
    _post(desk, written, {"seen": _seen(desk, written)})
    round_ = {"id": place.rpartition("/")[2]}
    return {
        "collection.round": round_,
        "collection.returned": round_ | {"number": numbers[1]},
        "undoing.plan_return": round_ | {"number": numbers[0]},
    }


def _first_code(book: bytes) -> str:
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    return str(rows[1][rows[0].index("项目编号")])


def _work(desk: FlaskClient) -> dict[str, Arguments]:
    file = Export("项目.csv", "projects.csv", "text/csv", LEDGER.encode())

    def write(told: Progress) -> str:
        export.keep(here, told.job, file)
        return "“项目.csv”已经备好。"

    with desk.application.app_context():
        here = bureau()
        job = runner().submit("export", "/projects", "测试", write)
        runner().wait(job.id, 60)
    return {"work.page": {"id": job.id}}


def _post(desk: FlaskClient, address: str, data: dict):  # type: ignore[no-untyped-def, type-arg]
    answer = desk.post(address, data=data)
    assert answer.status_code in (302, 303), f"{address}：{answer.status_code}\n{answer.text}"
    return answer


def _upload(desk: FlaskClient, address: str, data: bytes, name: str, **more: str) -> str:
    """Send a file; where it leads."""
    answer = _post(desk, address, {"file": (io.BytesIO(data), name), **more})
    return str(answer.location)


def _seen(desk: FlaskClient, address: str) -> str:
    return _found(r'name="seen" value="(\w+)"', desk.get(address).text)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]
