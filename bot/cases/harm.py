"""Kinds of harm, in the field's vocabularies: CP-IMS+ protection concerns and the policy's terms.

Codes of CP-IMS+ (Primero's `protection_concerns` lookup); the policy names four terms. Local codes
stand where CP-IMS+ has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Term = Literal["neglect", "abuse", "exploitation", "violence", "outside"]


@dataclass(frozen=True, slots=True)
class Harm:
    cpims: str
    """The CP-IMS+ protection concern; a local code where it has none."""
    term: Term
    severe: bool = False
    """Weighs in the risk on its own."""


HARMS = MappingProxyType(
    {
        "physical_abuse": Harm("physical_abuse_violence", "violence"),
        "sexual_abuse": Harm("sexual_abuse_violence", "abuse", severe=True),
        "emotional_abuse": Harm("emotional_or_psychological", "abuse"),
        "neglect": Harm("neglect", "neglect"),
        "abandonment": Harm("abandonment", "neglect", severe=True),
        "child_labour": Harm("child_labour", "exploitation"),
        "sexual_exploitation": Harm("sexual_exploitation", "exploitation", severe=True),
        "trafficking": Harm("slavery_sale_abduction", "exploitation", severe=True),
        "child_marriage": Harm("child_marriage", "exploitation"),
        "begging": Harm("begging", "exploitation"),
        "street_situation": Harm("street_situation", "neglect"),
        "online_sextortion": Harm("online_sextortion", "exploitation", severe=True),
        "bullying": Harm("bullying", "violence"),
        "abduction": Harm("slavery_sale_abduction", "exploitation", severe=True),
        "school_dropout": Harm("school_dropout", "neglect"),
        "no_birth_registration": Harm("lack_of_documentation_birth_registration", "neglect"),
        "psychosocial_distress": Harm("psychosocial_distress", "outside"),
        "substance_abuse": Harm("substance_abuse", "outside"),
        "unaccompanied": Harm("unaccompanied", "outside", severe=True),
        "other": Harm("other", "outside"),
    }
)
