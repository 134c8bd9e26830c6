"""The signing key is made once and kept to its owner; trust lists are read or their fault is named."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from bolanggu.platform.seals.keys import PRIVATE, PUBLIC, TRUSTED, key_from, own_key, read_trusted
from bolanggu.values.fault import Fault


def test_the_key_is_made_at_first_use_and_stays(tmp_path):
    first = own_key(tmp_path / "keys", "House")
    assert own_key(tmp_path / "keys", "House") == first
    assert stat.S_IMODE((tmp_path / "keys" / PRIVATE).stat().st_mode) == 0o600
    assert first.private.hex() not in repr(first)


def test_many_who_ask_at_once_get_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: own_key(tmp_path / "keys", "House").public, range(16)))
    assert len(set(made)) == 1


def test_the_public_key_is_published_with_the_issuers_name(tmp_path):
    key = own_key(tmp_path, "义乌 House")
    published = json.loads((tmp_path / PUBLIC).read_text(encoding="utf-8"))
    assert published == {"format": "bolanggu-issuer/1", "name": "义乌 House", "algorithm": "Ed25519", "key": key.public}
    own_key(tmp_path, "Renamed")
    assert json.loads((tmp_path / PUBLIC).read_text(encoding="utf-8"))["name"] == "Renamed"


def test_a_damaged_key_is_named(tmp_path):
    (tmp_path / PRIVATE).write_text("not a key")
    with pytest.raises(Fault, match="is not a signing key"):
        own_key(tmp_path, "House")


def test_rfc_8032_test_vector_1():
    key = key_from(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), "x")
    assert key.public == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_own_listed_and_given_keys_are_trusted(tmp_path):
    own = own_key(tmp_path, "House")
    rows = [{"name": "Forwarder", "key": "a" * 64}]
    (tmp_path / TRUSTED).write_text(json.dumps({"keys": rows}))
    other = tmp_path / "other.json"
    other.write_text(key_from(b"o" * 32, "Other").published(), encoding="utf-8")
    trusted = read_trusted(tmp_path, ["B" * 64, str(other)])
    assert trusted.own == own.public
    assert set(trusted.names.values()) == {"House", "Forwarder", "given by hand", "Other"}
    assert "b" * 64 in trusted.names
    assert read_trusted(None, ["B" * 64]).names == {"b" * 64: "given by hand"}


def test_nothing_is_trusted_where_there_is_nothing(tmp_path):
    assert read_trusted(tmp_path).names == {}


@pytest.mark.parametrize("content", ["{}", "[]", "nonsense", '{"keys": [{"key": "abc"}]}', '{"keys": []}'])
def test_a_list_without_keys_is_a_fault_that_names_the_file(tmp_path, content):
    file = tmp_path / "list.json"
    file.write_text(content)
    with pytest.raises(Fault, match=r"list\.json"):
        read_trusted(tmp_path, [str(file)])


def test_a_key_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(Fault, match="cannot be read"):
        read_trusted(tmp_path, [str(tmp_path / "nowhere.json")])
