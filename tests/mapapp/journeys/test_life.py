"""Events reported by hand: written with their evidence, and told in the history."""

import threading
from decimal import Decimal

import pytest

from chains import UnknownName
from mapapp.journeys.bureau import Bureau
from mapapp.journeys.change_history import history_of
from mapapp.journeys.edit_project import create, edit
from mapapp.journeys.life import (
    add_event,
    correct_event,
    national_code_of,
    steps,
    withdraw_event,
)
from mapapp.ledger.headers import Field
from mapapp.ledger.money import Money
from mapapp.ledger.project import InvestmentProject, Stage

GIVEN = {
    Field.NAME: "甲项目",
    Field.COUNTY: "郧阳区",
    Field.CONTRACTED: "1",
    Field.SIGNED: "2025-03",
}


def made(bureau: Bureau, **more: str) -> InvestmentProject:
    outcome = create(bureau, {**GIVEN, **{Field[k]: v for k, v in more.items()}}, "张三")
    assert outcome.project, outcome.problems
    return outcome.project


def test_a_corrected_day_stays_in_the_history(empty_bureau: Bureau) -> None:
    code = made(empty_bureau).project_code
    given = {"stage": "开工", "on": "2025-06", "evidence": "施工许可证 7 号"}
    assert add_event(empty_bureau, code, given, "李四").saved
    project = empty_bureau.store.project(code)
    assert project
    key = steps(project)[1].key
    told = correct_event(
        empty_bureau, code, key, {"on": "2025-07-01", "evidence": "施工许可证 8 号"}, "王五"
    )
    assert str(told.project.reached(Stage.STARTED)) == "2025-07-01"
    newest, _, _ = history_of(empty_bureau, code)
    said = {line.label: (line.old, line.new) for line in newest.fields}["进展"]
    assert "开工 2025-06（依据：施工许可证 7 号）" in said[0]
    assert "开工 2025-07-01（依据：施工许可证 8 号）" in said[1]
    stale = correct_event(empty_bureau, code, key, {"on": "2025-08"}, "赵六")
    assert "刚被别人改过" in stale.problems[""]
    assert not stale.saved


def test_an_increment_raises_the_contracted_investment_and_is_taken_back(
    empty_bureau: Bureau,
) -> None:
    code = made(empty_bureau).project_code
    given = {"stage": "签约", "on": "2026-01", "increment": "0.5", "evidence": "增资协议"}
    told = add_event(empty_bureau, code, given, "李四")
    assert told.project.contracted_investment == Money(Decimal(15_000))
    assert [facts.increments[0].money for facts in empty_bureau.store.facts()] == [
        Money(Decimal(5_000))
    ]
    assert str(empty_bureau.store.facts()[0].signed) == "2025-03"
    assert "增资签约 2026-01，增加5000万元" in str(history_of(empty_bureau, code)[0].fields)
    back = withdraw_event(empty_bureau, code, steps(told.project)[1].key, "李四", True)
    assert back.project.contracted_investment == Money(Decimal(10_000))


def test_an_edit_of_the_signing_leaves_the_increment_alone(empty_bureau: Bureau) -> None:
    code = made(empty_bureau).project_code
    add_event(empty_bureau, code, {"stage": "签约", "on": "2026-01", "increment": "0.5"}, "李四")
    now = empty_bureau.store.project(code)
    assert now
    edited = edit(empty_bureau, code, now.row_version, {Field.SIGNED: "2025-04"}, "李四").project
    assert edited
    assert [(str(e.on), bool(e.increment)) for e in edited.events] == [
        ("2025-04", False),
        ("2026-01", True),
    ]


@pytest.mark.parametrize(
    ("given", "entry", "says"),
    [
        ({"stage": "在天上"}, "stage", "没有叫"),
        ({"stage": "开工", "on": "改天"}, "on", "不是日期"),
        ({"stage": "签约", "on": "2026-01", "increment": "很多"}, "increment", "不是一个数"),
        ({"stage": "开工", "note": "长" * 1001}, "note", "最多 1000 个"),
        ({"stage": "签约", "on": "2025-05"}, "", "已经记过"),
    ],
)
def test_what_cannot_stand_is_said_at_its_entry(
    empty_bureau: Bureau, given: dict[str, str], entry: str, says: str
) -> None:
    project = made(empty_bureau)
    told = add_event(empty_bureau, project.project_code, given, "李四")
    assert not told.saved
    assert says in told.problems[entry]
    assert empty_bureau.store.project(project.project_code) == project


def test_events_out_of_order_are_kept_and_told(empty_bureau: Bureau) -> None:
    code = made(empty_bureau).project_code
    told = add_event(empty_bureau, code, {"stage": "开工", "on": "2025-01"}, "李四")
    assert told.saved
    assert told.remarks == ("开工（2025-01）早于签约（2025-03），请核对",)


def test_an_unknown_project_names_the_nearest(empty_bureau: Bureau) -> None:
    with pytest.raises(UnknownName):
        add_event(empty_bureau, "没有", {"stage": "开工"}, "李四")


def test_what_two_report_at_once_is_both_kept(empty_bureau: Bureau) -> None:
    code = made(empty_bureau).project_code
    stages = ["开工", "入统", "竣工", "投产"]

    def report(n: int) -> None:
        given = {"stage": stages[n], "on": f"2025-0{n + 4}", "evidence": f"证 {n}"}
        assert add_event(empty_bureau, code, given, f"写者{n}").saved

    threads = [threading.Thread(target=report, args=(n,)) for n in range(len(stages))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    project = empty_bureau.store.project(code)
    assert project
    assert [event.evidence for event in project.events] == ["", "证 0", "证 1", "证 2", "证 3"]


def test_a_national_code_says_when_and_where(empty_bureau: Bureau) -> None:
    fits = made(empty_bureau, NATIONAL_CODE="23044419000401135254")
    assert fits.national_code == "2304-441900-04-01-135254"
    assert national_code_of(empty_bureau, fits) == "2023-04 在广东省东莞市赋码"
    wrong = made(empty_bureau, NATIONAL_CODE="2304-420302-04-01-135250")
    assert "茅箭区赋码；" in national_code_of(empty_bureau, wrong)
    assert "校验位对不上" in national_code_of(empty_bureau, wrong)
    refused = create(empty_bureau, {**GIVEN, Field.NATIONAL_CODE: "备案中"}, "张三")
    assert "20 位数字" in refused.problems[Field.NATIONAL_CODE]
    assert "没有读" not in refused.problems[Field.NATIONAL_CODE]


def test_terms_are_typed_and_refused_at_their_fields(empty_bureau: Bureau) -> None:
    project = made(
        empty_bureau, LAND="120", JOBS="约300人", AGREEMENT="框架协议", TAGS="百日攻坚、领导出访",
        PARTIES="乙公司", ORIGIN="浙江省杭州市", OFFICE="上海招商专班", BROUGHT_BY="上海推介会",
        FIXED_ASSET="0.8", TAX="600",
    )  # fmt: skip
    assert (project.land, project.jobs, project.tags) == (
        Decimal(120), 300, ("百日攻坚", "领导出访"),
    )  # fmt: skip
    assert project.fixed_asset_investment == Money(Decimal(8_000))
    assert project.expected_tax == Money(Decimal(600))
    for field, text in (("LAND", "一块"), ("JOBS", "若干"), ("AGREEMENT", "口头"), ("TAX", "很多")):
        refused = create(empty_bureau, {**GIVEN, Field[field]: text}, "张三")
        assert list(refused.problems) == [Field[field]]
        assert "没有读" not in refused.problems[Field[field]]
