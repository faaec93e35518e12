"""From an operator's correction to a model at work, and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot import learning
from bot.learning import LearningError
from nlu.building import INTENTS
from nlu.models import shipped
from nlu.training import Example, read_examples

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WROTE = "bghit n3ref wach l crèche li 7da dar khti Naima f derb sultan fiha blassa"


def propose(store, words=WROTE, meant="find_service.prevention"):
    return store.write_now(
        lambda c: learning.propose(c, store.vault, words=words, meant=meant, by="amina", now=NOW)
    )


def listed(store, state=None):
    return store.write_now(
        lambda c: learning.candidates(c, store.vault, who="editor", now=NOW, state=state)
    )


def rewrite(store, id_, said):
    store.write_now(lambda c: learning.rewrite(c, store.vault, id_, said, by="editor", now=NOW))


def accept(store, id_, known=()):
    store.write_now(
        lambda c: learning.accept(c, store.vault, id_, by="editor", now=NOW, known=known)
    )


def refuse(store, id_):
    store.write_now(lambda c: learning.refuse(c, store.vault, id_, by="editor", now=NOW))


def stored(store, id_):
    return store.read_now(
        lambda c: c.execute(text("SELECT * FROM candidate WHERE id = :i"), {"i": id_}).one()
    )


def test_a_correction_becomes_an_example_in_an_editors_words(store):
    id_ = propose(store)
    [one] = listed(store)
    assert (one.words, one.meant, one.state, one.language) == (
        WROTE, "find_service.prevention", "waiting", "ary-Latn",
    )  # fmt: skip
    rewrite(store, id_, "kayn chi jardin d'enfants 9rib mn 3andna?")
    accept(store, id_)
    learnt = store.read_now(learning.accepted)
    assert [(e.text, e.intent, e.language) for e in learnt] == [
        ("kayn chi jardin d'enfants 9rib mn 3andna?", "find_service.prevention", "ary-Latn")
    ]
    assert listed(store) == []


def test_words_are_sealed_while_they_wait_and_gone_once_decided(store):
    kept, left = propose(store), propose(store, "wa7ed lmochkil akhor dyal khti")
    row = stored(store, kept)
    assert row.words is not None
    assert b"Naima" not in bytes(row.words)
    rewrite(store, kept, "fin n9ed n7et weldi sghir bach nkhdem")
    accept(store, kept)
    refuse(store, left)
    for id_ in (kept, left):
        row = stored(store, id_)
        assert (row.words, row.wrapped_key, row.key_id) == (None, None, None)
    assert stored(store, left).paraphrase is None


def test_who_read_a_persons_words_is_recorded(store):
    id_ = propose(store)
    listed(store)
    rows = store.read_now(lambda c: c.execute(text("SELECT who, did, subject FROM audit")).all())
    assert ("editor", "candidate read", id_) in [tuple(r) for r in rows]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (WROTE, "too near"),
        ("BGHIT N3REF wach lkrich li 7da dar khti naima f drb soltan", "too near"),
        ("بغيت نعرف واش لاكريش اللي حدا دار ختي نعيمة فدرب السلطان", "too near"),
        ("", "has words"),
        ("x" * 500, "has words"),
        ("😀😀", "has words"),
        ("3ayto liya f 0612345678", "phone"),
        ("fin n9ed [nkhelli](x) weldi", "plain words"),
    ],
)
def test_a_paraphrase_is_nobodys_words(store, said, why):
    id_ = propose(store)
    with pytest.raises(LearningError, match=why):
        rewrite(store, id_, said)
    with pytest.raises(LearningError, match="Rewrite it first"):
        accept(store, id_)


def test_what_is_known_already_is_not_learnt_twice(store):
    known = [Example("فين كاين شي روض قريب", "find_service.prevention", "ary-Arab")]
    id_ = propose(store)
    rewrite(store, id_, "fin kayn chi rawd 9rib")
    with pytest.raises(LearningError, match="known already"):
        accept(store, id_, known)
    refuse(store, id_)
    with pytest.raises(LearningError, match="refused already"):
        accept(store, id_)
    with pytest.raises(LearningError, match="no candidate"):
        refuse(store, "nothing")
    with pytest.raises(LearningError, match="no intent"):
        propose(store, meant="weather")


@pytest.fixture
def trained(tmp_path):
    """A promotion for real: about a minute, the only one of the suite."""
    learnt = [Example("fin n9ed n7et weldi sghir bach nkhdem", "find_service.school", "ary-Latn")]
    return learning.promote(tmp_path, learnt, now=NOW)


def test_a_model_is_promoted_only_if_nothing_falls_and_can_be_rolled_back(trained, tmp_path):
    score = json.loads((tmp_path / "models" / trained.version / "score.json").read_text("utf-8"))
    assert score["after"] == trained.after.shape()
    fell = trained.after.worse_than(trained.before)
    assert trained.refused == fell
    assert learning.current(tmp_path) == ("shipped" if fell else trained.version)
    # What was measured decides, whichever way it went; the next lines need one at work.
    assert learning.roll_back(tmp_path, trained.version) == trained.version
    assert learning.models(tmp_path) is not shipped()
    (tmp_path / "models" / trained.version / "intents.npz").write_bytes(b"broken")
    assert learning.models(tmp_path) is shipped(), "a broken model leaves the package's at work"
    assert learning.roll_back(tmp_path) == "shipped"
    assert learning.models(tmp_path) is shipped()
    with pytest.raises(LearningError, match="no earlier"):
        learning.roll_back(tmp_path)
    with pytest.raises(LearningError, match="no version"):
        learning.roll_back(tmp_path, "19990101T000000Z")


def test_worse_is_refused():
    from dataclasses import replace

    from nlu.scoring import Score

    before = Score(0.9, 0.95, 0.02, 0.97, 0.05, 0.99, {}, {})
    assert replace(before, false_alarms=0.04).worse_than(before) is None
    for name in ("recall", "intents", "goals"):
        worse = replace(before, **{name: 0.5})
        assert name in worse.worse_than(before)
    assert "false alarms" in replace(before, false_alarms=0.2).worse_than(before)


def test_every_intent_can_be_meant():
    intents = {e.intent for e in read_examples(INTENTS)}
    assert intents <= learning.meanings()
    assert {"calm", "self_harm"} <= learning.meanings()
