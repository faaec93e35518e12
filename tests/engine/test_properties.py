"""What holds whatever is said, in whatever order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine import (
    Alert,
    Elapsed,
    GaveContact,
    OpenCase,
    Opened,
    PassOn,
    Picked,
    Pinned,
    Put,
    Said,
    Say,
    SentFile,
    Tell,
    advance,
)
from bot.flows import FLOWS
from tests.engine.chat import AROUND, CASE, Chat, understood

INTENTS = (
    "", "report_abuse", "report_abuse.child_self", "find_service.legal", "jisr.what",
    "case_status", "person", "about.confidentiality", "control.yes", "control.no", "control.back",
    "control.skip", "control.stop", "control.restart", "control.exit", "control.menu",
    "control.more", "control.language", "smalltalk.greet", "smalltalk.thanks", "smalltalk.bye",
    "smalltalk.how_are_you", "smalltalk.insult",
)  # fmt: skip
PLACES = ("MA-SAL", "MA-CAS", "MA-04", "x-CAS-ANFA", "99.999", "MA-RAB")
entities = st.fixed_dictionaries(
    {},
    optional={
        "place": st.tuples(st.sampled_from(PLACES), st.floats(0, 1)),
        "harm": st.lists(st.sampled_from(["neglect", "physical_abuse", "begging"]), min_size=1),
        "child_age": st.integers(-5, 300),
        "number": st.integers(-5, 300),
        "phone": st.just("+212612345678"),
        "reporter": st.sampled_from(["child", "witness"]),
        "wish": st.sampled_from(["anonymous", "named", "nonsense"]),
    },
)
said = st.builds(
    lambda text, intent, sure, language, alarm, found, edits: Said(
        understood(text, intent, confidence=sure, language=language, alarm=alarm, **found), edits
    ),
    st.sampled_from(["", "x", "1", "٢", "a b c d e", "🙂", "\u202e\u2066", "word " * 500]),
    st.sampled_from(INTENTS),
    st.sampled_from([0.3, 0.6, 0.95]),
    st.sampled_from(["ary-Arab", "ary-Latn", "arb", "fra", "other"]),
    st.sampled_from([None, None, None, None, 0.3, 0.9]),
    entities,
    st.booleans(),
)
slots = st.sampled_from(
    [f"{f.name}.{a.slot}" for f in FLOWS.values() for a in f.asks]
    + ["menu", "guide", "stop", "welcome_back", "language", "goal", "", "nothing"]
)
values = st.sampled_from(
    ["yes", "no", "skip", "send", "add", "change", "drop", "continue", "restart", "report",
     "status", "guide", "jisr", "person", "language", "fra", "none", "harm", "place", "nonsense",
     "x-CAS-ANFA", "named", "neglect", "call_me"]
)  # fmt: skip
events = st.one_of(
    said,
    said,
    said,
    st.builds(Picked, slots, values, st.none() | st.integers(0, 30)),
    st.builds(Elapsed, st.sampled_from(["nudge", "expire"])),
    st.builds(Pinned, st.lists(st.sampled_from(PLACES), max_size=2).map(tuple)),
    st.builds(GaveContact, st.just("+212612345678"), st.booleans()),
    st.builds(SentFile, st.sampled_from(["photo", "voice", "video"]), st.just("f")),
    st.just(Opened()),
)
arounds = st.builds(
    lambda late, guide, case, live: replace(
        AROUND,
        silent=AROUND.silent.resolution * (late * 700_000_000),
        guide=guide,
        case=CASE if case else None,
        demo=not live,
        takes_reports=live != "nobody",
        ready=frozenset({"MA-SAL"}) if live else None,
    ),
    st.integers(0, 1),
    st.sampled_from([(), (("r", 0.9),), (("r", 0.6), ("s", 0.55))]),
    st.integers(0, 5).map(lambda n: n == 5),
    st.sampled_from(["", "", "", "nobody", "some"]),
)
conversations = st.lists(st.tuples(events, arounds), max_size=20)


@settings(max_examples=600, deadline=None)
@given(conversations)
def test_never_silent_never_stuck_and_an_emergency_always_alarms(steps):
    chat = Chat()
    for event, around in steps:
        chat.session, chat.effects = advance(FLOWS, chat.session, event, around)
        if not isinstance(event, Elapsed):
            assert any(isinstance(e, Say | Put | Tell | PassOn) for e in chat.effects)
        if isinstance(event, Said) and event.understood.emergency.alarm:
            assert any(isinstance(e, Alert) for e in chat.effects)
            if event.understood.emergency.probability > 0.6:
                first = next(e for e in chat.effects if isinstance(e, Say | Put | Tell))
                assert first.message == "emergency-numbers"
        questions = [e for e in chat.effects if isinstance(e, Put)]
        assert len(questions) <= 1
        if questions:
            assert chat.effects.index(questions[0]) >= len(chat.effects) - 2  # timers follow
        top = chat.session.top
        if top and not isinstance(event, Elapsed):
            assert top.doubt or FLOWS[top.flow].next(top, around)


@settings(max_examples=400, deadline=None)
@given(conversations)
def test_a_form_stands_on_the_stack_once_and_a_filed_report_is_whole(steps):
    chat = Chat()
    for event, around in steps:
        before = chat.session
        chat.session, chat.effects = advance(FLOWS, chat.session, event, around)
        names = [f.flow for f in chat.session.stack]
        assert len(names) == len(set(names))
        for case in (e for e in chat.effects if isinstance(e, OpenCase)):
            # Nothing is sent behind her back: she said so, or silence after she told where.
            if not case.partial:
                asking = before.top and before.top.asking
                assert asking == "send"
            if isinstance(event, Elapsed):
                assert (
                    case.answers.get("place")
                    or case.answers.get("place_text")
                    or case.answers["phone"]
                )


@settings(max_examples=300, deadline=None)
@given(conversations)
def test_a_conversation_replayed_is_the_same_conversation(steps):
    outcomes = []
    for _ in range(2):
        chat = Chat()
        for event, around in steps:
            chat.session, chat.effects = advance(FLOWS, chat.session, event, around)
        outcomes.append((chat.session, chat.effects))
    assert outcomes[0] == outcomes[1]
