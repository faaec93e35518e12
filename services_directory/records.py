"""The entries of the guide: each complete in four writings, each with its source and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from services_directory.units import DATA

LOCALES = ("ary", "ary-Latn", "ar", "fr")
LONGEST = 600
"""Characters of an answer: what still reads as one message."""


class GuideError(ValueError):
    """An entry that cannot be published: file, entry, and what is wrong, in one sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    url: str
    date: str
    """Year, month or day, as the source gives it; of an undated page, when it was read."""
    publisher: str
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    id: str
    kind: str
    """hotline, service, topic."""
    name: Mapping[str, str]
    answer: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    """How people ask for it, by writing."""
    phones: tuple[str, ...]
    url: str | None
    places: tuple[str, ...]
    """Where it is, as codes of the map; empty: the whole country."""
    intents: tuple[str, ...]
    """What it answers; it is the first answer to the first of them."""
    source: Source


class _Source(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: str = Field(min_length=1)
    date: str = Field(pattern=r"^(19|20)\d\d(-\d\d(-\d\d)?)?$")
    publisher: str = Field(min_length=1)
    dated: bool = True


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: str = Field(pattern=r"^(hotline|service|topic)$")
    name: dict[str, str]
    answer: dict[str, str]
    phones: list[str] = []
    url: str | None = None
    places: list[str] = []
    intents: list[str] = []
    aliases: dict[str, list[str]] = {}
    source: _Source

    def record(self) -> Record:
        for what, texts in (("name", self.name), ("answer", self.answer)):
            missing = [locale for locale in LOCALES if not texts.get(locale, "").strip()]
            if missing or set(texts) - set(LOCALES):
                raise GuideError(f"{self.id}: {what} must stand in {', '.join(LOCALES)}")
        long = [locale for locale in LOCALES if len(self.answer[locale]) > LONGEST]
        if long:
            raise GuideError(f"{self.id}: the answer in {long[0]} is over {LONGEST} characters")
        return Record(
            self.id,
            self.kind,
            {k: v.strip() for k, v in self.name.items()},
            {k: v.strip() for k, v in self.answer.items()},
            {k: tuple(v) for k, v in self.aliases.items()},
            tuple(self.phones),
            self.url,
            tuple(self.places),
            tuple(self.intents),
            Source(**self.source.model_dump()),
        )


def load_records(folder: Path = DATA / "guide") -> dict[str, Record]:
    """By id. Raises GuideError."""
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.yaml")):
        for record in _read(path):
            if record.id in found:
                raise GuideError(f"{path.name}: {record.id} stands twice in the guide")
            found[record.id] = record
    return found


def _read(path: Path) -> Iterable[Record]:
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise GuideError(f"{path.name} cannot be read: {type(error).__name__}") from error
    for n, entry in enumerate(data or ()):
        try:
            yield _Record.model_validate(entry).record()
        except ValidationError as error:
            first = error.errors()[0]
            name = (
                entry.get("id", f"entry {n + 1}") if isinstance(entry, dict) else f"entry {n + 1}"
            )
            place = ".".join(map(str, first["loc"]))
            raise GuideError(f"{path.name}, {name}: {place}: {first['msg']}") from error
        except GuideError as error:
            raise GuideError(f"{path.name}, {error}") from error
