"""The guide as a running Sanad holds it: kept on disk, read anew when changed, large ones lazily."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import nlu
from bot import guide as bot_guide
from bot.guide import Known
from services_directory import Asked, load, stored, the_map
from services_directory.kept import keep, kept
from tests.directory.conftest import NOW

QUESTION = Asked("numéro de la gendarmerie")


@pytest.fixture
def built():
    return load().built(nlu.Analysis)


def test_what_is_kept_comes_back(built, tmp_path):
    path = tmp_path / "deep" / "index.npz"
    keep(built, path, key="a")
    again = kept(path, key="a")
    assert again.cards == built.cards
    assert again.local == built.local
    assert again.postings.numbers == built.postings.numbers
    assert (again.postings.value == built.postings.value).all()
    assert kept(path, key="b") is None
    assert [p.name for p in path.parent.iterdir()] == ["index.npz"]


@pytest.mark.parametrize("bytes_", [b"", b"PK\x03\x04", b"\x00" * 100, b"not a zip at all"])
def test_what_cannot_be_read_is_made_anew(built, tmp_path, bytes_):
    path = tmp_path / "index.npz"
    path.write_bytes(bytes_)
    assert kept(path, key="a") is None
    keep(built, path, key="a")
    damaged = path.read_bytes()
    path.write_bytes(damaged[: len(damaged) // 2])
    assert kept(path, key="a") is None


def test_a_running_sanad_knows_what_an_editor_changed(store, settings):
    known = Known(store, settings.data_dir)
    old = known.directory.records["gendarmerie-177"]
    assert known.index.search(QUESTION)[0].record == old
    new = replace(old, answer={**old.answer, "fr": "Le 177, autrement dit."})
    with store.begin() as conn:
        assert not known.refresh(conn)
        stored.save(conn, new, the_map(), author="amina", why="words", now=NOW)
    assert store.read_now(known.refresh)
    assert known.index.search(QUESTION)[0].record == new
    with store.begin() as conn:
        stored.set_publish(conn, new.id, "withdrawn", the_map(), author="a", why="", now=NOW)
    store.read_now(known.refresh)
    assert new.id not in [h.record.id for h in known.index.search(QUESTION)]


def test_it_is_read_from_disk_the_next_time(store, settings, monkeypatch):
    Known(store, settings.data_dir)
    bot_guide._shared.clear()
    monkeypatch.setattr("bot.guide.Directory.built", None)
    if (settings.data_dir / "guide-index.npz").exists():
        assert Known(store, settings.data_dir).index.search(QUESTION)


def test_a_large_guide_is_read_as_it_is_found(store, settings, monkeypatch):
    small = Known(store, settings.data_dir)
    monkeypatch.setattr("bot.guide.LARGE", 10)
    monkeypatch.setattr("bot.guide.AT_HAND", 2)
    large = Known(store, settings.data_dir)
    for question in ("numéro de la gendarmerie", "CAPE", "kafala", "loi 09-08", "المقاول الذاتي"):
        mine, theirs = (k.index.search(Asked(question)) for k in (large, small))
        assert [(h.record, h.score) for h in mine] == [(h.record, h.score) for h in theirs]
    assert set(large.directory.records) == set(small.directory.records)
    with pytest.raises(KeyError):
        large.directory.records["nobody"]


def test_what_does_not_hold_on_a_day_is_not_found(store, settings):
    known = Known(store, settings.data_dir)
    old = known.directory.records["gendarmerie-177"]
    with store.begin() as conn:
        ended = replace(old, valid_until=NOW.date())
        stored.save(conn, ended, the_map(), author="a", why="", now=NOW)
    store.read_now(known.refresh)
    today = replace(QUESTION, at=NOW)
    assert known.index.search(today)[0].record.id == old.id
    tomorrow = replace(QUESTION, at=NOW + timedelta(days=2))
    assert old.id not in [h.record.id for h in known.index.search(tomorrow)]
