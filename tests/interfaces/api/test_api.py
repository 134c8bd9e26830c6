"""The API: problems in one form, the same grants, and no server error over all of it."""

from __future__ import annotations

import re

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from bolanggu.interfaces.api.routes import document

#: what a schema cannot say: visitors may search goods, a list or place can be well-formed and unknown, and a query
#: parameter that nobody reads is not refused
BEYOND = [ignored_auth, positive_data_acceptance, negative_data_rejection]
ENDS_OF_REQUESTS = (request_started, request_finished)


@pytest.fixture
def agent(two_trades, signed_in):
    return signed_in("agent", "AGENT-A")


@pytest.fixture
def key(agent):
    """A key of that agent."""
    return re.search(r"blg_[\w-]+", agent.post("/account/").content.decode())[0]


def listed(content=b"description,quantity\nplastic cup,12\n", **fields):
    return {"purchase_list": SimpleUploadedFile("list.csv", content), "destination": "ESBCN", **fields}


def test_the_document_is_openapi_3_1_and_its_refusals_are_problems():
    made = document()
    assert made["openapi"].startswith("3.1")
    refusals = made["paths"]["/api/v1/trades"]["post"]["responses"][409]["content"]
    assert list(refusals) == ["application/problem+json"]


def test_a_list_is_taken_and_its_steps_can_be_followed(agent):
    answer = agent.post("/api/v1/trades", listed(key="k1"))
    assert answer.status_code == 202
    steps = agent.get(f"/api/v1/trades/{answer.json()['id']}/steps").json()
    assert steps["state"] == "waiting"
    assert [step["name"] for step in steps["steps"]][:2] == ["read", "match"]


def test_a_key_of_another_list_is_a_conflict(agent):
    agent.post("/api/v1/trades", listed(key="k1"))
    answer = agent.post("/api/v1/trades", listed(b"description,quantity\nmug,1\n", key="k1"))
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "key_in_use"


def test_a_list_that_cannot_be_used_names_what_is_wrong(agent):
    problem = agent.post("/api/v1/trades", listed(b"a,b\n1,2\n")).json()
    assert (problem["status"], problem["type"]) == (422, "fault")
    assert problem["errors"][0]["column"] == "description"


def test_a_dossier_has_only_the_parts_of_the_role_and_no_path_of_this_machine(two_trades, signed_in):
    whole = signed_in("agent", "AGENT-A").get(f"/api/v1/trades/{two_trades.a}").json()
    assert {"orders", "containers", "declarations", "lines"} <= set(whole)
    assert "path" not in whole["documents"][0]
    part = signed_in("warehouse", "STORE-A").get(f"/api/v1/trades/{two_trades.a}").json()
    assert "containers" in part
    assert {"orders", "lines", "money", "declarations"}.isdisjoint(part)


def test_a_trace_leaves_other_peoples_things_out_and_counts_them(two_trades, signed_in):
    from bolanggu.platform import lineage

    sscc = "200000000000000004"
    lineage.record([lineage.Edge("goods", "carton", sscc, "container", f"{two_trades.a}-B01", 12, 5000, 1500, "CNY")])
    found = signed_in("buyer", "BUYER-A").get(f"/api/v1/trace/{two_trades.a}-B01").json()
    assert sscc not in {step["id"] for step in found["back"]}
    assert found["hidden"]["back"] >= 1


@pytest.fixture
def described(key, monkeypatch):
    """The API as schemathesis sees it; the search index is not what is tested here."""
    from bolanggu.interfaces.web.wsgi import application

    monkeypatch.setattr("bolanggu.market.goods.searching.search_goods", lambda *_, **__: [])
    for signal in ENDS_OF_REQUESTS:  # as Django's own test client does: they would close the test's transaction
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in ENDS_OF_REQUESTS:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_sent_the_answer_is_one_that_the_document_knows(described, key, mode):
    for found in described.get_all_operations():
        operation = found.ok()

        @bounds(
            max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case):
            case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=BEYOND)

        send()
