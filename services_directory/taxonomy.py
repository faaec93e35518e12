"""The two taxonomies of the directory: kinds of records, and needs that people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from services_directory.records import hsds_id
from services_directory.units import DATA

NAMES = {
    "kinds": ("Kinds of records", "What a record of the directory is."),
    "needs": ("Needs", "The families in which people ask for help."),
}


@cache
def terms() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Taxonomy, code of the term, its name by locale."""
    text = (DATA / "taxonomy.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = YAML(typ="safe").load(text)
    return found


def term_id(taxonomy: str, code: str) -> str:
    return hsds_id("taxonomy_term", f"{taxonomy}/{code}")


def rows() -> dict[str, dict[str, dict[str, Any]]]:
    """The rows of both taxonomies, with the Arabic names as translations."""
    made: dict[str, dict[str, dict[str, Any]]] = {
        "taxonomy": {}, "taxonomy_term": {}, "translation": {}
    }  # fmt: skip
    for taxonomy, several in terms().items():
        name, description = NAMES[taxonomy]
        own = hsds_id("taxonomy", taxonomy)
        made["taxonomy"][own] = {"id": own, "name": name, "description": description}
        for n, (code, names) in enumerate(several.items()):
            term = term_id(taxonomy, code)
            made["taxonomy_term"][term] = {
                "id": term, "code": code, "name": names["fr"], "description": names["fr"],
                "taxonomy_id": own, "language": "fr", "position": n,
            }  # fmt: skip
            for field in ("name", "description"):
                key = f"taxonomy_term/{term}/{field}/ar"
                made["translation"][key] = {
                    "id": key, "table_name": "taxonomy_term", "row_id": term, "field": field,
                    "locale": "ar", "text": names["ar"],
                }  # fmt: skip
    return made
