"""A report of a child at risk: what is asked, what is read back, what is filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine import (
    Answers,
    Arg,
    Ask,
    ChildAge,
    Effects,
    Flow,
    Frame,
    OneOf,
    OpenCase,
    Part,
    Phone,
    Place,
    ReceiptDigits,
    Say,
    Several,
    Surroundings,
    Term,
    WherePlace,
    Words,
    YesNo,
    volunteered,
)

HARM_SHOWN = (
    "physical_abuse",
    "sexual_abuse",
    "emotional_abuse",
    "neglect",
    "child_labour",
    "begging",
    "online_sextortion",
    "child_marriage",
)
"""Offered as buttons; everything else understanding can name is accepted in her own words."""

PERPETRATORS = (
    "father",
    "mother",
    "step_parent",
    "primary_caregiver",
    "other_family",
    "teacher",
    "neighbour",
    "employer",
    "schoolmate",
    "stranger",
    "unknown",
)


class Report(Answers):
    danger: bool | None = None
    harm: tuple[str, ...] | None = None
    place: str | None = None
    part: str | None = None
    place_text: str | None = None
    child_age: int | None = None
    child_sex: str | None = None
    perpetrator: str | None = None
    reporter_is: str | None = None
    call_me: bool | None = None
    phone: str | None = None
    wish: str | None = None
    name: str | None = None
    more: str | None = None
    finding: str | None = None
    call_when: str | None = None
    code_word: str | None = None
    story: tuple[str, ...] | None = None
    attachments: tuple[str, ...] | None = None
    # How the conversation goes, not what is reported.
    adding: bool | None = None
    changing: bool | None = None
    change: str | None = None
    send: bool | None = None


def _told_danger(r: Report) -> bool:
    """In danger her own words go before a list: where the child is comes first."""
    return bool(r.danger and r.story)


def mechanism(r: Report, around: Surroundings) -> str | None:
    """The territorial mechanism that answers for the place; None where the desk must decide."""
    return r.part or (around.mechanisms.get(r.place) if r.place else None)


# --- what an answer does --------------------------------------------------------------------------


def _phone(frame: Frame, slot: str, value: Any) -> Frame:
    """A number she gives and confirms is a wish to be called."""
    return frame.settle("call_me", True).settle(slot, value)


def _review(frame: Frame, slot: str, value: Any) -> Frame:
    match value:
        case "add":
            return frame.reopen("finding", "call_when", "code_word").settle("adding", True)
        case "change":
            return frame.settle("changing", True)
    return frame.settle(slot, True)


_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "place": ("place", "part", "place_text"),
    "call_me": ("call_me", "phone", "wish", "name"),
}


def _change(frame: Frame, slot: str, value: Any) -> Frame:
    return frame.reopen(*_TOGETHER.get(value, (value,)), "changing", "change")


def _changeable(r: Report, around: Surroundings) -> tuple[str, ...]:
    asked = ["danger", "harm", "place", "child_age", "call_me", "more"]
    if r.danger:
        asked = [s for s in asked if s not in ("child_age", "more") or getattr(r, s) is not None]
    if _told_danger(r):
        asked.remove("harm")
    return tuple(asked)


# --- what is read back ----------------------------------------------------------------------------


def _terms(kind: str, values: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(kind, v) for v in values)


def _facts(r: Report) -> dict[str, Arg]:
    """The lines of a read-back, by slot, in the order shown."""
    lines: dict[str, Arg] = {}
    if r.harm:
        lines["harm"] = _terms("harm", r.harm)
    if r.child_age is not None:
        lines["child_age"] = r.child_age
    if where := (r.part or r.place):
        lines["place"] = Place(where)
    elif r.place_text:
        lines["place"] = r.place_text
    if r.perpetrator:
        lines["perpetrator"] = Term("perpetrator", r.perpetrator)
    return lines


def _line(slot: str, value: Arg) -> Say:
    return Say(f"line-{slot.replace('_', '-')}", {"value": value})


def _heard(before: Report, after: Report) -> tuple[Say, ...]:
    was = _facts(before)
    return tuple(
        _line(slot, value) for slot, value in _facts(after).items() if was.get(slot) != value
    )


def _read_back(r: Report, hidden: bool) -> tuple[Say, ...]:
    """Everything that will be sent; after a silence, only that it is kept: others may look."""
    if hidden:
        return (Say("line-hidden"),)
    facts = _facts(r)
    if r.danger is not None:
        facts["danger"] = Term("choice", "yes" if r.danger else "no")
    if r.story:
        facts["story"] = len(r.story)
    if r.attachments:
        facts["files"] = len(r.attachments)
    for slot in ("more", "finding", "call_when", "code_word", "phone", "name"):
        if value := getattr(r, slot):
            facts[slot] = value
    facts["wish"] = Term("wish", _wish(r))
    return tuple(_line(slot, value) for slot, value in facts.items())


def _wish(r: Report) -> str:
    """Anonymous unless she left a way to be reached."""
    if not r.call_me or r.wish == "anonymous":
        return "anonymous"
    return r.wish or "confidential"


def _destination(r: Report, around: Surroundings) -> dict[str, Arg]:
    m = mechanism(r, around)
    to_office = m is not None and m in around.reachable
    args: dict[str, Arg] = {
        "to": "office" if to_office else "desk",
        "why": "reached" if to_office else ("no-office" if m else "no-place"),
        "place": Place(m) if m else "",
        "demo": "yes" if around.demo else "no",
        "urgent": "yes" if r.danger else "no",
        "call": "yes" if r.call_me else "no",
    }
    return args


# --- how it ends ----------------------------------------------------------------------------------


def _content(r: Report, around: Surroundings) -> dict[str, object]:
    kept = r.model_dump(exclude={"adding", "changing", "change", "send", "call_me"})
    return {**kept, "wish": _wish(r), "mechanism": mechanism(r, around)}


def _file(r: Report, around: Surroundings) -> Effects:
    args = {**_destination(r, around), "receipt": ReceiptDigits()}
    return (OpenCase(_content(r, around)), Say("report-filed", args))


def _send_part(r: Report, around: Surroundings) -> Effects:
    return (OpenCase(_content(r, around), partial=True),)


def _told_part(r: Report, around: Surroundings) -> Effects:
    demo = "yes" if around.demo else "no"
    return (Say("report-kept", {"receipt": ReceiptDigits(), "demo": demo}),)


def _silent(r: Report, around: Surroundings) -> Effects:
    """What says where the child is or whom to call goes to the desk, where a person decides."""
    return _send_part(r, around) if r.place or r.place_text or r.phone else ()


def _refuses(r: Report, around: Surroundings) -> str | None:
    if not around.takes_reports:
        return "report-closed"
    m = mechanism(r, around)
    if around.ready is not None and m and m not in around.ready:
        return "report-closed-here"
    return None


REPORT_ABUSE = Flow(
    "report",
    Report,
    asks=(
        volunteered("perpetrator", OneOf(PERPETRATORS, entity="perpetrator", volunteers=True)),
        volunteered("child_sex", OneOf(("m", "f"), entity="child_sex", volunteers=True)),
        volunteered(
            "reporter_is",
            OneOf(("child", "relative", "witness"), entity="reporter", volunteers=True),
        ),
        Ask("danger", YesNo(), skippable=True),
        Ask("harm", Several("harm", HARM_SHOWN), when=lambda r, _: not _told_danger(r)),
        Ask("place", WherePlace(), skippable=True, refused_to="place_text"),
        Ask(
            "part",
            Part(),
            when=lambda r, a: r.place in a.splits,
            choices=lambda r, a: a.splits.get(r.place or "", ()),
            skippable=True,
        ),
        Ask("child_age", ChildAge(), when=lambda r, _: not r.danger, skippable=True),
        Ask("call_me", YesNo(), when=lambda r, _: r.wish != "anonymous", skippable=True),
        Ask(
            "phone",
            Phone(),
            when=lambda r, _: r.call_me is True,
            settle=_phone,
            skippable=True,
        ),
        Ask(
            "wish",
            OneOf(("anonymous", "confidential", "named"), entity="wish", volunteers=True),
            when=lambda r, _: r.call_me is True and not r.danger,
            choices=lambda _, __: ("confidential", "named"),
            skippable=True,
        ),
        Ask("name", Words(), when=lambda r, _: r.call_me is True and r.wish == "named"),
        Ask(
            "more",
            Words(),
            when=lambda r, _: not r.danger,
            skippable=True,
            no_means_skip=True,
        ),
        Ask("finding", Words(), when=lambda r, _: r.adding is True, skippable=True,
            no_means_skip=True),
        Ask("call_when", Words(), when=lambda r, _: r.adding is True and r.call_me is True,
            skippable=True, no_means_skip=True),
        Ask("code_word", Words(), when=lambda r, _: r.adding is True and r.call_me is True,
            skippable=True, no_means_skip=True),
        Ask(
            "change",
            OneOf(("danger", "harm", "place", "child_age", "call_me", "more")),
            when=lambda r, _: r.changing is True,
            choices=_changeable,
            settle=_change,
            skippable=True,
        ),
        Ask(
            "send",
            OneOf(("send", "add", "change"), yes="send", no="change"),
            choices=lambda r, _: ("send", "change") if r.adding else ("send", "add", "change"),
            settle=_review,
            lines=_read_back,
            args=_destination,
        ),
    ),
    done=_file,
    stopped=_send_part,
    told=_told_part,
    silent=_silent,
    worth_sending=lambda r: bool(r.story or r.harm or r.place or r.place_text or r.phone),
    refuses=_refuses,
    heard=_heard,
    danger="danger",
    words="story",
    files="attachments",
    personal=True,
)  # fmt: skip
