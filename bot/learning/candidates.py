"""Candidates for training, from operators' corrections.

A person's own words never enter training or tests: they stay sealed until an editor has put an
invented paraphrase in their place, and are destroyed when it is decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from bot.store import Vault
from bot.store.ids import new_id
from bot.store.tables import audit
from bot.store.tables import candidate as table
from nlu.features import words_of
from nlu.models import shipped
from nlu.skeleton import skeletons
from nlu.training import Example
from nlu.understanding import understand

TOO_NEAR = 0.6
"""Share of the words of either text that the other has too, from which one is only a copy."""
LONGEST = 400
"""Characters of a paraphrase."""
NOBODYS = ("phone", "receipt", "place")
"""What no paraphrase may hold: it could still tell who wrote."""
WRITINGS = ("ary-Arab", "ary-Latn", "arb", "fra")


class LearningError(Exception):
    """What cannot be done with a candidate, in one plain sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`words`: what the person wrote, for the editor's eyes; None once decided."""

    id: str
    created_at: datetime
    proposed_by: str
    state: str
    language: str
    guessed: str
    meant: str
    words: str | None
    paraphrase: str | None


def propose(
    conn: Connection, vault: Vault, *, words: str, meant: str, by: str, now: datetime
) -> str:
    """An operator says what a message meant: an intent, a category of emergency, or `calm` where
    none was. The id of the candidate. Raises LearningError."""
    if meant not in meanings():
        raise LearningError(f"{meant} is no intent and no category of emergency.")
    understood = understand(words)
    key, wrapped = vault.new_data_key()
    id_ = new_id(now)
    conn.execute(
        insert(table).values(
            id=id_,
            created_at=now,
            proposed_by=by,
            language=understood.language,
            guessed=understood.intent or "none",
            meant=meant,
            words=vault.seal(key, words.encode(), about=f"candidate:{id_}"),
            wrapped_key=wrapped.wrapped,
            key_id=wrapped.key_id,
        )
    )
    return id_


def meanings() -> frozenset[str]:
    """What a message may be said to mean."""
    return frozenset(shipped().intents.classes) | frozenset(shipped().danger.classes)


def candidates(
    conn: Connection, vault: Vault, *, who: str, now: datetime, state: str | None = None
) -> list[Candidate]:
    """Those to decide (or in this state), oldest first. That the words were read is recorded."""
    wanted = (state,) if state else ("waiting", "rewritten")
    rows = conn.execute(
        select(table).where(table.c.state.in_(wanted)).order_by(table.c.created_at)
    ).all()
    found = [_opened(vault, row) for row in rows]
    for one in found:
        if one.words is not None:
            conn.execute(
                insert(audit).values(at=now, who=who, did="candidate read", subject=one.id)
            )
    return found


def rewrite(
    conn: Connection, vault: Vault, id_: str, paraphrase: str, *, by: str, now: datetime
) -> None:
    """Put an invented paraphrase in the place of the words. Raises LearningError."""
    found = _open(conn, vault, id_)
    said = " ".join(paraphrase.split())
    if not said or len(said) > LONGEST or not words_of(said):
        raise LearningError(f"A paraphrase has words, and at most {LONGEST} characters.")
    if "[" in said or "\n" in said:
        raise LearningError("A paraphrase is one line of plain words.")
    if found.words is not None and _alike(words_of(found.words), words_of(said)) >= TOO_NEAR:
        raise LearningError("That is too near to what the person wrote: say it in other words.")
    named = [e.entity for e in understand(said).entities if e.entity in NOBODYS]
    if named:
        raise LearningError(f"A paraphrase may hold no {named[0]}.")
    conn.execute(
        update(table)
        .where(table.c.id == id_)
        .values(paraphrase=said, state="rewritten", decided_by=by, decided_at=now)
    )


def accept(
    conn: Connection,
    vault: Vault,
    id_: str,
    *,
    by: str,
    now: datetime,
    known: Iterable[Example] = (),
) -> None:
    """Take the paraphrase into training and destroy the words. `known`: what is trained on already.
    Raises LearningError."""
    found = _open(conn, vault, id_)
    if found.state != "rewritten" or found.paraphrase is None:
        raise LearningError("Rewrite it first: a person's own words are not trained on.")
    if found.language not in WRITINGS:
        raise LearningError("It is in none of our languages: refuse it.")
    said = _bones(found.paraphrase)
    for example in (*known, *accepted(conn)):
        if _bones(example.text) == said:
            raise LearningError(f"That is known already, as {example.intent}: refuse it.")
    _decide(conn, id_, "accepted", by, now)


def refuse(conn: Connection, vault: Vault, id_: str, *, by: str, now: datetime) -> None:
    """Leave it, and destroy the words. Raises LearningError."""
    _open(conn, vault, id_)
    _decide(conn, id_, "refused", by, now)
    conn.execute(update(table).where(table.c.id == id_).values(paraphrase=None))


def accepted(conn: Connection) -> list[Example]:
    """What editors took into training."""
    rows = conn.execute(
        select(table.c.paraphrase, table.c.meant, table.c.language)
        .where(table.c.state == "accepted")
        .order_by(table.c.created_at)
    )
    return [Example(row.paraphrase, row.meant, row.language) for row in rows]


def _decide(conn: Connection, id_: str, state: str, by: str, now: datetime) -> None:
    conn.execute(
        update(table)
        .where(table.c.id == id_)
        .values(
            state=state,
            decided_by=by,
            decided_at=now,
            words=None,
            wrapped_key=None,
            key_id=None,
        )
    )


def _open(conn: Connection, vault: Vault, id_: str) -> Candidate:
    row = conn.execute(select(table).where(table.c.id == id_)).first()
    if row is None:
        raise LearningError(f"There is no candidate {id_}.")
    if row.state in ("accepted", "refused"):
        raise LearningError(f"That candidate is {row.state} already.")
    return _opened(vault, row)


def _opened(vault: Vault, row: Row[tuple[object, ...]]) -> Candidate:
    words = None
    if row.words is not None:
        key = vault.unwrap(row.wrapped_key, row.key_id)
        words = vault.open_(key, row.words, about=f"candidate:{row.id}").decode()
    return Candidate(
        row.id, row.created_at, row.proposed_by, row.state, row.language, row.guessed, row.meant,
        words, row.paraphrase,
    )  # fmt: skip


def _bones(text: str) -> tuple[str, ...]:
    return tuple(b for b in skeletons(words_of(text)) if b)


def _alike(one: list[str], other: list[str]) -> float:
    """Share of the shorter one's words that the other has, by skeleton: other letters or other
    vowels make no other words."""
    first, second = (
        {b for b in skeletons(several) if b} or set(several) for several in (one, other)
    )
    return len(first & second) / min(len(first), len(second))
