"""The store on both databases: once, in order, whole, sealed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select, text, update

from bot.store import Conflict, NewOutbound, StoreBusy, StoreError, TurnWrite, open_store
from bot.store.database import sqlite_file
from bot.store.ids import new_id
from bot.store.tables import address, audit, conversation, inbound_message, outbound_message

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


async def receive(store, provider_id="1", *, address="42", payload=b"hello", now=NOW):
    return await store.receive(
        channel="telegram", address=address, provider_id=provider_id, payload=payload, now=now
    )


def bubble(store, found, data=b"bubble"):
    row_id = new_id(NOW)
    sealed = store.seal_outbound(found, row_id, data)
    return NewOutbound(row_id, found.addresses[0].address_id, sealed)


async def test_a_repeated_message_is_stored_once_in_one_batch_and_in_two(store):
    first, second = await asyncio.gather(receive(store), receive(store))
    third = await receive(store)
    assert sorted([first.fresh, second.fresh]) == [False, True]
    assert third.fresh is False
    assert first.seq == second.seq == third.seq
    found = await store.load(first.conversation_id)
    assert [w.payload for w in found.waiting] == [b"hello"]


async def test_messages_wait_in_the_order_they_were_stored(store):
    got = [await receive(store, str(n), payload=str(n).encode()) for n in range(5)]
    found = await store.load(got[0].conversation_id)
    assert [w.payload for w in found.waiting] == [b"0", b"1", b"2", b"3", b"4"]


async def test_two_people_have_two_conversations_and_one_person_one(store):
    one, other, again = await asyncio.gather(
        receive(store, "1"), receive(store, "2", address="43"), receive(store, "3")
    )
    assert one.conversation_id == again.conversation_id != other.conversation_id


async def test_a_turn_is_written_whole(store):
    got = await receive(store)
    before = await store.load(got.conversation_id)
    due = NOW + timedelta(hours=1)
    row = bubble(store, before)
    await store.commit(
        TurnWrite(before, b"state", NOW, handled=before.waiting[0], outbound=(row,), due_at=due,
                  due="nudge", also=(lambda c: c.execute(insert(audit).values(
                      at=NOW, who="x", did="y", subject="z")),))
    )  # fmt: skip
    after = await store.load(got.conversation_id)
    assert (after.version, after.state, after.due_at, after.due) == (1, b"state", due, "nudge")
    assert after.waiting == ()
    assert after.last_inbound_at == NOW
    assert after.behind
    assert len(await store.read(lambda c: c.execute(select(audit)).all())) == 1


async def test_a_turn_on_an_older_version_writes_nothing(store):
    got = await receive(store)
    before = await store.load(got.conversation_id)
    await store.commit(TurnWrite(before, b"first", NOW))
    with pytest.raises(Conflict):
        await store.commit(TurnWrite(before, b"second", NOW, outbound=(bubble(store, before),)))
    after = await store.load(got.conversation_id)
    assert (after.version, after.state) == (1, b"first")
    assert await store.outbound_to_send(NOW + timedelta(hours=1)) == []


async def test_of_two_turns_at_the_same_moment_one_wins(store):
    got = await receive(store)
    before = await store.load(got.conversation_id)
    outcomes = await asyncio.gather(
        *(store.commit(TurnWrite(before, f"s{n}".encode(), NOW)) for n in range(4)),
        return_exceptions=True,
    )
    assert sum(o is None for o in outcomes) == 1
    assert sum(isinstance(o, Conflict) for o in outcomes) == 3


async def test_one_that_fails_takes_nobody_along(store):
    got = await receive(store)
    before = await store.load(got.conversation_id)

    def broken(conn):
        conn.execute(insert(audit).values(at=NOW, who="lost", did="y", subject="z"))
        raise ValueError("mine")

    def wrong(conn):
        conn.execute(text("INSERT INTO no_such_table VALUES (1)"))

    outcomes = await asyncio.gather(
        store.write(broken),
        receive(store, "2"),
        store.write(wrong),
        store.commit(TurnWrite(before, b"kept", NOW)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], ValueError)
    assert outcomes[1].fresh
    assert isinstance(outcomes[2], StoreError)
    assert outcomes[3] is None
    assert (await store.load(got.conversation_id)).state == b"kept"
    assert await store.read(lambda c: c.execute(select(audit)).all()) == []


async def test_a_turn_whose_own_rows_fail_fails_alone(store):
    got, other = await receive(store), await receive(store, "2", address="43")
    mine, hers = await store.load(got.conversation_id), await store.load(other.conversation_id)
    bad = NewOutbound(new_id(NOW), "no-such-address", b"x")
    outcomes = await asyncio.gather(
        store.commit(TurnWrite(mine, b"bad", NOW, outbound=(bad,))),
        store.commit(TurnWrite(hers, b"good", NOW)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[0], StoreError)
    assert outcomes[1] is None
    assert (await store.load(got.conversation_id)).state is None
    assert (await store.load(other.conversation_id)).state == b"good"


async def test_bubbles_left_behind_are_claimed_once_and_in_order(store):
    got = await receive(store)
    found = await store.load(got.conversation_id)
    rows = (bubble(store, found, b"one"), bubble(store, found, b"two"))
    await store.commit(TurnWrite(found, b"s", NOW, outbound=rows))
    assert await store.outbound_to_send(NOW) == []  # its own process has it
    later = NOW + timedelta(minutes=1)
    [due] = await store.outbound_to_send(later)
    assert (due.id, due.payload) == (rows[0].id, b"one")
    assert await store.outbound_to_send(later) == []
    await store.sent(found, due.id, "provider-1", now=later)
    [due] = await store.outbound_to_send(later)
    assert due.payload == b"two"
    await store.failed(found, due.id, reason="retry", next_at=later + timedelta(hours=1), now=later)
    assert await store.outbound_to_send(later) == []
    [due] = await store.outbound_to_send(later + timedelta(hours=2))
    assert due.attempts == 1
    sent = await store.read(lambda c: store.sent_ids(c, found, NOW))
    assert sent == ("provider-1",)


async def test_what_is_sealed_cannot_change_places(store):
    got, other = await receive(store), await receive(store, "2")
    rows = await store.read(
        lambda c: c.execute(select(inbound_message.c.seq, inbound_message.c.sealed)).all()
    )
    sealed = {r.seq: r.sealed for r in rows}
    await store.write(
        lambda c: c.execute(
            update(inbound_message)
            .where(inbound_message.c.seq == got.seq)
            .values(sealed=sealed[other.seq])
        )
    )
    with pytest.raises(StoreError):
        await store.load(got.conversation_id)


async def test_nothing_of_a_person_stands_in_plain(store, settings):
    got = await receive(store, "update:77", address="551234", payload="سر كبير".encode())
    found = await store.load(got.conversation_id)
    await store.commit(TurnWrite(found, b"secret state", NOW, handled=found.waiting[0],
                                 understood=b"understood", outbound=(bubble(store, found),)))  # fmt: skip

    def everything(conn):
        cells = []
        for table in (conversation, address, inbound_message, outbound_message):
            for row in conn.execute(select(table)):
                cells += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                          for v in row]  # fmt: skip
        return b"|".join(cells)

    plain = await store.read(everything)
    for word in ("سر كبير".encode(), b"secret", b"551234", b"update:77", b"understood", b"bubble"):
        assert word not in plain
    if path := sqlite_file(settings):
        raw = b"".join(p.read_bytes() for p in path.parent.iterdir() if p.is_file())
        assert b"SQLite format" not in raw
        assert b"inbound_message" not in raw


async def test_everything_is_there_when_opened_again(store, settings):
    got = await receive(store)
    found = await store.load(got.conversation_id)
    await store.commit(TurnWrite(found, b"state", NOW))
    store.close()
    again = open_store(settings, role="command")
    try:
        after = await again.load(got.conversation_id)
        assert (after.state, after.addresses[0].id) == (b"state", "42")
        assert (await receive(again)).fresh is False
    finally:
        again.close()


async def test_a_closed_store_says_so(store):
    store.close()
    with pytest.raises(StoreError):
        await receive(store)


def test_a_second_process_on_one_file_is_refused(sqlite_settings):
    first = open_store(sqlite_settings, role="serve")
    try:
        with pytest.raises(StoreBusy, match="PostgreSQL"):
            open_store(sqlite_settings, role="work")
        open_store(sqlite_settings, role="command").close()
    finally:
        first.close()
    open_store(sqlite_settings, role="work").close()


def test_other_keys_open_nothing(sqlite_settings, tmp_path):
    open_store(sqlite_settings).close()
    (sqlite_settings.data_dir / "keys.json").unlink()
    with pytest.raises(StoreError, match="another SANAD_KEYS"):
        open_store(sqlite_settings)


async def test_a_postgresql_that_restarts_loses_nothing(templates, tmp_path):
    settings = templates.postgresql(tmp_path / "data")
    store = open_store(settings)
    # What other tests wrote (ten megabytes a database) need not be recovered here.
    templates.server.execute("CHECKPOINT")
    try:
        first = await receive(store)
        templates.server.stop()
        waiting = asyncio.gather(*(receive(store, f"b{n}") for n in range(3)),
                                 return_exceptions=True)  # fmt: skip
        await asyncio.sleep(0.05)
        templates.server.start()
        outcomes = await waiting
        stored = [o for o in outcomes if not isinstance(o, Exception)]
        assert all(isinstance(o, StoreError) for o in outcomes if isinstance(o, Exception))
        found = await store.load(first.conversation_id)
        assert len(found.waiting) == 1 + len(stored)
        assert (await receive(store, "after")).fresh
    finally:
        store.close()


def test_an_unreachable_postgresql_is_one_sentence_without_the_password(tmp_path, sqlite_settings):
    url = "postgresql://someone:s3cret@127.0.0.1:1/sanad"
    with pytest.raises(StoreError) as error:
        open_store(sqlite_settings.model_copy(update={"database_url": _secret(url)}))
    assert "s3cret" not in str(error.value)
    assert "127.0.0.1" in str(error.value)


def _secret(value):
    from pydantic import SecretStr

    return SecretStr(value)


async def test_recent_conversations_are_what_the_file_says(sqlite_settings):
    store = open_store(sqlite_settings, role="serve")
    try:
        got = await receive(store)
        for n in range(4):
            found = await store.load(got.conversation_id)
            await store.commit(TurnWrite(found, f"s{n}".encode(), NOW, handled=found.waiting[0]))
            await receive(store, f"m{n}", payload=f"p{n}".encode())
        remembered = await store.load(got.conversation_id)
        read = await store._reader.load(got.conversation_id)
        assert replace(remembered, addresses=read.addresses) == read
    finally:
        store.close()
