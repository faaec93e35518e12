"""What may be asked of the API's lists: the parameters of HSDS 3.0, checked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema, model_validator

PER_PAGE = 50
MOST = 500
MOST_MINIMAL = 100_000
FARTHEST = 20_000_000
"""Metres: half way round the earth."""
LONGEST = 200
WORDS = 10

_PLUS_LOST = re.compile(r"(T.*) (\d\d(?::?\d\d)?)$", re.ASCII)
"""An offset whose plus was sent as it is: in an address that means a space."""


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("it holds a character that no text has")
    return text


def _few_words(text: str) -> str:
    if len(text.split()) > WORDS:
        raise ValueError(f"at most {WORDS} words can be searched for")
    return text


def _moment(text: str) -> str:
    """As `last_modified` is stored: UTC, milliseconds. Without an offset it is UTC already."""
    try:
        given = datetime.fromisoformat(_PLUS_LOST.sub(r"\1+\2", text))
        # Both sides of the comparison have whole milliseconds; on or after .0005 is from .001 on.
        given += timedelta(microseconds=-given.microsecond % 1000)
        utc = given.replace(tzinfo=given.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("it must be a date or a datetime as in ISO 8601") from None
    return utc.isoformat(timespec="milliseconds")


Text = Annotated[str, Field(max_length=LONGEST), AfterValidator(_storable)]
Search = Annotated[Text, AfterValidator(_few_words)]
Moment = Annotated[
    Text, AfterValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]


class Asked(BaseModel):
    """Unknown parameters are refused: a filter that is misspelt must not show everything."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Listed(Asked):
    search: Search = Field("", description="Every one of these words must occur.")
    page: int = Field(1, ge=1, le=10**9, description="From 1 on.")
    per_page: int = Field(PER_PAGE, ge=1, le=MOST, description="Results on one page.")
    format: Literal["json", "ndjson"] = Field(
        "json", description="ndjson streams all results, one a line, without pages."
    )


class Filtered(Listed):
    """Conditions on services; all of them hold."""

    taxonomy_term_id: Text = Field("", description="Services with this taxonomy term.")
    taxonomy_id: Text = Field("", description="Services with any term of this taxonomy.")
    organization_id: Text = Field("", description="Services of this organization.")
    modified_after: Moment | None = Field(
        None, description="Modified on or after this date or datetime; UTC without an offset."
    )
    full: bool = Field(False, description="With everything nested.")


class Services(Filtered):
    per_page: int = Field(
        PER_PAGE, ge=1, le=MOST_MINIMAL,
        description=f"Results on one page, at most {MOST}; with minimal {MOST_MINIMAL}, which is "
        "then the default.",
    )  # fmt: skip
    minimal: bool = Field(False, description="Only id and last_modified.")

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        if not self.minimal and self.per_page > MOST:
            raise ValueError(f"per_page: at most {MOST}, {MOST_MINIMAL} with minimal")
        return self

    @property
    def size(self) -> int:
        """Results on one page."""
        whole = self.minimal and "per_page" not in self.model_fields_set
        return MOST_MINIMAL if whole else self.per_page


class Organizations(Listed):
    full: bool = Field(False, description="With everything nested, of services the names.")
    full_service: bool = Field(False, description="With everything nested, services too.")


class Links(Filtered):
    """Services at locations."""

    postcode: Annotated[Text, Field(max_length=20)] = Field(
        "", description="Services whose area or address has this postcode."
    )
    proximity: float | None = Field(
        None, gt=0, le=FARTHEST, allow_inf_nan=False,
        description="Instead: those within so many metres of the middle of the postcode.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _near_something(self) -> Self:
        if self.proximity is not None and not self.postcode:
            raise ValueError("proximity: it needs a postcode to be near to")
        return self


class Terms(Listed):
    taxonomy_id: Text = Field("", description="Terms of this taxonomy.")
    top_only: bool = Field(False, description="Only terms without a parent.")
    parent_id: Text = Field("", description="Terms directly under this one.")


class OneOrganization(Asked):
    full_service: bool = Field(False, description="Services with everything nested.")
