"""What people wrote in `data/` (word lists, cues, concepts), as one file that loads fast.

YAML and the lexicon are for people; reading them took half a second at each start. After a change:
`python -m nlu.building --words`. A test compares the two.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from nlu.normal import normal
from nlu.skeleton import skeleton, sound

DATA = Path(__file__).parent / "data"
COMPILED = Path(__file__).parent / "model" / "words.msgpack"


@cache
def written(name: str) -> Any:
    """The content of `words`, of a file of cues (`danger`, `harm`…), or of `concepts`."""
    return _all()[name]


@cache
def _all() -> Any:
    # Absent only while it is built for the first time.
    content = COMPILED.read_bytes() if COMPILED.exists() else compiled()
    return msgspec.msgpack.decode(content, strict=False)


def compiled() -> bytes:
    """The file as it should be."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    files = [DATA / "words.yaml", *sorted((DATA / "cues").glob("*.yaml"))]
    found = {path.stem: yaml.load(path.read_text(encoding="utf-8")) for path in files}
    return msgspec.msgpack.encode({**found, "concepts": _concepts()})


def _concepts() -> dict[str, dict[str, str]]:
    """Of `concepts.tsv` (concept, Darija, standard Arabic, French): the concepts of each word, of
    the sounds of the Darija and Arabic ones by their consonants, and of what is left of the French
    ones; parted by blanks."""
    from nlu.stems import french  # it reads the word lists itself

    words: dict[str, set[str]] = {}
    sounds: dict[str, dict[str, set[str]]] = {}
    stems: dict[str, set[str]] = {}
    for line in (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines():
        concept, darija, arabic, french_ = line.split("\t")
        for word in (normal(raw).text for raw in f"{darija} {arabic}".split()):
            words.setdefault(word, set()).add(concept)
            heard = sounds.setdefault(skeleton(word), {})
            heard.setdefault(sound(word), set()).add(concept)
        for word in (normal(raw).text for raw in french_.split()):
            words.setdefault(word, set()).add(concept)
            stems.setdefault(french(word), set()).add(concept)
    return {
        "words": _joined(words),
        "french": _joined(stems),
        "sounds": {
            bones: "|".join(f"{heard}:{meant}" for heard, meant in _joined(several).items())
            for bones, several in sorted(sounds.items())
        },
    }


def _joined(found: dict[str, set[str]]) -> dict[str, str]:
    return {key: " ".join(sorted(several)) for key, several in sorted(found.items())}
