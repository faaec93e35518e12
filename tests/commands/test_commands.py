"""The command line, as people and programs call it: processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def sanad(tmp_path, templates):
    """With a database as every command makes it (`test_every_command_makes_its_database`)."""
    templates.sqlite(tmp_path / "var")
    return program(tmp_path)


def program(tmp_path):
    def run(*args, text="", **env):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SANAD", "TELEGRAM"))}
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            input=text.encode("utf-8", "surrogatepass"),
            capture_output=True,
            cwd=tmp_path,
            timeout=60,
            check=False,
            env={**inherited, "SANAD_DATA_DIR": str(tmp_path / "var"),
                 "PYTHONPATH": str(Path.cwd()), **env},
        )  # fmt: skip

    return run


def test_every_command_makes_its_database(tmp_path):
    sanad = program(tmp_path)
    done = sanad("find", "--json", "numéro de la gendarmerie")
    assert json.loads(done.stdout)[0]["id"] == "gendarmerie-177", done.stderr
    assert (tmp_path / "var" / "sanad.db").exists()
    assert {p.name for p in (tmp_path / "var").glob("*.npz")} == {"guide-index.npz"}


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


WALK = ["جاري كيضرب ولدو كل ليلة، عندو 6 سنين، حنا فسلا حي الرحمة", "لا", "لا", "لا", "آه"]


def test_talk_in_json_from_the_first_word_to_the_case(sanad):
    done = sanad("talk", "--json", text="\n".join(WALK) + "\n")
    assert done.returncode == 0, done.stderr
    said = lines(done)
    assert [x["turn"] for x in said if "turn" in x] == [1, 2, 3, 4, 5]
    replies = [x for x in said if "text" in x]
    assert all(r["language"] == "ary-Arab" for r in replies)
    assert {c["value"].split("@")[0] for c in replies[0]["choices"]} == {
        "report.danger=yes", "report.danger=no", "report.danger=skip",
    }  # fmt: skip
    receipt = replies[-1]["receipt"]
    assert len(receipt) == 16 and receipt.isdecimal()
    assert sum("receipt" in r for r in replies) == 1
    # The same person asks in Arabic-Indic digits; nobody works here, so it waits.
    arabic = receipt.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    asked = lines(sanad("talk", "--json", text=f"{arabic}\n"))
    assert "2026" in asked[0]["text"] or "202" in asked[0]["text"]
    [case] = json.loads(sanad("case", "list", "--json").stdout)
    assert case["state"] == "queued"
    assert (case["province"], case["office"], case["harm"]) == (
        "MA-SAL",
        "desk",
        ["physical_abuse"],
    )
    assert case["reporter"] == "anonymous"
    assert "سلا" not in json.dumps(case, ensure_ascii=False)
    shown = json.loads(sanad("case", "show", case["ref"], "--json").stdout)
    assert shown["child_age"] == 6
    assert shown["story"] == [WALK[0]]
    assert [h["now"] for h in shown["history"]] == ["received", "queued"]


def test_talk_takes_events_and_nonsense(sanad, tmp_path):
    voice = tmp_path / "v.ogg"
    voice.write_bytes(b"OggS words nobody may read")
    text = "\n".join([
        "je veux signaler un enfant en danger", '{"pick": "no"}', '{"location": [34.03, -6.8]}',
        json.dumps({"voice": str(voice)}), '{"photo": "/no/such/file"}', '{"wait": "3h"}',
        '{"nonsense": 1}', "{not json", "", "x" * 10_000, "😀😀", "\u202e\u2067abc", "200 ans",
    ])  # fmt: skip
    done = sanad("talk", "--json", text=text + "\n")
    assert done.returncode == 0, done.stderr
    said = lines(done)
    assert [x["turn"] for x in said if "turn" in x] == list(range(1, 14))
    assert b"Traceback" not in done.stderr
    for n in range(1, 14):
        before = said.index({"turn": n})
        if n not in (7,):
            assert "text" in said[before - 1], f"silent at turn {n}"
    kept = list((tmp_path / "var" / "attachments").iterdir())
    assert len(kept) == 1
    assert b"nobody" not in kept[0].read_bytes()


def test_a_person_comes_back_by_name(sanad):
    sanad("talk", "--json", "--person", "amina", text=WALK[0] + "\n")
    again = lines(sanad("talk", "--json", "--person", "amina", text="لا\n"))
    assert "text" in again[0]
    other = lines(sanad("talk", "--json", text="لا\n"))
    assert again[0]["text"] != other[0]["text"]


@pytest.mark.parametrize("channel", ["terminal", "telegram", "whatsapp", "sms"])
def test_every_channel_can_be_shown(sanad, channel):
    done = sanad("talk", "--channel", channel, text="bonjour\n")
    assert done.returncode == 0
    assert "Sanad" in done.stdout.decode()
    if channel == "sms":
        assert "\u2066" not in done.stdout.decode()


def test_a_script_is_played_and_compared(sanad, tmp_path):
    script = tmp_path / "s.yaml"
    script.write_text("turns:\n  - she: bonjour\n    bot: [welcome-demo, menu]\n", "utf-8")
    assert sanad("talk", "--script", str(script)).returncode == 0
    script.write_text("turns:\n  - she: bonjour\n    bot: [bye]\n", "utf-8")
    done = sanad("talk", "--script", str(script))
    assert done.returncode == 1
    assert b"not ['bye']" in done.stderr
    script.write_text("mode: live\nturns:\n  - she: bonjour\n", "utf-8")
    assert b"live mode" in sanad("talk", "--script", str(script)).stderr
    script.write_text("turns: 5\n", "utf-8")
    assert sanad("talk", "--script", str(script)).returncode == 1


def test_understand_find_and_place(sanad):
    done = sanad("understand", text="جاري كيضرب ولدو فسلا عندو 6 سنين\n\nbonjour\n")
    first, blank, third = lines(done)
    assert first["goal"]["name"] == "report_abuse"
    assert {"entity": "place", "value": "MA-SAL", "text": "سلا", "start": 17, "end": 20,
            "confidence": 0.95} in first["entities"]  # fmt: skip
    assert first["emergency"]["alarm"] is True
    assert blank["text"] == ""
    assert third["language"] == "fra"
    [hits] = lines(sanad("find", text="numéro de la police\n"))
    assert hits[0]["id"] == "police-19"
    assert hits[0]["source"]["date"] == "2022-08"
    sale, none = lines(sanad("place", text="Salé\nqwxz\n"))
    assert (sale["code"], sale["hcp"], sale["region"]) == ("MA-SAL", "04.441", "MA-04")
    assert none is None


def test_offices(sanad):
    assert len(json.loads(sanad("office", "list", "--json").stdout)) == 83
    refused = sanad("office", "check")
    assert refused.returncode == 1
    assert b"82 of 82" in refused.stderr
    assert sanad("office", "set", "MA-SAL", "--email", "a@b.example").returncode == 0
    assert sanad("office", "set", "MA-CAS", "--inbox").returncode == 1
    assert sanad("office", "set", "MA-SAL").returncode == 1
    assert sanad("office", "set", "MA-SAL", "--email", "not mail").returncode == 1
    assert b"81 of 82" in sanad("office", "check").stderr
    assert sanad("office", "test", "MA-RAB").returncode == 1
    assert sanad("office", "test", "MA-SAL").returncode == 0
    [case] = json.loads(sanad("case", "list", "--office", "MA-SAL", "--json").stdout)
    assert case["test"] is True
    early = sanad("case", "acknowledge", case["ref"], "--by", "Nadia")
    assert early.returncode == 1
    assert b"cannot become" in early.stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--help"], 0), (["no-such"], 2), (["case", "list", "--state", "odd"], 2),
        (["case", "show", "NOPE"], 1), (["case", "list", "--office", "nowhere"], 1),
        (["talk", "--script", "/no/file.yaml"], 1), (["nlu", "parse", "--model", "/no"], 1),
        (["nlu", "train", "--data", "/no", "--out", "/tmp"], 1), (["db", "upgrade"], 0),
        (["doctor"], 0), (["find", "x", "--place", "nowhere at all"], 1),
    ],
)  # fmt: skip
def test_exit_codes_and_no_tracebacks(sanad, args, code):
    done = sanad(*args)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANAD_MODE", "nearly"), ("SANAD_DATABASE_URL", "mysql://x"), ("SANAD_PUBLIC_URL", "x"),
        ("TELEGRAM_WEBHOOK_SECRET", "with blanks"), ("SANAD_SMTP_URL", "http://x"),
        ("SANAD_KEYS", "{}"), ("SANAD_DATABASE_URL", "postgresql://u:pw@127.0.0.1:1/x"),
        ("SANAD_DATA_DIR", "/proc/none"),
    ],
)  # fmt: skip
def test_wrong_settings_are_one_sentence(sanad, name, value):
    done = sanad("serve", **{name: value})
    assert done.returncode == 1
    error = done.stderr.decode().strip()
    assert "Traceback" not in error
    assert "pw" not in error.replace("PostgreSQL", "")
    assert len([line for line in error.splitlines() if "keys were made" not in line]) == 1, error


def test_the_guide_is_checked_given_out_taken_in_and_undone(sanad, tmp_path):
    assert sanad("directory", "check").returncode == 0
    for path in ("guide.zip", "folder", "guide.yaml"):
        assert sanad("directory", "export", path).returncode == 0
        again = sanad("directory", "import", path)
        assert again.returncode == 0, again.stderr
        assert b"nothing was different" in again.stdout
    text = (tmp_path / "guide.yaml").read_text("utf-8")
    changed = text.replace("Gendarmerie : 177", "Gendarmerie royale : 177")
    assert changed != text
    (tmp_path / "guide.yaml").write_text(changed, "utf-8")
    done = sanad("directory", "import", "guide.yaml", "--by", "Amina")
    number = done.stdout.decode().split()[1].rstrip(":")
    assert "Amina: import guide.yaml" in sanad("directory", "history").stdout.decode()
    named = json.loads(sanad("find", "--json", "numéro de la gendarmerie").stdout)[0]["name"]["fr"]
    assert named == "Gendarmerie royale : 177"
    assert sanad("directory", "undo", number).returncode == 0
    named = json.loads(sanad("find", "--json", "numéro de la gendarmerie").stdout)[0]["name"]["fr"]
    assert named == "Gendarmerie : 177"


@pytest.mark.parametrize(
    ("args", "said"),
    [(["import", "nothing-here"], "nothing-here"), (["import", "bad.zip"], "bad.zip"),
     (["import", "bad.yaml"], "bad.yaml"), (["undo", "99"], "no change 99"),
     (["export", "taken"], "taken")],
)  # fmt: skip
def test_the_guide_refuses_in_one_sentence(sanad, tmp_path, args, said):
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    (tmp_path / "bad.yaml").write_text("- {id: x, kind: topic}", "utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("x", "utf-8")
    done = sanad("directory", *args)
    assert done.returncode == 1
    told = done.stderr.decode().strip().splitlines()
    assert len(told) == 1 and said in told[0], told
