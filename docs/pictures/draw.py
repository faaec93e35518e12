"""Draws `conversation.png` for the README: what is said here is what the assistant says today.

    python docs/pictures/draw.py        # needs Chromium and the Noto Arabic fonts

A conversation is played through `sanad talk --json` with an empty data folder, and photographed.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SAID = (
    "السلام",
    "جاري كيضرب ولدو كل ليلة، عندو 6 سنين، حنا فسلا حي الرحمة",
    "لا",
    "لا",
    "واش غادي يعرفو شكون أنا؟",
)
SHOWN = slice(1, 4)
"""The welcome comes first and is long: the picture begins after it."""
STYLE = """
body { margin: 0; background: #e7e2da; font: 17px/1.55 'Noto Sans Arabic', sans-serif; }
main { width: 660px; padding: 22px; display: flex; flex-direction: column; gap: 12px; }
p { margin: 0; padding: 10px 16px; border-radius: 14px; white-space: pre-wrap; max-width: 500px; }
.said { background: #d6f0c4; align-self: flex-start; }
.told { background: #fff; align-self: flex-end; }
div { align-self: flex-end; display: flex; gap: 8px; max-width: 500px; flex-wrap: wrap; }
div span { background: #fff; color: #1c6aa8; border-radius: 10px; padding: 5px 18px; }
"""


def played() -> list[tuple[str, list[dict[str, object]]]]:
    """(what the person said, replies), turn by turn."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "talk", "--json"],
            input="".join(f"{line}\n" for line in SAID),
            env={**os.environ, "SANAD_DATA_DIR": folder},
            capture_output=True,
            text=True,
            check=True,
        )
    turns: list[list[dict[str, object]]] = [[]]
    for line in done.stdout.splitlines():
        reply = json.loads(line)
        if "turn" in reply:
            turns.append([])
        else:
            turns[-1].append(reply)
    return list(zip(SAID, turns, strict=False))


def page() -> str:
    parts = []
    for said, replies in played()[SHOWN]:
        parts.append(f'<p class="said">{html.escape(said)}</p>')
        for reply in replies:
            parts.append(f'<p class="told">{html.escape(str(reply["text"]))}</p>')
            choices = "".join(f"<span>{html.escape(c['label'])}</span>" for c in reply["choices"])
            parts.append(f"<div>{choices}</div>" if choices else "")
    return (
        f'<!doctype html><html dir="rtl" lang="ar"><meta charset="utf-8"><style>{STYLE}</style>'
        f"<main>{''.join(parts)}</main></html>"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page(), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             f"--screenshot={HERE / 'conversation.png'}", "--window-size=704,950",
             source.as_uri()], check=True, capture_output=True)  # fmt: skip


if __name__ == "__main__":
    main()
