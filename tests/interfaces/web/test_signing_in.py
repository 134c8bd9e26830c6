"""Signing in, locking out, first passwords, sessions and headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory

from bolanggu.platform.accounts.grants import Actor
from bolanggu.platform.accounts.models import User
from bolanggu.platform.accounts.services import give, invite, register_user
from bolanggu.platform.accounts.signing_in import LockedOut, check_password

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
OPERATOR = Actor("operator", frozenset({"market_operator"}), everywhere=True)
PASSWORD = "a long enough password"


@pytest.fixture
def amy(db) -> User:
    user = register_user(by=OPERATOR, at=NOW, name="amy")
    give(by=OPERATOR, at=NOW, name="amy", role="agent", party="A1")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_right_password_opens_the_start_page(amy):
    client = Client()
    answer = client.post("/sign-in/", {"name": "amy", "password": PASSWORD, "next": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/start/")
    assert client.get("/start/").status_code == 200
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_a_wrong_password_says_not_which_part_is_wrong(amy):
    texts = [Client().post("/sign-in/", {"name": n, "password": "wrong"}).content.decode() for n in ("amy", "nobody")]
    assert all("Name or password is wrong." in text for text in texts)


def test_nobody_is_sent_to_another_site(amy):
    answer = Client().post("/sign-in/", {"name": "amy", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/start/"


def test_ten_failures_lock_out_even_the_right_password_and_a_minute_opens_again(amy):
    request = RequestFactory().post("/sign-in/")
    for second in range(10):
        assert (
            check_password(request, name="amy", password="no", address="192.0.2.1", at=NOW + timedelta(seconds=second))
            is None
        )
    with pytest.raises(LockedOut, match="10 failures"):
        check_password(request, name="amy", password=PASSWORD, address="192.0.2.9", at=NOW + timedelta(seconds=20))
    with pytest.raises(LockedOut):
        check_password(request, name="other", password="x", address="192.0.2.1", at=NOW + timedelta(seconds=20))
    later = NOW + timedelta(seconds=75)
    assert check_password(request, name="amy", password=PASSWORD, address="192.0.2.1", at=later) == amy


def test_the_page_of_a_locked_out_name_says_when_to_come_back(amy):
    client = Client()
    for _ in range(10):
        client.post("/sign-in/", {"name": "amy", "password": "wrong"})
    answer = client.post("/sign-in/", {"name": "amy", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"


def test_a_first_password_link_works_once(amy):
    link = f"/first/{invite(by=OPERATOR, at=NOW, name='amy')}/"
    client = Client()
    assert client.get(link).status_code == 200
    weak = client.post(link, {"password": "short", "again": "short"})
    assert weak.status_code == 200
    assert "error" in weak.content.decode()
    fresh = "another long password"
    assert client.post(link, {"password": fresh, "again": fresh}).headers["Location"] == "/start/"
    assert Client().get(link).status_code == 404
    assert Client().get(link[:-3] + "x/").status_code == 404
    assert Client().get("/first/zz/zz/").status_code == 404


def test_a_form_without_a_token_is_refused(amy):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"name": "amy", "password": PASSWORD}).status_code == 400
    client.force_login(amy)
    assert client.post("/sign-out/").status_code == 400
    assert client.post("/api/v1/trades", {"destination": "ESBCN"}).status_code == 401


def test_signing_out_ends_the_session(amy):
    client = Client()
    client.force_login(amy)
    client.post("/sign-out/")
    assert client.get("/start/").status_code == 302


def test_a_user_without_a_grant_may_what_a_visitor_may(db):
    user = register_user(by=OPERATOR, at=NOW, name="new")
    client = Client()
    client.force_login(user)
    assert client.get("/start/").status_code == 403
    assert client.get("/goods/").status_code == 200


def test_a_key_acts_as_its_user_until_the_grant_is_taken(amy):
    from bolanggu.platform.accounts.services import take

    client = Client()
    client.force_login(amy)
    key = re.search(r"blg_[\w-]+", client.post("/account/").content.decode())[0]
    head = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/v1/trades", headers=head).status_code == 200
    assert Client().get("/api/v1/trades", headers={"Authorization": "Bearer blg_false"}).status_code == 401
    assert take(by=OPERATOR, at=datetime.now(UTC), name="amy", role="agent", party="A1") == 1
    assert Client().get("/api/v1/trades", headers=head).status_code == 401


def test_every_answer_carries_the_policy_and_nothing_is_inline(amy):
    client = Client()
    client.force_login(amy)
    for path in ("/", "/start/", "/trades/new/", "/goods/", "/nope/", "/api/v1/openapi.json"):
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", answer.content.decode()), (
            path
        )


def test_a_foreign_host_is_refused(db):
    assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400


def test_pages_of_a_person_are_kept_by_nobody(amy):
    client = Client()
    client.force_login(amy)
    assert client.get("/start/").headers["Cache-Control"] == "private, no-store"
