"""A filed report reaches its office: the durable engine, the reconciler, and a real mail server."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr
from sqlalchemy import select, text, update

from bot.cases import Report, file_report, offices
from bot.cases.listing import list_cases, show_case
from bot.store import open_store
from bot.store.ids import new_id
from bot.store.tables import delivery_attempt, referral
from bot.work import Worker, enqueue_delivery
from bot.work.referrals import Delivery

NOW = datetime.now(UTC)
REPORT = Report(
    danger=True,
    harm=("physical_abuse",),
    place="MA-SAL",
    mechanism="MA-SAL",
    child_age=6,
    story=("جاري كيضرب ولدو",),
    phone="+212612345678",
    name="فاطمة",
    wish="named",
)


class Mailbox:
    """A mail server that keeps what it takes; `refuses` makes it say no."""

    def __init__(self):
        self.got = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 try later"
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 ok"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    # aiosmtpd probes its own port after starting: it must know which one it got.
    controller.port = _free_port()
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()


def _free_port():
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def file(store, *, enqueue=enqueue_delivery, report=REPORT, office=True):
    def work(conn):
        if office:
            offices.set_office(conn, "MA-SAL", email="sale@office.example", now=NOW)
        return file_report(conn, vault=store.vault, report=report, case_id=new_id(NOW),
                           conversation_id=None, dedupe=new_id(NOW), now=NOW, enqueue=enqueue)  # fmt: skip

    return store.write_now(work)


async def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.05)
    return found


def state(store):
    return store.read_now(lambda c: [x.state for x in list_cases(c)])


async def test_a_filed_report_is_delivered_and_the_office_told(settings, mailbox):
    settings = settings.model_copy(update={"smtp_url": SecretStr(mailbox.url)})
    store = open_store(settings, role="serve")
    worker = Worker(settings, store, every=0.2)
    try:
        filed = file(store)
        await worker.start()
        await until(lambda: state(store) == ["delivered"])
        await until(lambda: mailbox.got)
        [mail] = mailbox.got
        whole = mail.as_string() + mail.get_content() + str(mail["Subject"])
        assert filed.ref in mail["Subject"]
        assert "URGENT" in mail["Subject"]
        assert mail["To"] == "sale@office.example"
        for secret in (
            "ضرب",
            "Sal\u00e9",
            "MA-SAL",
            "0612",
            "612345678",
            "فاطمة",
            "physical",
            " 6 ",
        ):
            assert secret not in whole.replace(f"sale@{'office.example'}", "")
        await asyncio.sleep(1)
        assert len(mailbox.got) == 1, "told once"
        shown = store.write_now(
            lambda c: show_case(c, store.vault, filed.ref, who="t", now=datetime.now(UTC))
        )
        attempts = [(a["destination"], a["outcome"]) for a in shown["referrals"][0]["attempts"]]
        assert attempts == [("inbox", "done"), ("email", "sent")]
    finally:
        await worker.stop()
        store.close()


async def test_a_referral_that_the_engine_never_knew_is_delivered(settings):
    store = open_store(settings, role="serve")
    worker = Worker(settings, store, every=0.2)
    try:
        file(store, enqueue=lambda *_: None)
        store.write_now(
            lambda c: c.execute(update(referral).values(created_at=NOW - timedelta(minutes=1)))
        )
        await worker.start()
        await until(lambda: state(store) == ["delivered"])
    finally:
        await worker.stop()
        store.close()


async def test_a_workflow_lost_from_the_engine_is_begun_again(settings):
    store = open_store(settings, role="serve")
    try:
        file(store)
        schema = "" if store.engine.dialect.name == "sqlite" else "dbos."
        lost = store.write_now(
            lambda c: c.execute(text(f"DELETE FROM {schema}workflow_status")).rowcount  # noqa: S608
        )
        assert lost == 1
        store.write_now(
            lambda c: c.execute(update(referral).values(created_at=NOW - timedelta(minutes=1)))
        )
        worker = Worker(settings, store, every=0.2)
        await worker.start()
        try:
            await until(lambda: state(store) == ["delivered"])
        finally:
            await worker.stop()
    finally:
        store.close()


def test_a_rolled_back_report_leaves_no_workflow(store):
    def broken(conn):
        file_report(conn, vault=store.vault, report=REPORT, case_id=new_id(NOW), dedupe="x",
                    conversation_id=None, now=NOW, enqueue=enqueue_delivery)  # fmt: skip
        raise ValueError("after everything")

    with pytest.raises(ValueError, match="after everything"):
        store.write_now(broken)
    schema = "" if store.engine.dialect.name == "sqlite" else "dbos."
    assert store.read_now(
        lambda c: c.execute(text(f"SELECT count(*) FROM {schema}workflow_status")).scalar()  # noqa: S608
    ) == 0  # fmt: skip


def test_a_mail_server_that_refuses_is_asked_again_and_holds_up_nothing(settings, mailbox):
    settings = settings.model_copy(update={"smtp_url": SecretStr(mailbox.url)})
    store = open_store(settings)
    try:
        file(store, enqueue=lambda *_: None)
        [row] = store.read_now(lambda c: c.execute(select(referral)).all())
        delivery = Delivery(settings, store)
        delivery.into_inbox(row.id, NOW)
        delivery.into_inbox(row.id, NOW)
        assert state(store) == ["delivered"]
        mailbox.refuses = True
        delivery.notify(row.id, 1, NOW)
        [row] = store.read_now(lambda c: c.execute(select(referral)).all())
        assert row.notices == 1
        assert NOW < row.notice_at < NOW + timedelta(minutes=2)
        mailbox.refuses = False
        delivery.notify(row.id, 2, NOW)
        [row] = store.read_now(lambda c: c.execute(select(referral)).all())
        assert row.notice_at is None
        outcomes = store.read_now(
            lambda c: [
                (a.destination, a.outcome)
                for a in c.execute(select(delivery_attempt).order_by(delivery_attempt.c.started_at))
            ]
        )
        assert outcomes == [("inbox", "done"), ("email", "failed"), ("email", "sent")]
        assert mailbox.got[0]["Message-ID"].startswith(f"<{row.id}.notice.2@")
    finally:
        store.close()


def test_no_mail_server_at_all(settings):
    settings = settings.model_copy(
        update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{_free_port()}")}
    )
    store = open_store(settings)
    try:
        file(store, enqueue=lambda *_: None)
        [row] = store.read_now(lambda c: c.execute(select(referral)).all())
        delivery = Delivery(settings, store)
        delivery.into_inbox(row.id, NOW)
        delivery.notify(row.id, 1, NOW)
        [row] = store.read_now(lambda c: c.execute(select(referral)).all())
        assert row.notice_at > NOW
    finally:
        store.close()
