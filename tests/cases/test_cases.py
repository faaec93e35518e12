"""Filing, receipts, states, offices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.cases import LifecycleError, Report, file_report, offices, receipt, refer
from bot.cases.lifecycle import AFTER, advance_referral, current
from bot.cases.listing import CaseError, find_case, list_cases, show_case
from bot.cases.risk import age_band, risk_of
from bot.store.ids import new_id
from bot.store.tables import audit, case, case_event, case_key, referral

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SALE = Report(harm=("physical_abuse",), place="MA-SAL", mechanism="MA-SAL", child_age=6,
              story=("seen",), phone="+212612345678", wish="confidential")  # fmt: skip


def nothing(conn, referral_id):
    """The promise is not what is tested here."""


def file(conn, store, report=SALE, dedupe=None, **kw):
    return file_report(conn, vault=store.vault, report=report, case_id=new_id(NOW),
                       conversation_id=None, dedupe=dedupe or new_id(NOW), now=NOW,
                       enqueue=nothing, **kw)  # fmt: skip


def reachable(conn, code="MA-SAL"):
    offices.set_office(conn, code, email="a@office.example", now=NOW)


def test_a_report_goes_to_the_office_of_its_place(store):
    with store.begin() as conn:
        reachable(conn)
        filed = file(conn, store)
        assert (filed.office_id, filed.why) == ("MA-SAL", "mechanism")


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (SALE, "no_office"),
        (SALE.model_copy(update={"mechanism": None}), "no_place"),
        (SALE.model_copy(update={"partial": True}), "partial"),
    ],
)
def test_what_has_no_office_goes_to_the_desk_and_says_why(store, report, why):
    with store.begin() as conn:
        if why == "partial":
            reachable(conn)
        filed = file(conn, store, report)
        assert (filed.office_id, filed.why) == ("desk", why)
        assert [c.office for c in list_cases(conn, office="desk")] == ["desk"]


def test_filed_once_however_often_it_is_tried(store):
    with store.begin() as conn:
        first, again = file(conn, store, dedupe="t"), file(conn, store, dedupe="t")
        assert first == again
        assert len(conn.execute(select(case)).all()) == 1
        assert len(conn.execute(select(referral)).all()) == 1


def test_every_case_has_a_referral_and_a_history(store):
    with store.begin() as conn:
        for report in (SALE, Report(), Report(partial=True), Report(danger=True)):
            file(conn, store, report)
        cases = {r.id for r in conn.execute(select(case.c.id))}
        assert {r.case_id for r in conn.execute(select(referral))} == cases
        events = conn.execute(select(case_event).order_by(case_event.c.seq)).all()
        assert [e.now for e in events] == ["received", "queued"] * 4


def test_a_receipt_finds_its_case_and_nothing_else(store):
    with store.begin() as conn:
        filed = file(conn, store)
        digits = receipt.unsealed(conn, store.vault, filed.case_id)
        assert len(digits) == 16
        found = receipt.find(conn, store.vault, digits, sender_blind=b"s" * 32, now=NOW)
        assert found == receipt.CaseView("queued", NOW, at_desk=True)
        receipt.shown(conn, filed.case_id)
        assert receipt.unsealed(conn, store.vault, filed.case_id) is None
        slip = digits[:-1] + str((int(digits[-1]) + 1) % 10)
        for wrong in (slip, "1" * 15, "", "1234567890123456"):
            assert isinstance(
                receipt.find(conn, store.vault, wrong, sender_blind=b"t" * 32, now=NOW),
                receipt.NotFound,
            )


def test_guessing_is_slowed_for_the_guesser_only(store):
    guesses = [b + receipt.check_digit(b) for b in (f"{n:015d}" for n in range(0, 90000, 7000))]
    with store.begin() as conn:
        filed = file(conn, store)
        digits = receipt.unsealed(conn, store.vault, filed.case_id)
        outcomes = [
            type(receipt.find(conn, store.vault, g, sender_blind=b"g" * 32, now=NOW)).__name__
            for g in guesses
        ]
        assert outcomes[: receipt.FREE] == ["NotFound"] * receipt.FREE
        assert set(outcomes[receipt.FREE :]) == {"SlowDown"}
        look = {"conn": conn, "vault": store.vault, "digits": digits}
        assert isinstance(receipt.find(**look, sender_blind=b"g" * 32, now=NOW), receipt.SlowDown)
        assert isinstance(receipt.find(**look, sender_blind=b"h" * 32, now=NOW), receipt.CaseView)
        later = NOW + timedelta(days=2)
        assert isinstance(receipt.find(**look, sender_blind=b"g" * 32, now=later), receipt.CaseView)


def test_luhn_tells_a_slip_from_a_guess():
    for body in ("000000000000000", "123456789012345", "999999999999999"):
        whole = body + receipt.check_digit(body)
        for place in range(16):
            slip = f"{whole[:place]}{(int(whole[place]) + 1) % 10}{whole[place + 1 :]}"
            assert receipt.check_digit(slip[:-1]) != slip[-1]


def test_states_follow_each_other_and_nothing_else(store):
    with store.begin() as conn:
        reachable(conn)
        filed = file(conn, store)
        referral_id = current(conn, filed.case_id)[0]
        with pytest.raises(LifecycleError):
            advance_referral(conn, referral_id, "accepted", who="x", now=NOW)
        for state in ("delivered", "opened", "acknowledged", "accepted", "in_progress", "closed"):
            assert advance_referral(conn, referral_id, state, who="Nadia", now=NOW)
            assert not advance_referral(conn, referral_id, state, who="Nadia", now=NOW)
            assert conn.execute(select(case.c.state)).scalar_one() == state
        assert not advance_referral(conn, referral_id, "delivered", who="late", now=NOW)
        with pytest.raises(LifecycleError):
            advance_referral(conn, referral_id, "refused", who="x", now=NOW)
        last = conn.execute(select(case_event).order_by(case_event.c.seq.desc())).first()
        assert (last.who, last.was, last.now) == ("Nadia", "in_progress", "closed")
        assert set(AFTER) >= {n for after in AFTER.values() for n in after}


def test_a_refusal_returns_to_the_desk(store):
    with store.begin() as conn:
        reachable(conn)
        filed = file(conn, store)
        referral_id = current(conn, filed.case_id)[0]
        advance_referral(conn, referral_id, "delivered", who="sanad", now=NOW)
        advance_referral(conn, referral_id, "refused", who="Nadia", why="moved away", now=NOW)
        later = NOW + timedelta(seconds=1)
        refer(conn, filed.case_id, "desk", why="refused", who="Nadia", now=later, enqueue=nothing)
        assert current(conn, filed.case_id)[1:] == ("desk", "queued")
        assert [(c.office, c.state) for c in list_cases(conn)] == [("desk", "queued")]


def test_lists_show_no_contents_and_showing_is_recorded(store):
    with store.begin() as conn:
        filed = file(conn, store, SALE.model_copy(update={"danger": True, "name": "F"}))
        file(conn, store, Report())
        [first, _] = list_cases(conn)
        assert first.urgent
        assert set(first.shape()) >= {"ref", "state", "urgent", "partial", "province", "office",
                                      "harm", "reporter", "created"}  # fmt: skip
        assert "seen" not in str(first.shape())
        shown = show_case(conn, store.vault, filed.ref.lower(), who="admin", now=NOW)
        assert shown["story"] == ["seen"]
        assert shown["contact"] == {"phone": "+212612345678"}, "her name was not to be used"
        assert shown["place"]["code"] == "MA-SAL"
        assert [(a.who, a.subject) for a in conn.execute(select(audit))] == [("admin", filed.ref)]
        with pytest.raises(CaseError, match="No case"):
            find_case(conn, "NOTHERE")


def test_an_anonymous_report_shows_no_contact(store):
    with store.begin() as conn:
        filed = file(conn, store, SALE.model_copy(update={"wish": "anonymous"}))
        assert show_case(conn, store.vault, filed.ref, who="a", now=NOW)["contact"] == {}


def test_destroying_the_key_erases_the_case(store):
    with store.begin() as conn:
        filed = file(conn, store)
        conn.execute(case_key.delete())
        with pytest.raises(CaseError, match="destroyed"):
            show_case(conn, store.vault, filed.ref, who="a", now=NOW)
        assert list_cases(conn)[0].ref == filed.ref


def test_offices(store):
    with store.begin() as conn:
        assert len(offices.list_offices(conn)) == 83
        assert len(offices.unreachable(conn)) == 82
        with pytest.raises(offices.OfficeError, match="no territorial mechanism"):
            offices.set_office(conn, "MA-CAS", email="a@b.example", now=NOW)
        for code in offices.codes():
            offices.set_office(conn, code, email="a@b.example", now=NOW)
        assert offices.unreachable(conn) == ()
        assert offices.read_standing(conn).ready == frozenset()
        filed = file(conn, store, Report(mechanism="MA-SAL"), test_of="MA-SAL")
        offices.confirm_test(conn, filed.case_id, by="Nadia", now=NOW)
        assert offices.read_standing(conn).ready == {"MA-SAL"}
        offices.set_office(conn, "MA-SAL", email="new@b.example", now=NOW)
        assert offices.read_standing(conn).ready == frozenset(), "shown anew after a change"
        test = conn.execute(select(case.c.test)).scalar_one()
        assert test is True
        conn.execute(update(case).values(test=False))


@pytest.mark.parametrize(
    ("report", "risk"),
    [
        (Report(danger=True), "high"),
        (Report(harm=("sexual_abuse",)), "high"),
        (Report(harm=("physical_abuse",), child_age=5), "high"),
        (Report(harm=("physical_abuse",), child_age=12), "medium"),
        (Report(harm=("begging",)), "medium"),
        (Report(harm=("psychosocial_distress",)), "low"),
        (Report(harm=("other",)), "unknown"),
        (Report(), "unknown"),
    ],
)
def test_risk(report, risk):
    assert risk_of(report) == risk


def test_age_bands():
    assert [age_band(n) for n in (0, 4, 5, 9, 10, 14, 15, 17, None)] == [
        "0-4", "0-4", "5-9", "5-9", "10-14", "10-14", "15-17", "15-17", None,
    ]  # fmt: skip
