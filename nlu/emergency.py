"""Danger, looked for before anything else is understood, in every writing.

Missing one costs a child; a false alarm costs a minute. A model that has learnt from phrases of
danger and from calm ones with the same words rings by itself; cues ring where it does not find
danger nearly impossible (docs/decisions/0005). What is less sure is asked, never assumed: harm that
goes on, told without a word that it is now, laughter, a question about the law. Figures of speech
("قتلني الضحك", "ce cours me tue") are cut out before cues are looked for; in a film nobody is in
danger.
"""

from __future__ import annotations

import re
from typing import Any

from nlu.cues import Folded, folded, meanings, without
from nlu.understood import Emergency, EmergencyCategory
from nlu.written import written

HABIT = 0.3
"""Harm that goes on, told by somebody who does not say that it is now."""
RINGS = 0.4
"""How likely the model must find danger to ring by itself: measured, see docs/performance.md."""
DOUBTED = 0.05
"""What the model finds less likely than this does not ring by its cues either: it has seen too much
like it that was none."""
SURE, UNSURE = 0.8, 0.5
"""From where the model's word is taken as it is; what is less sure is asked, never assumed."""
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
    `asks`: it is a question about something; `likely`: how likely the model finds danger, which has
    seen more wordings than the cues name and the figures of speech too (None: it was not asked);
    `kind`: of which category."""
    groups = meanings("danger").found_in(message)
    now = bool(_NOW.search(message.words))
    violent = [h for h in harms if h in _VIOLENT]
    found: list[tuple[float, EmergencyCategory]] = []
    if likely is None or likely >= DOUBTED:
        found = _by_cues(groups, likely)
        if violent and now:
            found.append((0.85, _HABITUAL[violent[0]]))
    if likely is not None and likely >= RINGS and kind:
        usual = bool(_USUAL.search(message.words)) and not now
        # Violence told without a word of when may be now: that is asked, the numbers are shown.
        sure = likely >= SURE and not usual and not violent
        found.append((likely if sure else HABIT if usual else UNSURE, kind))
    elif not found and not asks and (likely is None or likely >= DOUBTED):
        found = [(HABIT, _HABITUAL[h]) for h in harms if h in _HABITUAL]
    if not found:
        return Emergency(False, round(min(likely or 0.02, RINGS), 3))
    probability = max(weight for weight, _ in found)
    if asks:
        # "What do I do if…": still answered with the numbers, not taken for a cry.
        probability = min(probability, 0.55)
    if LIGHTLY in groups and not now and "cry" not in groups:
        # Laughing, or about a film: asked, not assumed.
        probability = min(probability, HABIT)
    categories = tuple(dict.fromkeys(c for _, c in sorted(found, key=lambda f: -f[0])))
    return Emergency(True, round(min(probability, 0.99), 3), categories)


def _by_cues(
    groups: tuple[str, ...], likely: float | None
) -> list[tuple[float, EmergencyCategory]]:
    """What the cues say. Nobody is in danger in a film; somebody who also cries for help may be."""
    weights = written("danger")
    found = [
        (float(weights[name]["weight"]), _category(weights[name]))
        for name in groups
        if name not in (FICTION, FIGURE, LIGHTLY)
    ]
    if FICTION in groups:
        found = [(w, c) for w, c in found if "cry" in groups and w > 0.9]
    if likely is not None and likely < RINGS:
        found = [(min(w, UNSURE), c) for w, c in found]
    return found


def _category(group: Any) -> EmergencyCategory:
    category: EmergencyCategory = group["category"]
    return category
