"""Handing a list in: checked at once, once per key, walked by a worker that may die."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bolanggu.interfaces.uploads import walking
from bolanggu.interfaces.uploads.models import Upload
from bolanggu.interfaces.uploads.services import Wishes, file_of, hand_in
from bolanggu.platform.accounts.grants import Actor
from bolanggu.trade.opening import KeyInUse
from bolanggu.values.fault import Fault

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
AMY = Actor("amy", frozenset({"agent"}), parties=frozenset({"AG1"}))
LIST = b"description,quantity\nplastic cup,12\n"


def given(content: bytes = LIST, key: str = "k", by: Actor = AMY, name: str = "list.csv", **wishes) -> Upload:
    return hand_in(
        by=by, at=NOW, name=name, content=content, wishes=Wishes(**{"destination": "esbcn", **wishes}), key=key
    )


def form(content: bytes = LIST, **fields):
    return {
        "list": SimpleUploadedFile("list.csv", content),
        "destination": "ESBCN",
        "currency": "USD",
        "key": "one",
        **fields,
    }


def test_a_list_is_kept_with_its_wishes_in_their_one_form(db):
    made = given()
    assert (made.destination, made.currency, made.party, made.state) == ("ESBCN", "USD", "AG1", "waiting")
    assert file_of(made).read_bytes() == LIST


def test_the_same_key_is_the_same_list_and_another_list_is_refused(db):
    assert given().pk == given().pk
    with pytest.raises(KeyInUse, match="choose a new key"):
        given(LIST + b"mug,2\n")
    with pytest.raises(KeyInUse):
        given(destination="DEHAM")


def test_keys_of_two_users_never_meet(db):
    other = given(LIST + b"mug,2\n", by=Actor("eve", frozenset({"agent"})))
    assert other.trade != given().trade


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"content": b"a,b\n1,2\n"}, "description"),
        ({"destination": "XXXXX"}, "no known port"),
        ({"currency": "XXX"}, "no rate"),
        ({"name": "list.exe"}, "not a list"),
        ({"until": "moon"}, "no step moon"),
        ({"content": b""}, ""),
    ],
)
def test_what_cannot_be_used_is_named(db, change, says):
    with pytest.raises((Fault, ExceptionGroup)) as told:
        given(**change)
    assert says in str(told.value) or isinstance(told.value, ExceptionGroup)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "a/b.csv", "..csv", "x" * 300 + ".csv", "列表 1.csv", "a\0b.csv"]
)
def test_a_files_name_never_leaves_its_folder(db, home, name):
    file = file_of(given(name=name))
    assert file.resolve().is_relative_to(home / "uploads")
    assert file.suffix == ".csv"
    assert len(file.name.encode()) < 255


def test_the_form_leads_to_the_trade_and_pressing_twice_makes_one(two_trades, signed_in):
    client = signed_in("agent", "AGENT-A")
    first = client.post("/trades/new/", form())
    again = client.post("/trades/new/", form())
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    page = client.get(first.headers["Location"]).content.decode()
    assert "hx-get" in page
    assert "<noscript><meta http-equiv" in page


def test_the_form_names_row_and_column_of_what_is_wrong(two_trades, signed_in):
    answer = signed_in("agent", "AGENT-A").post("/trades/new/", form(b"nothing,here\n1,2\n"))
    assert answer.status_code == 422
    assert "description" in answer.content.decode()


def test_progress_shows_until_the_work_ends_and_then_reloads(two_trades, signed_in):
    client = signed_in("agent", "AGENT-A")
    path = "/trades/TCCCCCCCCCC/progress/"
    assert "hx-trigger" in client.get(path, headers={"HX-Request": "true"}).content.decode()
    Upload.objects.update(state="failed", why="the list is odd")
    assert client.get(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "the list is odd" in client.get("/trades/TCCCCCCCCCC/").content.decode()


def test_a_worker_takes_each_list_once_and_the_oldest_first(db):
    first, second = given(key="1"), given(key="2")
    assert walking.take(worker="w", at=NOW).pk == first.pk
    assert walking.take(worker="w", at=NOW).pk == second.pk
    assert walking.take(worker="w", at=NOW) is None


def test_what_a_dead_worker_held_is_taken_up_again(db):
    made = given()
    walking.take(worker="w", at=NOW)
    assert walking.take(worker="other", at=NOW + walking.HELD - timedelta(seconds=1)) is None
    assert walking.take(worker="other", at=NOW + walking.HELD + timedelta(seconds=1)).pk == made.pk
    assert walking.release("other") == 1
    assert walking.take(worker="other", at=NOW).pk == made.pk


def test_a_fault_ends_an_upload_with_its_words(db, monkeypatch):
    made = given()
    monkeypatch.setattr(
        "bolanggu.trade.starting.start_trade", lambda *_, **__: (_ for _ in ()).throw(Fault("list.csv", "odd"))
    )
    walking.walk(made, now=lambda: NOW)
    made.refresh_from_db()
    assert (made.state, made.why) == ("failed", "list.csv: odd")
