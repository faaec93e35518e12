"""Recorded updates of the Bot API (invented people), one of each kind, and bytes that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.port import Contact, Location, Media, Other, Pick, Text
from channels.telegram import Group, Malformed, parse

FOLDER = Path(__file__).parent / "telegram"
CONTENT = {
    "text": Text("جاري كيضرب ولدو"),
    "start": Text("/start"),
    "edited": Text("عندو 7 سنين", edits="5"),
    "button": Pick("report.danger=no@3"),
    "button_on_old_message": Pick("menu=report@1"),
    "location": Location(34.03, -6.8),
    "venue": Location(34.03, -6.8),
    "own_contact": Contact("+212612345678", own=True),
    "other_contact": Contact("+212600000000", own=False),
    "photo": Media("photo", "large", "image/jpeg", 90000, "chouf"),
    "voice": Media("voice", "v1", "audio/ogg", 4000),
    "video_note": Media("video", "n1", "video/mp4", 5000),
    "document": Media("document", "d1", "application/pdf", 7000),
    "sticker": Media("sticker", "s1", "image/webp"),
    "poll": Other("poll"),
}
GROUPS = ("group", "added_to_group", "channel_post", "joined")
NOTHING = ("blocked", "unknown_kind", "live_location_moves")


def payload(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def test_every_recorded_update_is_expected():
    assert {p.stem for p in FOLDER.glob("*.json")} == {*CONTENT, *GROUPS, *NOTHING}


@pytest.mark.parametrize("name", CONTENT)
def test_private_messages(name):
    found = parse(payload(name))
    assert found.content == CONTENT[name]
    assert found.address.id == "7001"
    assert found.profile_language == "ar"


def test_ids():
    assert parse(payload("text")).message_id == "update:1"
    assert parse(payload("edited")).message_id == "edit:7001:5:1795442460"
    assert parse(payload("text")).ref == "5"
    assert parse(payload("button")).press == "cb-1"


@pytest.mark.parametrize("name", GROUPS)
def test_groups_are_no_place_for_a_report(name):
    assert isinstance(parse(payload(name)), Group)


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_to_answer(name):
    assert parse(payload(name)) is None


@pytest.mark.parametrize("body", [b"", b"x", b"[]", b"1", b"{}", b'{"update_id": "x"}',
                                  b'{"update_id": 1, "message": 5}',
                                  b'{"update_id": 1, "message": {}}',
                                  b'{"update_id": 1, "callback_query": {"id": []}}',
                                  b"\xff\xfe\x00", b'{"update_id": 1e400}'])  # fmt: skip
def test_what_is_no_update_is_malformed(body):
    with pytest.raises(Malformed):
        parse(body)


@given(st.binary(max_size=300))
def test_any_bytes(body):
    try:
        parse(body)
    except Malformed:
        pass


@given(st.sampled_from(sorted(CONTENT)), st.data())
def test_any_field_may_be_missing_or_odd(name, data):
    update = json.loads(payload(name))
    holder = update
    for _ in range(data.draw(st.integers(1, 3))):
        keys = [k for k in holder if k != "update_id"]
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if isinstance(holder[key], dict) and data.draw(st.booleans()):
            holder = holder[key]
        else:
            holder[key] = data.draw(st.sampled_from([None, [], {}, "x", 7, -1, True, [1]]))
            break
    try:
        parse(json.dumps(update).encode())
    except Malformed:
        pass
