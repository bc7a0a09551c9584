"""Error pages: right status, right language, never failing themselves."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page, check_page

CODES = [400, 403, 404, 405, 409, 413, 422, 429, 500, 503]
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_status_has_its_page(client: FlaskClient, code: int, language: str) -> None:
    client.set_cookie("language", language)
    response = client.get(f"/abort/{code}")
    assert response.status_code == code
    check_page(response.text, f"{code}")
    page = Page(response.text)
    assert "028-0000 0000" in page.main or "+86 28 0000 0000" in page.main
    assert ("请" in page.main) == (language == "zh")


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("rule", 422, "这一步现在不能办理"),
        ("right", 403, "只有<市经济合作局>可以办理"),
        ("row", 404, "页面不存在"),
        ("often", 429, "请稍后再试"),
    ],
)
def test_refusals_that_reach_no_form_become_pages(
    client: FlaskClient, kind: str, status: int, words: str
) -> None:
    response = client.get(f"/refuse/{kind}")
    assert response.status_code == status
    assert words in Page(response.text).main


def test_a_fault_of_ours_shows_the_number_in_the_log_and_nothing_else(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    response = client.get("/refuse/fault")
    assert response.status_code == 500
    assert response.headers["X-Request-Id"] in response.text
    assert "RuntimeError" not in response.text


def test_an_error_page_is_drawn_when_nobody_can_be_asked_who_is_there(fresh_app: Flask) -> None:
    @fresh_app.context_processor
    def broken() -> dict[str, object]:
        class Nobody:
            @property
            def is_authenticated(self) -> bool:
                raise ConnectionError("the database is down")

        return {"current_user": Nobody()}

    response = fresh_app.test_client().get("/nowhere")
    assert response.status_code == 404
    check_page(response.text, "/nowhere")


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.get("/preferences/display")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_an_expired_form_keeps_what_was_typed(client: FlaskClient) -> None:
    typed = {"name": "四川<示例>公司", "pillar": ["a", "b"], "password": "secret"}
    response = client.post("/form?step=2", data=typed, headers=OWN)
    assert response.status_code == 400
    page = Page(response.text)
    check_page(response.text, "/form")
    assert page.heading == "表单已过期"
    form = page.form("/form")
    assert form.action == "/form?step=2"
    assert form.fields["name"] == ["四川<示例>公司"]
    assert form.fields["pillar"] == ["a", "b"]
    assert "password" not in form.fields
    again = client.post(form.action, data=form.fields, headers=OWN)
    assert again.status_code == 200


def test_a_form_of_another_site_is_not_offered_again(client: FlaskClient) -> None:
    response = client.post("/form", data={"name": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 400
    assert 'name="name"' not in response.text


@pytest.mark.parametrize(
    ("path", "query"),
    [("/kit\0", ""), ("/\xff", ""), ("/\xe4\xbd", ""), ("/kit", "q=%00"), ("/kit", "q=%C3%28"),
     ("/kit", "%ff=1")],
)  # fmt: skip
def test_unreadable_addresses_are_answered_with_400(
    client: FlaskClient, path: str, query: str
) -> None:
    raw = {"PATH_INFO": path, "QUERY_STRING": query}  # as servers hand them on: latin-1
    response = client.get("/", environ_overrides=raw)
    assert response.status_code == 400
    assert Page(response.text).heading == "无法读取这次请求"


def test_other_hosts_are_answered_with_400(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["portal.example"])
    assert client.get("/kit", headers={"Host": "portal.example"}).status_code == 200
    for host in ("evil.example", "evil.example/portal.example", "portal.example@evil", "a b"):
        response = client.get("/kit", headers={"Host": host})
        assert response.status_code == 400, host
        check_page(response.text, host)


def test_a_request_id_from_outside_is_not_taken(client: FlaskClient) -> None:
    response = client.get("/healthz", headers={"X-Request-Id": "forged"})
    assert response.headers["X-Request-Id"] != "forged"
    assert len(response.headers["X-Request-Id"]) == 16
