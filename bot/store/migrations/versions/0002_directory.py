"""The directory: the tables of HSDS 3.0, what HSDS leaves out, and the history of every change."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# `column:type`: s40 a string of 40, t text, f number, i integer, j JSON, b yes or no; then `*` the
# key, `!` never null, `#` with an index.
TABLES = {
    "directory_change": "id:i* at:s32! author:t! why:t! undoes:i",
    "directory_change_row": "id:s40* change_id:i!# position:i! table_name:s40! row_id:s200! before:j after:j",
    "directory_record": "id:s80* kind:s16! publish:s10! status:s40 service_id:s64 organization_id:s64# "
    "name:t answer:t phones:j url:t source_url:t source_date:s10 source_publisher:t "
    "source_dated:b sources:j confidence:s8 compiled_on:s10 reviewed_by:t reviewed_on:s10 valid_from:s10 "
    "valid_until:s10 intents:j aliases:j places:j abroad:b confidential:b origin:s8!",
    "directory_state": "id:s20* value:t!",
    "directory_translation": "id:s200* table_name:s40! row_id:s80!# field:s40! locale:s8! text:t!",
    "hsds_accessibility": "id:s64* location_id:s64# description:t details:t url:t position:i",
    "hsds_address": "id:s64* location_id:s64# attention:t address_1:t address_2:t city:t region:t "
    "state_province:t postal_code:t country:t address_type:t position:i",
    "hsds_attribute": "id:s64* link_id:s64# taxonomy_term_id:s64# link_type:t link_entity:t value:t "
    "position:i",
    "hsds_contact": "id:s64* organization_id:s64# service_id:s64# service_at_location_id:s64# "
    "location_id:s64# name:t title:t department:t email:t position:i",
    "hsds_cost_option": "id:s64* service_id:s64# valid_from:s40 valid_to:s40 option:t currency:t amount:f "
    "amount_description:t position:i",
    "hsds_funding": "id:s64* organization_id:s64# service_id:s64# source:t position:i",
    "hsds_language": "id:s64* service_id:s64# location_id:s64# phone_id:s64# name:t code:t note:t "
    "position:i",
    "hsds_location": "id:s64* location_type:t url:t organization_id:s64# name:t alternate_name:t "
    "description:t transportation:t latitude:f longitude:f external_identifier:t "
    "external_identifier_type:t position:i",
    "hsds_meta_table_description": "id:s64* name:t language:t character_set:t position:i",
    "hsds_metadata": "id:s64* resource_id:s64# resource_type:t last_action_date:s40 last_action_type:t "
    "field_name:t previous_value:t replacement_value:t updated_by:t position:i",
    "hsds_organization": "id:s64* name:t alternate_name:t description:t email:t website:t tax_status:t "
    "tax_id:t year_incorporated:f legal_status:t logo:t uri:t parent_organization_id:s64# "
    "position:i",
    "hsds_organization_identifier": "id:s64* organization_id:s64# identifier_scheme:t identifier_type:t identifier:t "
    "position:i",
    "hsds_phone": "id:s64* location_id:s64# service_id:s64# organization_id:s64# contact_id:s64# "
    "service_at_location_id:s64# number:t extension:f type:t description:t position:i",
    "hsds_program": "id:s64* organization_id:s64# name:t alternate_name:t description:t position:i",
    "hsds_required_document": "id:s64* service_id:s64# document:t uri:t position:i",
    "hsds_schedule": "id:s64* service_id:s64# location_id:s64# service_at_location_id:s64# valid_from:s40 "
    "valid_to:s40 dtstart:s40 timezone:f until:s40 count:f wkst:t freq:t interval:f "
    "byday:t byweekno:t bymonthday:t byyearday:t description:t opens_at:s40 closes_at:s40 "
    "schedule_link:t attending_type:t notes:t position:i",
    "hsds_service": "id:s64* organization_id:s64# program_id:s64# name:t alternate_name:t description:t "
    "url:t email:t status:t interpretation_services:t application_process:t "
    "fees_description:t wait_time:t fees:t accreditations:t eligibility_description:t "
    "minimum_age:f maximum_age:f assured_date:s40 assurer_email:t licenses:t alert:t "
    "last_modified:s40 position:i",
    "hsds_service_area": "id:s64* service_id:s64# name:t description:t extent:t extent_type:t uri:t position:i",
    "hsds_service_at_location": "id:s64* service_id:s64# location_id:s64# description:t position:i",
    "hsds_taxonomy": "id:s64* name:t description:t uri:t version:t position:i",
    "hsds_taxonomy_term": "id:s64* code:t name:t description:t parent_id:s64# taxonomy:t language:t "
    "taxonomy_id:s64# term_uri:t position:i",
}
TYPES: dict[str, Callable[[], Any]] = {
    "t": sa.Text, "f": sa.Float, "i": sa.Integer, "j": sa.JSON, "b": sa.Boolean
}  # fmt: skip


def upgrade() -> None:
    for table, written in TABLES.items():
        columns, indexed = [], []
        for name, kind in (column.split(":") for column in written.split()):
            bare = kind.rstrip("*!#")
            made = sa.String(int(bare[1:])) if bare[0] == "s" else TYPES[bare]()
            columns.append(sa.Column(name, made, nullable=not {"*", "!"} & set(kind)))
            if "#" in kind:
                indexed.append(name)
        op.create_table(table, *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")))
        for name in indexed:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    op.create_index("ix_hsds_service_last_modified", "hsds_service", ["last_modified", "id"])
    op.create_index(
        "ix_directory_record_shown",
        "directory_record",
        ["service_id", "publish", "kind", "valid_from", "valid_until"],
    )
    op.create_index(
        "ix_directory_change_row_of_row", "directory_change_row", ["row_id", "table_name"]
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
