"""What a report says: the content of a case, sealed with the case's own key."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Wish = Literal["anonymous", "confidential", "named"]
Reporter = Literal["child", "relative", "witness"]


class Report(BaseModel):
    """As the conversation knew it when it was filed; codes of `harm` and of the directory."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    danger: bool | None = None
    harm: tuple[str, ...] = ()
    place: str | None = None
    """An administrative unit of the directory; a commune's HCP code, a province's ISO code."""
    place_text: str | None = None
    """Her own words for the place, where it was not recognised."""
    mechanism: str | None = None
    child_age: int | None = None
    child_sex: str | None = None
    perpetrator: str | None = None
    reporter_is: Reporter | None = None
    wish: Wish = "anonymous"
    phone: str | None = None
    name: str | None = None
    story: tuple[str, ...] = ()
    more: str | None = None
    finding: str | None = None
    """Street or douar, school, usual name, who is at home."""
    call_when: str | None = None
    code_word: str | None = None
    attachments: tuple[str, ...] = ()
    partial: bool = False
    """She stopped or fell silent before the end."""
    language: str = "other"
    channel: str = ""
