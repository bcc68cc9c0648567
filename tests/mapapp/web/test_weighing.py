"""权重与口径 on the page: tried in the address, set by a form, said wherever scores are shown."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from mapapp import create_app
from mapapp.journeys.bureau import Bureau

TRY = "criticality.dependence=25&criticality.cut=30"
FORM = {"criticality.dependence": "25", "criticality.cut": "30", "note": "会议"}


@pytest.fixture
def own(empty_bureau: Bureau) -> FlaskClient:
    application = create_app(bureau=empty_bureau)
    application.testing = True
    application.config["WTF_CSRF_ENABLED"] = False
    return application.test_client()


def text(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.get_data(as_text=True))


def test_every_weight_and_both_tables_are_there(client: FlaskClient) -> None:
    found = text(client, "/weights?chain=power_battery&link=动力电芯")
    for words in (
        "criticality.cut",
        "stage.签约",
        "feasibility.push",
        "无论动哪个",
        "动力电芯，前",
    ):
        assert words in found
    assert "设为本市的权重" not in found


def test_the_address_keeps_only_what_was_changed(client: FlaskClient) -> None:
    response = client.get(f"/weights?try=1&hops=3&{TRY}&chain=power_battery")
    assert response.status_code == 302
    assert response.location == f"/weights?chain=power_battery&{TRY}"
    assert "名次怎么变" in text(client, response.location)


def test_a_wrong_trial_is_said_and_kept(client: FlaskClient) -> None:
    found = text(client, "/weights?criticality.cut=99&hops=<b>")
    assert "之和要等于 100" in found
    assert 'value="99"' in found
    assert "设为本市的权重" not in found


def test_what_is_set_is_said_wherever_scores_are_shown(own: FlaskClient) -> None:
    assert own.post("/weights", data=FORM).status_code == 303
    for address in ("/", "/chain?chain=power_battery", "/gaps", "/targets",
                    "/what-if?chain=power_battery"):  # fmt: skip
        assert "与程序默认不同：" in text(own, address), address
    found = text(own, "/weights")
    assert "会议" in found
    assert "恢复本市配置" in found
    own.post("/weights", data={"reset": "1"})
    assert "与程序默认不同：" not in text(own, "/gaps")


def test_a_wrong_form_sets_nothing(own: FlaskClient, empty_bureau: Bureau) -> None:
    response = own.post("/weights", data={"criticality.cut": "99"})
    assert response.status_code == 303
    assert "之和要等于 100" in text(own, response.location)
    assert not empty_bureau.store.weights.settings()


def test_a_form_from_elsewhere_is_refused(client: FlaskClient, bureau: Bureau) -> None:
    assert client.post("/weights", data=FORM).status_code == 400
    assert not bureau.store.weights.settings()
