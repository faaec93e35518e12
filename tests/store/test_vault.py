"""Sealing, and the keys."""

from __future__ import annotations

import json
import stat

import pytest

from bot.settings import Settings
from bot.store import StoreError, Vault, VaultError
from bot.store.keys import load_keys


@pytest.fixture
def keys(tmp_path):
    return load_keys(Settings(_env_file=None, data_dir=tmp_path))


def test_keys_are_made_once_and_only_the_owner_reads_them(tmp_path, keys):
    path = tmp_path / "keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(Settings(_env_file=None, data_dir=tmp_path)) == keys
    assert "key" not in repr(keys).lower() or keys.index.hex() not in repr(keys)


def test_keys_may_come_from_the_environment(tmp_path, keys):
    given = (tmp_path / "keys.json").read_text()
    for value in (given, str(tmp_path / "keys.json")):
        assert load_keys(Settings(_env_file=None, data_dir=tmp_path / "x", keys=value)) == keys


@pytest.mark.parametrize("value", ["{}", "/no/such/file", '{"masters": []}', "{broken"])
def test_wrong_keys_are_one_sentence(tmp_path, value):
    with pytest.raises(StoreError, match="SANAD_KEYS"):
        load_keys(Settings(_env_file=None, data_dir=tmp_path, keys=value))


def test_sealed_values_open_only_with_their_key_and_their_place(keys):
    vault = Vault(keys)
    key, wrapped = vault.new_data_key()
    sealed = vault.seal(key, b"word", about="a:1")
    assert vault.open_(key, sealed, about="a:1") == b"word"
    assert vault.unwrap(*wrapped) == key
    other, _ = vault.new_data_key()
    for wrong_key, value, about in (
        (other, sealed, "a:1"),
        (key, sealed, "a:2"),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), "a:1"),
        (key, b"", "a:1"),
    ):
        with pytest.raises(VaultError):
            vault.open_(wrong_key, value, about=about)


def test_blinds_differ_by_purpose_and_by_key(keys, tmp_path):
    vault = Vault(keys)
    assert vault.blind("address", "1") == vault.blind("address", "1")
    assert vault.blind("address", "1") != vault.blind("provider", "1")
    other = Vault(load_keys(Settings(_env_file=None, data_dir=tmp_path / "other")))
    assert vault.blind("address", "1") != other.blind("address", "1")


def test_a_rotated_master_opens_what_the_older_one_wrapped(tmp_path, keys):
    vault = Vault(keys)
    key, wrapped = vault.new_data_key()
    data = json.loads((tmp_path / "keys.json").read_text())
    made = json.loads((tmp_path / "keys.json").read_text())
    data["masters"].insert(0, {"id": "new", "key": made["index"]})
    both = Vault(load_keys(Settings(_env_file=None, data_dir=tmp_path, keys=json.dumps(data))))
    assert both.unwrap(*wrapped) == key
    data["masters"].pop()
    without = Vault(load_keys(Settings(_env_file=None, data_dir=tmp_path, keys=json.dumps(data))))
    with pytest.raises(VaultError, match="missing"):
        without.unwrap(*wrapped)
