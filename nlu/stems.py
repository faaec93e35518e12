"""What is left of a word without its usual beginnings and endings: where its forms meet.

"كيضربوني", "ضربها" and "drebni" are all a form of ضرب, "frappée" and "frappait" of frapper. Light
and approximate: for features of models and for looking words up, never shown to anybody. Input is
folded text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

from nlu.skeleton import skeleton

_ARABIC_BEFORE = re.compile(
    "^[وف]?(?:ما)?(?:كاي|كات|كان|كي|كت|كن|كا|تاي|تات|تان|تي|تن|تا|غادي|غاي|غات|غان|غي|غت|غن|غا|سي|ست|سن|"
    "سا|بال|فال|كال|وال|لل|ال|ي|ت|ن|ا|ب|ف|ل|م)(?=.{2})"
)
_ARABIC_BEHIND = re.compile(
    "(?<=.{2})(?:ش|وش|هاش|هش|نيش|ني|نا|ها|هم|هوم|كم|كوم|هما|ه|و|وا|وني|وه|وها|وهم|ات|اتو|اتها|اتني|ين|ون|"
    "ان|تو|تها|ي|ك|ا|ت)$"
)
_LATIN_BEFORE = re.compile(
    "^[wf]?(?:ma)?(?:kay|kat|kan|ki|ka|tay|tat|tan|ti|ta|ghadi|ghay|ghat|ghan|ghi|gha|y|t|n|fl|bl|l|f|b|"
    "m|el|al)(?=.{3})"
)
_LATIN_BEHIND = re.compile(
    "(?<=.{2})(?:ouch|hach|nich|ch|x|ni|na|ha|hom|houm|kom|koum|o|ou|ouni|oh|ouh|ouha|at|ato|atha|atni|"
    "in|ine|a|i|k|t|h)$"
)


@lru_cache(maxsize=32_768)
def stems(word: str) -> tuple[str, ...]:
    """`r:` the consonants of what is left of a word of Darija or Arabic; of a word in Latin letters
    also `f:`, what is left of it as a French one."""
    if "\u0600" < word[0] < "\u06ff":
        return _consonants(_ARABIC_BEHIND.sub("", _ARABIC_BEFORE.sub("", word, count=1)))
    darija = _consonants(_LATIN_BEHIND.sub("", _LATIN_BEFORE.sub("", word, count=1)))
    return (*darija, f"f:{_french().stemWord(word)}")


def _consonants(rest: str) -> tuple[str, ...]:
    bones = skeleton(rest)
    return (f"r:{bones}",) if len(bones) > 1 else ()


@cache
def _french() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french", 0)
