"""The tables of Open Referral's Human Services Data Specification 3.0 (openreferral.org): what
stands in each, and what refers to what. The names are the standard's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Type = Literal["text", "uuid", "uri", "email", "number", "date", "time", "datetime"]


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    type: Type
    required: bool = False
    choices: tuple[str, ...] = ()


_MODES = "physical|postal|virtual"
# `name:type`, text where no type stands; `!` required; `=a|b` one of these.
_WRITTEN: Mapping[str, str] = {
    "organization": "name! alternate_name description! email:email website:uri tax_status tax_id "
    "year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid",
    "program": "organization_id!:uuid name! alternate_name description!",
    "service": "organization_id!:uuid program_id:uuid name! alternate_name description url:uri "
    "email:email status!=active|inactive|defunct|temporarily_closed interpretation_services "
    "application_process fees_description wait_time fees accreditations eligibility_description "
    "minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses alert "
    "last_modified:datetime",
    "location": f"location_type!={_MODES} url:uri organization_id:uuid name alternate_name "
    "description transportation latitude:number longitude:number external_identifier "
    "external_identifier_type",
    "service_at_location": "service_id!:uuid location_id!:uuid description",
    "address": "location_id:uuid attention address_1! address_2 city! region state_province! "
    f"postal_code! country! address_type!={_MODES}",
    "phone": "location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
    "service_at_location_id:uuid number! extension:number type description",
    "contact": "organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid "
    "name title department email:email",
    "schedule": "service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date "
    "valid_to:date dtstart:date timezone:number until:date count:number "
    "wkst=MO|TU|WE|TH|FR|SA|SU freq=WEEKLY|MONTHLY interval:number byday byweekno bymonthday "
    "byyearday description opens_at:time closes_at:time schedule_link:uri attending_type notes",
    "funding": "organization_id:uuid service_id:uuid source",
    "service_area": "service_id:uuid name description extent extent_type uri",
    "required_document": "service_id:uuid document uri:uri",
    "language": "service_id:uuid location_id:uuid phone_id:uuid name code note",
    "accessibility": "location_id:uuid description details url:uri",
    "cost_option": "service_id!:uuid valid_from:date valid_to:date option currency amount:number "
    "amount_description",
    "organization_identifier": "organization_id!:uuid identifier_scheme identifier_type! "
    "identifier!",
    "taxonomy": "name! description! uri:uri version",
    "taxonomy_term": "code name! description! parent_id:uuid taxonomy language taxonomy_id:uuid "
    "term_uri:uri",
    "attribute": "link_id!:uuid taxonomy_term_id!:uuid link_type link_entity! value",
    "metadata": "resource_id!:uuid resource_type! last_action_date!:date last_action_type! "
    "field_name! previous_value! replacement_value! updated_by!",
    "meta_table_description": "name language character_set",
}


def _field(written: str) -> Field:
    head, _, choices = written.partition("=")
    named, _, kind = head.partition(":")
    several = tuple(c.replace("_", " ") for c in choices.split("|")) if choices else ()
    return Field(named.rstrip("!"), kind or "text", "!" in named, several)  # type: ignore[arg-type]


FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        table: (Field("id", "uuid", required=True), *map(_field, written.split()))
        for table, written in _WRITTEN.items()
    }
)

FILES: Mapping[str, str] = MappingProxyType(
    {
        "taxonomy": "taxonomies",
        "address": "addresses", "accessibility": "accessibility", "funding": "funding",
        "metadata": "metadata", "service_at_location": "services_at_location",
    }
)  # fmt: skip
"""How a table's file is called in a data package, where it is not the name with an s."""

REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "organization_id": "organization", "parent_organization_id": "organization",
        "program_id": "program", "service_id": "service", "location_id": "location",
        "service_at_location_id": "service_at_location", "contact_id": "contact",
        "phone_id": "phone", "taxonomy_id": "taxonomy",
        "taxonomy_term_id": "taxonomy_term", "parent_id": "taxonomy_term",
    }
)  # fmt: skip
"""What a field of this name refers to, in every table."""

PARTS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "organization": {
            "funding": ("funding", "organization_id"),
            "contacts": ("contact", "organization_id"),
            "phones": ("phone", "organization_id"),
            "locations": ("location", "organization_id"),
            "programs": ("program", "organization_id"),
            "organization_identifiers": ("organization_identifier", "organization_id"),
        },
        "service": {
            "phones": ("phone", "service_id"),
            "schedules": ("schedule", "service_id"),
            "service_areas": ("service_area", "service_id"),
            "service_at_locations": ("service_at_location", "service_id"),
            "languages": ("language", "service_id"),
            "funding": ("funding", "service_id"),
            "cost_options": ("cost_option", "service_id"),
            "required_documents": ("required_document", "service_id"),
            "contacts": ("contact", "service_id"),
        },
        "service_at_location": {
            "contacts": ("contact", "service_at_location_id"),
            "phones": ("phone", "service_at_location_id"),
            "schedules": ("schedule", "service_at_location_id"),
        },
        "location": {
            "languages": ("language", "location_id"),
            "addresses": ("address", "location_id"),
            "contacts": ("contact", "location_id"),
            "accessibility": ("accessibility", "location_id"),
            "phones": ("phone", "location_id"),
            "schedules": ("schedule", "location_id"),
        },
        "phone": {"languages": ("language", "phone_id")},
        "contact": {"phones": ("phone", "contact_id")},
    }
)
"""What hangs on what: of each table the lists that JSON nests in it, with the table they come from
and the field there that refers back."""

ONE: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "service": {
            "organization": ("organization", "organization_id"),
            "program": ("program", "program_id"),
        },
        "service_at_location": {"location": ("location", "location_id")},
        "attribute": {"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
        "taxonomy_term": {"taxonomy_detail": ("taxonomy", "taxonomy_id")},
    }
)
"""The one row that JSON nests under a name, with its table and the field here that refers to it."""

WITHOUT_ATTRIBUTES = ("taxonomy", "taxonomy_term", "attribute", "metadata")
"""Tables to which no taxonomy term is attached."""
