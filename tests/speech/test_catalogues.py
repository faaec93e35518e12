"""The four catalogues: complete, alike, short enough, and with no number that is not known."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as ftl

import bot
from bot.cases.harm import HARMS
from bot.engine import kinds
from bot.engine.rungs import menu
from bot.flows import FLOWS
from bot.flows.report_abuse import HARM_SHOWN, PERPETRATORS
from bot.speech.catalogue import FILES, FOLDER, LOCALES, text
from bot.speech.sms import EXTENDED, GSM7, fold, segments

ROOT = Path(bot.__file__).parent
NUMBERS = {
    "19",
    "177",
    "15",
    "2511",
    "16",
    "18",
    "0",
    "17",
    "06",
    "12",
    "34",
    "56",
    "78",
    "09",
    "08",
}
ARABIC = re.compile(r"[\u0621-\u064a]")
TAKEN = re.compile(r"\b(STOP|STOPALL|UNSUBSCRIBE|CANCEL|END|QUIT|REVOKE|OPTOUT)\b")
ARGS = {"value": 6, "to": "office", "why": "reached", "place": "X", "demo": "no", "urgent": "no",
        "call": "no", "receipt": "1234 5678 9012 3456", "state": "delivered", "created": "2026-11-23",
        "at": "desk", "duty": "no", "child": "no", "source": "X", "date": "2026", "dated": "yes",
        "number": 1, "label": "x"}  # fmt: skip


def messages(locale):
    found = {}
    for name in FILES:
        for entry in FluentParser().parse((FOLDER / locale / name).read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{locale}/{name}: {entry.content[:60]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found
                found[entry.id.name] = entry
    return found


CATALOGUES = {locale: messages(locale) for locale in LOCALES}


def variables(entry):
    return set(re.findall(r"\$(\w+)", FluentSerializer().serialize_entry(entry)))


def attributes(entry):
    return {a.id.name for a in entry.attributes}


@pytest.mark.parametrize("locale", [one for one in LOCALES if one != "fr"])
def test_every_catalogue_says_everything(locale):
    ours, theirs = CATALOGUES[locale], CATALOGUES["fr"]
    assert set(ours) == set(theirs)
    for name, entry in theirs.items():
        assert attributes(ours[name]) == attributes(entry), name
        assert variables(ours[name]) == variables(entry), name


def emitted():
    """Every message id that the engine and the flows may ask for."""
    found = set()
    for path in [
        *(ROOT / "engine").rglob("*.py"),
        *(ROOT / "flows").glob("*.py"),
        ROOT / "turn.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in ("Say", "Put", "Refused"):
                first = node.args[0]
                found |= {n.value for n in ast.walk(first)
                          if isinstance(n, ast.Constant) and isinstance(n.value, str)}  # fmt: skip
    found = {f for f in found if not f.endswith("-") and not f.startswith("-")}
    found -= {"smalltalk.", "_"}
    for flow in FLOWS.values():
        for ask in flow.asks:
            if not (ask.kind.volunteers and ask.when.__name__ == "_never"):
                found.add(f"{flow.name}-{ask.slot}")
            if ask.kind.volunteers or isinstance(ask.kind, kinds.Part):
                found.add(f"{flow.name}-{ask.slot}-confirm")
        found.add(f"{flow.name}-heard") if flow.name == "report" else None
    found |= {f"harm-{h.replace('_', '-')}" for h in HARMS}
    found |= {f"perpetrator-{p.replace('_', '-')}" for p in PERPETRATORS}
    found |= {f"goal-{g}" for g in menu.GOALS.values()}
    found |= {"greet", "thanks", "bye", "how-are-you", "insult", "report-closed-here", "source", "source-stale",
              "control-skip", "control-hint-skip", "share-contact", "share-location", "option-line"}  # fmt: skip
    return found - {"goal-", "-", "no", "yes"}


def test_what_the_engine_may_say_is_there():
    missing = sorted(emitted() - set(CATALOGUES["fr"]))
    assert missing == []


def test_nothing_is_there_that_nobody_says():
    spoken = emitted() | {
        f"{kind}-{value}"
        for kind, values in {
            "line": ("harm", "child-age", "place", "perpetrator", "danger", "story", "files", "more",
                     "finding", "call-when", "code-word", "phone", "name", "wish", "hidden"),
            "wish": ("anonymous", "confidential", "named"),
            "child-sex": ("m", "f"),
            "reporter": ("child", "relative", "witness"),
            "choice": ("yes", "no"),
        }.items()
        for value in values
    }  # fmt: skip
    assert sorted(set(CATALOGUES["fr"]) - spoken) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_buttons_are_short(locale):
    for name, entry in CATALOGUES[locale].items():
        for attribute in attributes(entry) - {"sms"}:
            label = text(locale, name, ARGS, attribute=attribute)
            assert len(label) <= 24, f"{name}.{attribute}: {label}"
    for name in ("choice-yes", "choice-no", "control-skip"):
        assert len(text(locale, name, ARGS)) <= 20


def test_every_harm_shown_has_a_label():
    for locale in LOCALES:
        for harm in HARM_SHOWN:
            assert text(locale, "report-harm", ARGS, attribute=harm.replace("_", "-"))


def variants(locale, name, entry):
    for child in ("yes", "no"):
        for demo in ("yes", "no"):
            for value in (0, 1, 2, 3, 11, "a"):
                yield text(locale, name, {**ARGS, "child": child, "demo": demo, "value": value})
    if "sms" in attributes(entry):
        yield text(locale, name, ARGS, attribute="sms")


@pytest.mark.parametrize("locale", LOCALES)
def test_only_known_numbers(locale):
    for name, entry in CATALOGUES[locale].items():
        for said in variants(locale, name, entry):
            digits = set(
                re.findall(r"(?<![\w])\d+(?![\w])", said.replace("1234 5678 9012 3456", ""))
            )
            assert digits <= NUMBERS | {"1", "2", "3", "6", "11", "2026", "23"}, (name, digits)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_short_message_variants_cost_little_and_name_no_harm(locale):
    harms = {text(locale, f"harm-{h.replace('_', '-')}") for h in HARMS if h != "other"}
    for name, entry in CATALOGUES[locale].items():
        if "sms" not in attributes(entry):
            continue
        for demo in ("yes", "no"):
            said = fold(text(locale, name, {**ARGS, "demo": demo}, attribute="sms"))
            assert segments(said) <= 2, f"{name}: {segments(said)} {said}"
            assert not any(h in said for h in harms), name
            if not ARABIC.search(said):
                assert set(said) <= GSM7 | EXTENDED, name


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_that_a_provider_swallows(locale):
    for name, entry in CATALOGUES[locale].items():
        for said in variants(locale, name, entry):
            assert not TAKEN.search(said), name


@pytest.mark.parametrize("locale", ["ary", "ar"])
def test_arabic_catalogues_are_in_arabic(locale):
    for name in CATALOGUES[locale]:
        said = text(locale, name, ARGS)
        assert ARABIC.search(said) or not re.search(r"[A-Za-z]{3}", said), f"{name}: {said}"


def test_the_emergency_begins_with_the_numbers():
    for locale in LOCALES:
        said = text(locale, "emergency-numbers", ARGS)
        assert all(n in said for n in ("19", "177", "15", "2511"))
        assert said.index("19") < said.index("177") < said.index("2511")


def test_the_nudge_says_nothing():
    harms = re.compile("enfant|danger|signal|طفل|تبليغ|خطر|tfel|tabligh|khatar", re.IGNORECASE)
    for locale in LOCALES:
        for name in ("nudge", "welcome-back", "exit"):
            assert not harms.search(text(locale, name, ARGS)), (locale, name)


def test_no_sentence_for_people_in_python():
    """Arabic letters, or an accented French word, in a string of the application."""
    french = re.compile(r"[éèêàçùôî]")
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and n.body and isinstance(n.body[0], ast.Expr)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if id(node) in docs or path.name in ("sms.py", "isolate.py"):
                    continue
                shown = node.value
                if path.name == "__main__.py":
                    shown = shown.replace("(سند)", "")
                allowed = path.name == "script.py"
                assert allowed or not ARABIC.search(shown), f"{path.name}: {shown[:40]}"
                assert not french.search(shown), f"{path.name}: {shown[:40]}"


def test_kinds_used():
    assert kinds.SURE > kinds.MAYBE
