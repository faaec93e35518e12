"""Danger, looked for before anything else is understood, in every writing.

Missing one costs a child; a false alarm costs a minute. So the cues are wide. Figures of speech
("قتلني الضحك", "ce cours me tue") are cut out before anything is looked for; only what says that it
is told in a film, a game or a match takes an alarm back; laughter makes it a question. Harm that
goes on, told without a word that it is now, alarms at a lower probability: the numbers are shown
and the question "is it now?" is asked.
"""

from __future__ import annotations

import re
from typing import Any

from nlu.cues import Folded, folded, load, meanings, without
from nlu.understood import Emergency, EmergencyCategory

HABIT = 0.3
"""Harm that goes on, told by somebody who does not say that it is now."""
MODEL_ALARMS = 0.5
"""The probability from which the model alone rings; below the next, the numbers and a question."""
MODEL_SURE = 0.8
UNSURE, DOUBTED = 0.6, 0.2
"""What only may be danger, by its cues, does not ring where the model has seen too much like it
that was none: of the frozen sentences that takes back 15 of 17 false alarms, and no true one."""
GRAVE = 0.9
"""A cue this strong is asked about even where it is said laughing."""
FIGURE, FICTION, LIGHTLY = "figure", "fiction", "lightly"
"""Groups of cues that weigh nothing themselves."""

_NOW = re.compile(
    r" (?:daba|db|dba|drok|دابا|دبا|الان|حالا|فورا|maintenant|mtn|mnt|tout de suite|en ce moment|"
    r"a l'instant|now|en train de \S+|entrain de \S+|rah daba|urgent|urgence|vite|دغيا|عاجل|بسرعه|"
    r"dghya) "
)
_USUAL = re.compile(
    r" (?:كل (?:نهار|يوم|ليله|مره)|ديما|دائما|koul (?:nhar|lila|youm)|kol (?:nhar|lila|youm)|dima|"
    r"tous les (?:jours|soirs)|toutes les nuits|chaque (?:jour|soir|nuit)|souvent|toujours) "
)
_VIOLENT = ("physical_abuse", "sexual_abuse", "abduction")
_HABITUAL: dict[str, EmergencyCategory] = {
    "physical_abuse": "physical_danger",
    "sexual_abuse": "sexual_abuse",
    "abduction": "abduction",
    "online_sextortion": "online_blackmail",
    "abandonment": "child_alone",
    "neglect": "child_alone",
}


def literal(message: Folded) -> Folded:
    """The message without figures of speech: "ce cours me tue" kills nobody, and in "du coup il va
    le tuer" somebody is still about to be killed."""
    danger = meanings("danger")
    if FIGURE not in danger.found_in(message):
        return message
    return folded(without(message.word_list, danger.cues[FIGURE]))


def detect(
    message: Folded,
    *,
    harms: tuple[str, ...],
    asks: bool,
    likely: float | None = None,
    kind: EmergencyCategory | None = None,
) -> Emergency:
    """In a message without its figures of speech. `harms`: kinds of harm found in the message;
    `asks`: it is a question about something; `likely`: what the model of danger thinks, which has
    seen more wordings than the cues name (None: it was not asked); `kind`: of which category."""
    groups, weights = meanings("danger").found_in(message), load("danger")
    found = [
        (float(weights[name]["weight"]), _category(weights[name]))
        for name in groups
        if name not in (FICTION, FIGURE, LIGHTLY)
    ]
    now = bool(_NOW.search(message.words))
    violent = [h for h in harms if h in _VIOLENT]
    if violent and now:
        found.append((0.85, _HABITUAL[violent[0]]))
    if FICTION in groups:
        # Nobody is in danger in a film; somebody who also cries for help may be.
        found = [(w, c) for w, c in found if "cry" in groups and w > 0.9]
    elif likely is not None and likely >= MODEL_ALARMS and kind:
        usual = bool(_USUAL.search(message.words)) and not now
        # Violence told without a word of when may be now: that is asked, the numbers are shown.
        sure = likely >= MODEL_SURE and not usual and not violent
        found.append((likely if sure else HABIT if usual else 0.5, kind))
    elif not found and not asks:
        found = [(HABIT, _HABITUAL[h]) for h in harms if h in _HABITUAL]
    if not found:
        return Emergency(False, 0.02)
    probability = strongest = max(weight for weight, _ in found)
    if asks:
        # "What do I do if…": still answered with the numbers, not taken for a cry.
        probability = min(probability, 0.55)
    if LIGHTLY in groups and not now and "cry" not in groups:
        # Laughing, or about a film: asked, not assumed.
        probability = min(probability, HABIT)
    doubted = likely is not None and likely < DOUBTED and (strongest < GRAVE or asks)
    if doubted and probability < UNSURE:
        return Emergency(False, round(likely or 0.0, 3))
    categories = tuple(dict.fromkeys(c for _, c in sorted(found, key=lambda f: -f[0])))
    return Emergency(True, round(min(probability, 0.99), 3), categories)


def _category(group: Any) -> EmergencyCategory:
    category: EmergencyCategory = group["category"]
    return category
