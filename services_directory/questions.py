"""How people ask for a record: questions invented for search, a line each in `data/questions.tsv`.

They are to search what phrases are to understanding: not part of what an editor publishes, so they
stand beside the guide and not in it. What an editor notes himself stands in the record's aliases.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from services_directory.units import DATA

QUESTIONS = DATA / "questions.tsv"


@cache
def questions() -> Mapping[str, tuple[str, ...]]:
    """By the record that answers them."""
    found: dict[str, list[str]] = {}
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        for slug, _, question in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(slug, []).append(question)
    return {slug: tuple(several) for slug, several in found.items()}
