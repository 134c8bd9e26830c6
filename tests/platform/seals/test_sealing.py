"""A seal covers every byte of a file of any kind; forgers, splicers and second savers are found out."""

import io
import random
from dataclasses import replace

import pytest
from tests.platform.seals.conftest import AT, FILES, JOURNAL, PAPER

from bolanggu.platform.seals import Trusted, seal, verify
from bolanggu.platform.seals.carriers import carrier_of
from bolanggu.platform.seals.keys import key_from
from bolanggu.platform.seals.statement import NotASeal, read

NOBODY = Trusted({})


def known(key):
    return Trusted({key.public: "agent"}, None)


def test_a_sealed_file_holds_and_names_its_paper_issuer_and_place_in_the_journal(sealed, key):
    found = verify(sealed, known(key))
    assert found.ok, found.why
    assert found.signer == "trusted"
    assert found.seal.paper == PAPER
    assert found.seal.journal == JOURNAL
    assert found.seal.issuer == "Issuer <&> 甲 --"


def test_sealing_the_same_file_again_gives_the_same_bytes(content, sealed, key):
    assert seal(content, paper=PAPER, at=AT, journal=JOURNAL, key=key)[0] == sealed


def test_what_was_sealed_is_in_the_file_unchanged(content, sealed):
    assert carrier_of(sealed).extract(sealed)[0] == content


def test_a_change_of_any_single_byte_is_found(sealed, key):
    rng = random.Random(2026)
    places = range(len(sealed)) if len(sealed) < 2500 else rng.sample(range(len(sealed)), 2500)
    trusted = known(key)
    for place in places:
        changed = bytearray(sealed)
        changed[place] ^= 1 << rng.randrange(8)
        assert not verify(bytes(changed), trusted).ok, f"byte {place} of {len(sealed)}"


@pytest.mark.parametrize("more", [b" ", b"\n", b"\0", b"%%EOF\n", b"<!-- -->"])
def test_bytes_added_at_the_end_are_found(sealed, key, more):
    assert not verify(sealed + more, known(key)).ok


def test_a_file_cut_off_anywhere_does_not_hold(sealed, key):
    assert not any(verify(sealed[:end], known(key)).ok for end in range(0, len(sealed), 37))


def test_a_seal_moved_to_another_file_does_not_hold(content, sealed, key):
    carrier = carrier_of(sealed)
    _, text = carrier.extract(sealed)
    other = content.replace(b"T1", b"T2").replace("发票".encode(), "发货".encode()).replace(b"dossier", b"another")
    if other != content:
        assert not verify(carrier.embed(other, text), known(key)).ok


def test_a_seal_whose_facts_were_rewritten_does_not_hold(sealed, key):
    carrier = carrier_of(sealed)
    content, text = carrier.extract(sealed)
    stated = read(text.decode())
    for forged in (
        replace(stated, paper=replace(PAPER, version=2)),
        replace(stated, journal=replace(JOURNAL, sequence=482)),
        replace(stated, issuer="Someone else"),
        replace(stated, at="2027-01-01T00:00:00+00:00"),
        replace(stated, key=key_from(bytes(32), "x").public),
    ):
        found = verify(carrier.embed(content, forged.text().encode()), known(key))
        assert not found.ok
        assert "not signed by the key" in found.why


def test_a_forgers_own_key_is_refused_where_a_key_is_known(content, key):
    forger = key_from(b"f" * 32, key.issuer)
    forged, _ = seal(content, paper=PAPER, at=AT, journal=JOURNAL, key=forger)
    found = verify(forged, known(key))
    assert not found.ok
    assert forger.public in found.why
    assert "--key" in found.why


def test_where_no_key_is_known_an_unknown_one_is_never_passed_over_in_silence(sealed, key):
    found = verify(sealed, NOBODY)
    assert found.ok
    assert found.signer == "unknown"
    assert key.public in found.why
    assert "no key is known" in found.why


def test_the_own_key_is_told_from_a_trusted_one(sealed, key):
    assert verify(sealed, Trusted({key.public: "house"}, key.public)).signer == "own"


def test_a_file_without_a_seal_says_so(content, key):
    found = verify(content, known(key))
    assert not found.ok
    assert "no seal" in found.why


def test_a_file_of_another_kind_says_so(key):
    assert "PDF, XLSX, XML, HTML or JSON" in verify(b"\x89PNG", known(key)).why
    assert not verify(b"", known(key)).ok


def test_a_sealed_file_is_not_sealed_twice(sealed, key):
    with pytest.raises(ValueError, match="sealed already"):
        seal(sealed, paper=PAPER, at=AT, journal=JOURNAL, key=key)


def test_programs_still_read_the_sealed_files(key):
    import json
    from zipfile import ZipFile

    from lxml import etree
    from pypdf import PdfReader

    made = {name: seal(file(), paper=PAPER, at=AT, journal=JOURNAL, key=key)[0] for name, file in FILES.items()}
    reader = PdfReader(io.BytesIO(made["pdf"]), strict=True)
    assert len(reader.pages) == 1
    assert reader.trailer["/BolangguSeal"].get_object().get_data() == carrier_of(made["pdf"]).extract(made["pdf"])[1]
    with ZipFile(io.BytesIO(made["xlsx"])) as archive:
        assert archive.testzip() is None
        assert archive.comment.startswith(b"{")
    assert etree.fromstring(made["xml"]).findtext("ID") == "发票"
    assert json.loads(made["json"])["bolanggu_seal"]["paper"]["number"] == PAPER.number


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format":"bolanggu-seal/1"}', "{" * 5000])
def test_what_is_no_seal_is_refused_with_words(text):
    with pytest.raises(NotASeal):
        read(text)


def test_a_seal_written_in_another_way_is_refused(sealed):
    text = carrier_of(sealed).extract(sealed)[1].decode()
    with pytest.raises(NotASeal, match="not written as"):
        read(text.replace(":", ": ", 1))
