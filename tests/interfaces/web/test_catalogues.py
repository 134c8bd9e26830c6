"""Words on screens: complete in six languages, none fuzzy, none left over, placeholders kept."""

from __future__ import annotations

import re

import pytest

from bolanggu.interfaces.web import catalogues


@pytest.fixture(scope="module")
def needed():
    return set(catalogues.messages())


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_is_complete_and_has_nothing_else(language, needed):
    catalogue = catalogues.read(language)
    assert {(m.context or "", m.id) for m in catalogue if m.id} == needed


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_message_is_empty_or_fuzzy_and_placeholders_stay(language):
    for message in catalogues.read(language):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert set(re.findall(r"%\(\w+\)s", message.id)) == set(re.findall(r"%\(\w+\)s", message.string)), (
                message.id
            )
            assert '"' not in message.string, "a quotation mark would end an attribute"


def test_messages_of_templates_and_of_modules_are_both_found(needed):
    assert {("", "Hand in a purchase list"), ("", "Market operator"), ("kind", "Container")} <= needed
    assert ("", "from %(n)s pieces") in needed


def test_compiled_catalogues_are_made_once(tmp_path):
    assert catalogues.compile_all(tmp_path) == 6
    assert catalogues.compile_all(tmp_path) == 0
    (tmp_path / "ar/LC_MESSAGES/django.mo").write_bytes(b"old")
    assert catalogues.compile_all(tmp_path) == 1


def test_a_page_speaks_the_readers_language(db, settings, tmp_path, client):
    from django.utils.translation import trans_real

    catalogues.compile_all(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations = {}
    trans_real._default = None
    try:
        arabic = client.get("/", headers={"Accept-Language": "ar"}).content.decode()
        assert '<html lang="ar" dir="rtl">' in arabic
        assert "السوق اليوم" in arabic
        chinese = client.get("/", headers={"Accept-Language": "zh-CN"}).content.decode()
        assert '<html lang="zh-hans" dir="ltr">' in chinese
        assert "今日市场" in chinese
        client.post("/language/", {"language": "es", "next": "/"})
        assert "El mercado hoy" in client.get("/", headers={"Accept-Language": "ar"}).content.decode()
    finally:
        trans_real._translations = {}
        trans_real._default = None
