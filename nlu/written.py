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
from nlu.stems import stems

DATA = Path(__file__).parent / "data"
COMPILED = Path(__file__).parent / "model" / "words.msgpack"
LONG = 5
"""Letters of a stem, its mark included, from which it may stand for a word: shorter ones meet by
chance."""


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
    """Of `concepts.tsv` (concept, Darija, standard Arabic, French): the concepts of each word, and
    of each stem, parted by blanks."""
    words: dict[str, set[str]] = {}
    stems_: dict[str, set[str]] = {}
    for line in (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines():
        concept, darija, arabic, french = line.split("\t")
        for kind, several in (("r:", f"{darija} {arabic}"), ("f:", french)):
            for raw in several.split():
                word = normal(raw).text
                words.setdefault(word, set()).add(concept)
                for stem in stems(word):
                    if stem.startswith(kind) and len(stem) >= LONG:
                        stems_.setdefault(stem, set()).add(concept)
    return {
        name: {key: " ".join(sorted(several)) for key, several in sorted(found.items())}
        for name, found in (("words", words), ("stems", stems_))
    }
