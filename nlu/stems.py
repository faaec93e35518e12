"""What is left of a word without its usual beginnings and endings: where its forms meet.

"كيضربوني", "ضربها" and "drebni" are all a form of ضرب, "frappée" and "frappait" of frapper. Light
and approximate: for looking words up, never shown to anybody. Input is folded text.
"""

from __future__ import annotations

from functools import cache, lru_cache

import Stemmer

from nlu.wordlists import words

LEAST_ARABIC, LEAST_LATIN = 2, 3
"""Letters that a rest has at least."""


@lru_cache(maxsize=8_192)
def rests(word: str) -> tuple[str, ...]:
    """What a word of Darija or Arabic may be without beginning or ending, the longest first."""
    arabic = "\u0600" < word[0] < "\u06ff"
    script, least = ("arabic", LEAST_ARABIC) if arabic else ("latin", LEAST_LATIN)
    beginnings, endings = words(f"beginnings_{script}"), words(f"endings_{script}")
    size = len(word)
    starts = [n for n in range(1, min(6, size)) if word[:n] in beginnings]
    ends = [n for n in range(size - 1, max(size - 6, 0), -1) if word[n:] in endings]
    found = {word[s:e] for s in (0, *starts) for e in (size, *ends) if e - s >= least}
    return tuple(sorted(found - {word}, key=lambda rest: (-len(rest), rest)))


def french(word: str) -> str:
    """What is left of a French word."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french", 0)
