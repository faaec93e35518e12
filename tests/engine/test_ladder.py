"""One test a rung: what it answers, and what it leaves alone."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.engine import Handover, Hide, OpenCase, PassOn, Put, Session
from tests.engine.chat import CASE, Chat, reporting, welcomed

# --- the whole way --------------------------------------------------------------------------------


def test_everything_at_once_then_only_what_is_missing():
    chat = Chat().said(
        "jari kaydreb weldo kol lila 3ndo 6 snin f sla",
        "report_abuse",
        harm=["physical_abuse"],
        child_age=6,
        place="MA-SAL",
        alarm=0.3,
    )
    assert chat.says == [
        "numbers-brief", "welcome-demo", "report-heard", "notice-demo", "report-danger",
    ]  # fmt: skip
    assert chat.did == ["Alert"]
    assert chat.said("la", "control.no").says == ["report-call_me"]
    assert chat.said("la", "control.no").says == ["report-more"]
    assert chat.said("la", "control.no").says == ["report-send"]
    assert chat.said("ah", "control.yes").says == ["report-filed"]
    case = chat.one(OpenCase)
    assert case.answers["place"] == "MA-SAL"
    assert case.answers["mechanism"] == "MA-SAL"
    assert case.answers["child_age"] == 6
    assert case.answers["wish"] == "anonymous"
    assert case.answers["story"] == ("jari kaydreb weldo kol lila 3ndo 6 snin f sla",)
    assert not case.partial
    assert not chat.session.stack


def test_one_question_at_a_time():
    chat = reporting()
    assert chat.says == ["report-danger"]
    assert chat.said("la", "control.no").says == ["report-harm"]
    assert chat.picked("neglect").says == ["report-place"]
    assert chat.said("sla", place="MA-SAL").says == ["report-child_age"]
    assert chat.said("6", number=6).says == ["report-call_me"]
    assert chat.said("ah", "control.yes").says == ["report-phone"]
    assert chat.said("0612345678", phone="+212612345678").says == ["report-wish"]
    assert chat.picked("named").says == ["report-name"]
    assert chat.said("Fatima").says == ["report-more"]
    assert chat.said("dar lkhra f derb").says == ["report-send"]
    assert chat.picked("send").says == ["report-filed"]
    answers = chat.one(OpenCase).answers
    assert (answers["phone"], answers["wish"], answers["name"]) == (
        "+212612345678", "named", "Fatima",
    )  # fmt: skip


def test_details_to_find_the_child_are_offered_last():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("ah", "control.yes").said("n", phone="+212612345678").picked("confidential")
    assert chat.said("la", "control.no").says == ["report-send"]
    assert chat.picked("add").says == ["report-finding"]
    assert chat.said("derb 5, madrasat annour").says == ["report-call_when"]
    assert chat.said("f sbah").says == ["report-code_word"]
    assert chat.picked("skip").says == ["report-send"]
    assert "add" not in chat.one(Put).choices
    chat.picked("send")
    assert chat.one(OpenCase).answers["finding"] == "derb 5, madrasat annour"


def test_the_read_back_can_be_changed():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("la", "control.no").said("la", "control.no")
    assert chat.says == ["report-send"]
    assert chat.said("la", "control.no").says == ["report-change"]
    assert chat.picked("place").says == ["report-place"]
    assert chat.said("rbat", place="MA-RAB").says == ["report-send"]
    assert chat.knows["place"] == "MA-RAB"


# --- danger ---------------------------------------------------------------------------------------


def test_an_emergency_from_nowhere():
    chat = Chat().said("3tqouni", alarm=0.95)
    assert chat.says == ["emergency-numbers", "welcome-demo", "notice-demo", "report-harm"]
    assert chat.did == ["Alert", "Handover"]
    assert chat.knows["danger"] is True


def test_an_emergency_resumes_the_report_begun_and_opens_no_second():
    chat = reporting(place="MA-SAL").said("la", "control.no")
    chat.said("x", "case_status")  # another form lies above it now
    assert chat.session.top.flow == "status"
    chat.said("daba kayqtelha", alarm=0.9, harm=["physical_abuse"])
    assert chat.says == ["emergency-numbers", "report-call_me"]
    assert [f.flow for f in chat.session.stack] == ["status", "report"]
    assert chat.knows["danger"] is True


def test_an_emergency_at_the_read_back_is_read_back_again():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("la", "control.no").said("la", "control.no")
    assert chat.said("raho kaydrebha daba", alarm=0.9).says == ["emergency-numbers", "report-send"]


def test_the_shortest_report_in_an_emergency():
    chat = welcomed().said("f sla", alarm=0.9, place="MA-SAL", harm=["physical_abuse"])
    assert chat.says == ["emergency-numbers", "report-call_me"]
    assert chat.said("la", "control.no").says == ["report-send"]
    assert chat.said("ah", "control.yes").says == ["report-filed"]


def test_an_emergency_while_a_person_holds_the_conversation():
    chat = welcomed()
    chat.session = replace(chat.session, held=True)
    chat.said("3tqouni", alarm=0.95)
    assert chat.says == ["emergency-numbers"]
    assert chat.did == ["Alert", "Handover", "PassOn"]


def test_a_word_that_is_a_button_is_still_an_emergency_first():
    chat = reporting()
    chat.session = replace(
        chat.session, screen=replace(chat.session.screen, choices=(("no", "3tqouni"),))
    )
    assert "emergency-numbers" in chat.said("3tqouni", alarm=0.95).says


def test_live_and_nobody_there_an_emergency_still_gets_the_numbers():
    chat = welcomed(demo=False, takes_reports=False).said("3tqouni", alarm=0.95)
    assert chat.says == ["emergency-numbers", "report-closed"]
    assert chat.did == ["Alert", "Handover"]
    assert not chat.session.stack


def test_live_and_nobody_there_no_report_is_taken():
    chat = welcomed(demo=False, takes_reports=False).said("bghit nbelegh", "report_abuse")
    assert chat.says == ["report-closed", "menu"]


def test_live_and_nobody_there_in_that_province():
    chat = welcomed(demo=False, ready=frozenset({"MA-RAB"}))
    chat.said("bghit nbelegh", "report_abuse").said("la", "control.no").picked("neglect")
    assert chat.said("sla", place="MA-SAL").says == ["report-closed-here"]
    assert not chat.session.stack


# --- held, stale, leaving, coming back ------------------------------------------------------------


def test_the_assistant_does_not_talk_over_a_person():
    chat = welcomed()
    chat.session = replace(chat.session, held=True)
    assert chat.said("salam", "smalltalk.greet").effects[0] == PassOn()
    assert chat.says == []


def test_a_button_of_another_moment_fills_nothing():
    chat = reporting()
    old = chat.session.screen.number
    chat.said("la", "control.no")
    chat.picked("yes", slot="report.danger", screen=old)
    assert chat.says == ["stale", "report-harm"]
    assert chat.knows["danger"] is False


def test_a_button_pressed_twice_after_the_end():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("la", "control.no").said("la", "control.no")
    number = chat.session.screen.number
    chat.picked("send", screen=number)
    assert chat.did == ["OpenCase"]
    chat.picked("send", slot="report.send", screen=number)
    assert chat.did == []
    assert chat.says == ["stale", "menu"]


def test_quick_exit_leaves_nothing_in_view_and_loses_nothing():
    chat = reporting(harm=["neglect"], place="MA-SAL")
    chat.said("khrej", "control.exit")
    assert chat.one(Hide)
    assert chat.says == ["exit"]
    assert chat.session.stack
    assert chat.session.locked
    chat.late("salam", "smalltalk.greet")
    assert chat.says == ["welcome-back"]


def test_after_a_silence_only_a_neutral_menu_shows():
    chat = reporting(harm=["neglect"], place="MA-SAL").said("la", "control.no")
    assert chat.says == ["report-child_age"]
    assert chat.late("6 snin", child_age=6).says == ["welcome-back"]
    assert chat.knows["child_age"] == 6
    assert chat.picked("continue").says == ["report-call_me"]
    chat.said("la", "control.no").said("la", "control.no")
    assert chat.says == ["report-send"]
    assert [line.message for line in chat.one(Put).lines] == ["line-hidden"]


def test_the_last_answer_after_a_silence_still_files():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("la", "control.no").said("la", "control.no")
    chat.late("ah", "control.yes")
    assert chat.did == ["OpenCase"]


def test_coming_back_and_starting_again_asks_what_to_do_with_what_was_said():
    chat = reporting(harm=["neglect"], place="MA-SAL")
    chat.late("salam", "smalltalk.greet")
    assert chat.picked("restart").says == ["stop"]


# --- commands -------------------------------------------------------------------------------------


def test_a_person_is_asked_for_and_the_form_goes_on():
    chat = reporting()
    chat.said("bghit nhder m3a chi wa7ed", "person")
    assert chat.one(Handover).why == "asked"
    assert chat.says == ["person-wait", "report-danger"]


def test_stop_with_nothing_said():
    chat = welcomed().picked("report", slot="menu")
    assert chat.said("7bes", "control.stop").says == ["stopped"]
    assert chat.did == []


@pytest.mark.parametrize(
    ("choice", "says", "did"),
    [
        ("send", ["report-kept"], ["OpenCase"]),
        ("drop", ["stopped"], []),
        ("continue", ["report-danger"], []),
    ],
)
def test_stop_she_chooses(choice, says, did):
    chat = reporting(harm=["neglect"], place="MA-SAL")
    assert chat.said("7bes", "control.stop").says == ["stop"]
    assert chat.did == []
    chat.picked(choice)
    assert (chat.says, chat.did) == (says, did)
    if choice == "send":
        assert chat.one(OpenCase).partial


def test_stop_runs_for_every_form_on_the_stack():
    chat = reporting(harm=["neglect"], place="MA-SAL").said("x", "case_status")
    assert len(chat.session.stack) == 2
    chat.said("7bes", "control.stop").picked("send")
    assert chat.did == ["OpenCase"]
    assert not chat.session.stack


def test_language_is_switched_by_a_word_or_by_a_button():
    chat = welcomed().said("français", "control.language", language="fra")
    assert chat.says == ["language"]
    assert chat.picked("fra").says == ["language-set", "menu"]
    assert chat.session.language == "fra"
    chat.said("salam labas 3likom", "smalltalk.greet", language="ary-Latn")
    assert chat.session.language == "fra"  # she chose


def test_the_language_follows_what_she_writes():
    chat = Chat().said("salam bghit n3ref chi 7aja", language="ary-Latn")
    assert chat.session.language == "ary-Latn"
    chat.said("oui", "control.yes", language="fra")
    assert chat.session.language == "ary-Latn"
    chat.said("je voudrais signaler un enfant", "report_abuse", language="fra")
    assert chat.session.language == "fra"


def test_back_reopens_the_last_answer():
    chat = reporting().said("la", "control.no").picked("neglect")
    assert chat.says == ["report-place"]
    assert chat.said("rje3", "control.back").says == ["report-harm"]
    assert chat.said("rje3", "control.back").says == ["report-danger"]
    assert chat.said("rje3", "control.back").says == ["back-nothing", "report-danger"]


def test_skip_what_may_be_skipped():
    chat = reporting()
    assert chat.said("doz", "control.skip").says == ["report-harm"]
    assert chat.said("doz", "control.skip").says == ["needed", "report-harm"]


def test_menu_while_a_form_is_open_offers_to_go_on():
    chat = reporting().said("menu", "control.menu")
    assert chat.one(Put).choices[0] == "continue"
    assert chat.picked("continue").says == ["report-danger"]


# --- answers --------------------------------------------------------------------------------------


def test_a_doubt_is_cleared():
    chat = reporting(place=("MA-SAL", 0.72))
    assert chat.says == ["report-place-confirm"]
    assert chat.said("ah", "control.yes").says == ["report-danger"]
    assert chat.knows["place"] == "MA-SAL"
    chat = reporting(place=("MA-SAL", 0.72)).said("la", "control.no")
    assert "place" not in chat.knows


def test_a_place_nobody_asked_for_must_be_plain():
    assert reporting(place=("MA-JDI", 0.65)).says == ["report-danger"]


def test_a_doubt_of_an_asked_question_is_cleared_by_the_name_itself():
    chat = reporting(place=("MA-SAL", 0.72))
    assert chat.said("rbat", place="MA-RAB").says[-1] == "report-danger"
    assert chat.knows["place"] == "MA-RAB"


def test_casablanca_asks_which_part():
    chat = reporting(harm=["neglect"]).said("la", "control.no")
    assert chat.said("casa", place="MA-CAS").says == ["report-part"]
    assert chat.one(Put).choices == ("x-CAS-ANFA", "x-CAS-FIDA")
    assert chat.picked("x-CAS-ANFA").says == ["report-child_age"]


def test_a_number_a_label_and_a_cut_label_are_the_button():
    for typed in ("2", "٢", "Non", "  non. ", "la langue…"):
        chat = reporting()
        screen = replace(
            chat.session.screen,
            choices=(("yes", "Oui"), ("no", "la langue est longue" if "…" in typed else "Non")),
        )
        chat.session = replace(chat.session, screen=screen)
        chat.said(typed)
        assert chat.knows["danger"] is False, typed


def test_a_number_is_an_age_where_an_age_is_asked():
    chat = reporting(harm=["neglect"], place="MA-SAL").said("la", "control.no")
    screen = chat.session.screen
    assert not screen.numbered
    chat.session = replace(chat.session, screen=replace(screen, choices=(("skip", "Fout"),)))
    chat.said("1", number=1)
    assert chat.knows["child_age"] == 1


@pytest.mark.parametrize(
    ("age", "says"), [(200, "age-impossible"), (25, "age-adult"), (-3, "age-impossible")]
)
def test_an_age_that_is_none(age, says):
    chat = reporting(harm=["neglect"], place="MA-SAL").said("la", "control.no")
    assert chat.said(str(age), number=age).says == [says, "report-child_age"]


def test_a_place_that_does_not_exist_is_kept_in_her_words():
    chat = reporting(harm=["neglect"]).said("la", "control.no")
    assert chat.said("qsar bla smiya").says == ["place-unknown", "report-place"]
    assert chat.said("doz", "control.skip").says == ["report-child_age"]
    assert chat.knows["place_text"] == "qsar bla smiya"


def test_a_region_is_too_wide():
    chat = reporting(harm=["neglect"]).said("la", "control.no")
    assert chat.said("jihat rbat", place="MA-04").says == ["place-too-wide", "report-place"]


def test_a_pin_proposes_and_asks():
    chat = reporting(harm=["neglect"]).said("la", "control.no")
    assert chat.pinned("MA-SAL", "MA-RAB").says == ["report-place-confirm"]
    assert chat.said("ah", "control.yes").says == ["report-child_age"]
    chat = reporting(harm=["neglect"]).said("la", "control.no")
    assert chat.pinned().says == ["place-far", "report-place"]


def test_a_shared_contact_answers_the_question_for_a_number():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("ah", "control.yes")
    assert chat.contact("+212612345678").says == ["report-wish"]
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("ah", "control.yes")
    assert chat.contact("+212600000000", own=False).says == ["report-phone-confirm"]


def test_a_number_volunteered_is_confirmed_and_means_a_wish_to_be_called():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6, phone="+212612345678")
    assert chat.says[-1] == "report-phone-confirm"
    chat.said("ah", "control.yes")
    assert chat.knows["call_me"] is True
    assert chat.knows["phone"] == "+212612345678"


def test_an_edit_corrects_what_was_said():
    chat = reporting(harm=["neglect"], place="MA-SAL")
    chat.said("f rbat", place="MA-RAB", edits=True)
    assert chat.knows["place"] == "MA-RAB"
    assert "report-heard" in chat.says


# --- files, receipts, questions -------------------------------------------------------------------


def test_a_voice_note_is_never_refused():
    chat = welcomed().sent("voice")
    assert chat.says == ["voice-kept", "menu"]
    assert chat.one(Handover).why == "voice"
    chat = reporting().sent("voice", "file-9")
    assert chat.says == ["voice-kept", "report-danger"]
    assert chat.knows["attachments"] == ["file-9"]


def test_a_photo_belongs_to_the_report_that_is_open():
    chat = reporting().sent("photo", "file-1").sent("photo", "file-2")
    assert chat.says == ["file-kept", "report-danger"]
    assert chat.knows["attachments"] == ["file-1", "file-2"]
    assert welcomed().sent("photo").says == ["file-alone", "menu"]


def test_a_receipt_shows_the_state_from_anywhere():
    assert welcomed().said("1234 5678 9012 3456", case=CASE).says == ["status"]
    chat = reporting().said("1234567890123456", case=CASE)
    assert chat.says == ["status", "report-danger"]


def test_asking_for_the_state_asks_for_the_receipt():
    chat = welcomed().said("fin wsel dossier", "case_status")
    assert chat.says == ["status-receipt"]
    assert chat.said("1234 56").says == ["receipt-incomplete", "status-receipt"]
    assert chat.said("1234567890123456", case=CASE).says == ["status"]
    assert not chat.session.stack


def test_a_question_in_the_middle_is_answered_and_the_report_goes_on():
    chat = reporting().said(
        "wach ghadi y3rfo chkoun ana?",
        "about.confidentiality",
        guide=(("about-confidentiality", 0.95),),
    )
    assert chat.says == ["guide:about-confidentiality", "report-danger"]
    assert "danger" not in chat.knows


def test_a_question_where_free_words_are_asked():
    chat = reporting(harm=["neglect"], place="MA-SAL", child_age=6).said("la", "control.no")
    chat.said("la", "control.no")
    assert chat.says == ["report-more"]
    chat.said("wach had chi b flous", "about.cost", guide=(("about-cost", 0.9),))
    assert chat.says == ["guide:about-cost", "report-more"]
    assert "more" not in chat.knows


def test_what_the_guide_does_not_know_is_said_to_be_not_known():
    chat = welcomed().said("chhal f dollar", "find_service.legal")
    assert chat.says == ["guide-unknown", "more-help"]


def test_did_you_mean():
    chat = welcomed().said("chi 7aja", guide=(("a", 0.7), ("b", 0.6), ("c", 0.2)))
    assert chat.says == ["guide-did-you-mean"]
    assert chat.one(Put).choices == ("a", "b", "none")
    assert chat.picked("b").says == ["guide:b", "more-help"]


def test_yes_to_the_only_one_offered_is_that_one_and_no_is_none():
    chat = reporting(harm=["neglect"]).said("chkoun?", "about.who_reads", guide=(("a", 0.7),))
    assert chat.says == ["guide-did-you-mean"]
    assert chat.said("ah", "control.yes").says[0] == "guide:a"
    chat = reporting(harm=["neglect"]).said("chkoun?", "about.who_reads", guide=(("a", 0.7),))
    said = chat.said("la", "control.no")
    assert said.says[-1] == "report-danger"
    assert "danger" not in said.knows


def test_an_unsure_goal_is_asked():
    chat = welcomed().said("chi drari", "report_abuse", confidence=0.6)
    assert chat.says == ["goal-report"]
    assert chat.said("ah", "control.yes").says == ["report-danger"]
    chat = welcomed().said("chi drari", "report_abuse", confidence=0.6)
    assert chat.said("la", "control.no").says == ["menu"]


def test_three_misses_call_a_person():
    chat = reporting()
    assert chat.said("??").says == ["lost", "report-danger"]
    assert chat.said("??").says == ["lost", "report-danger"]
    assert chat.said("??").says == ["lost-person", "report-danger"]
    assert chat.one(Handover).why == "misses"


def test_a_language_nobody_speaks_here():
    chat = Chat().said("wo ist der bahnhof bitte", language="other")
    assert chat.says == ["welcome-demo", "language-unknown"]
    assert chat.picked("fra").says == ["language-set", "menu"]


def test_what_looks_like_a_question_in_another_language_is_chance():
    said = welcomed().said("I need information please", "jisr.training", language="other",
                           guide=(("jisr", 0.95),))  # fmt: skip
    assert said.says == ["language-unknown"]
    harm = welcomed().said(
        "they beat the child", "report_abuse", language="other", harm=["neglect"]
    )
    assert "report-danger" in harm.says


def test_insults_are_met_calmly():
    assert welcomed().said("7mar", "smalltalk.insult").says == ["insult"]
    assert reporting().said("7mar", "smalltalk.insult").says == ["insult", "report-danger"]


# --- time -----------------------------------------------------------------------------------------


def test_silence_nudges_neutrally_then_keeps_what_protects_the_child():
    chat = reporting(harm=["neglect"], place="MA-SAL")
    assert chat.wait("nudge").says == ["nudge"]
    chat.wait("expire")
    assert chat.says == []
    assert chat.one(OpenCase).partial
    assert chat.wait("nudge").effects[:-1] == ()


def test_silence_with_neither_place_nor_number_files_nothing():
    chat = reporting(harm=["neglect"])
    assert chat.wait("expire").did == []
    assert not chat.session.stack


# --- a deploy in the middle -----------------------------------------------------------------------


def test_a_form_whose_flow_is_gone_calls_a_person():
    chat = reporting(place="MA-SAL")
    chat.flows = {k: v for k, v in chat.flows.items() if k != "status"}
    chat.session = chat.session.push(replace(chat.session.top, flow="retired"))
    chat.said("la", "control.no")
    assert "Handover" in chat.did
    assert [f.flow for f in chat.session.stack] == ["report"]


def test_a_question_removed_by_a_deploy_strands_nobody():
    chat = reporting().said("la", "control.no")
    flow = chat.flows["report"]
    without = dataclasses.replace(flow, asks=tuple(a for a in flow.asks if a.slot != "harm"))
    chat.flows = {**chat.flows, "report": without}
    chat.said("sla", place="MA-SAL")
    assert chat.knows["place"] == "MA-SAL"
    assert chat.says[-1] == "report-child_age"


def test_an_answer_that_changed_its_type_is_asked_again():
    chat = reporting().said("la", "control.no").picked("neglect")
    broken = chat.session.top.settle("danger", "not a bool")
    chat.session = chat.session.put(broken)
    assert chat.said("??").says[-1] == "report-danger"


def test_a_flow_that_asks_for_an_unknown_slot_does_not_import():
    flow = Chat().flows["report"]
    with pytest.raises(TypeError, match="fone"):
        dataclasses.replace(flow, asks=(dataclasses.replace(flow.asks[0], slot="fone"),))


def test_a_child_is_spoken_to_as_a_child():
    chat = Chat(Session()).said("bba kaydrebni", "report_abuse.child_self", reporter="child")
    assert chat.session.child


def test_the_timers_follow_the_form():
    chat = reporting()
    timers = chat.effects[-1]
    assert timers.nudge == timedelta(hours=1)
    assert welcomed().said("salam", "smalltalk.greet").effects[-1].nudge is None
