"""A package as anybody might send it: every table of HSDS 3.0 filled, in another order of columns."""

from __future__ import annotations

U = "00000000-0000-4000-8000-0000000000{:02d}".format


FOREIGN: dict[str, dict[str, str]] = {
    "organization": {
        "id": U(1), "name": "Fédération « L'Œuvre »", "alternate_name": "L'Œuvre",
        "description": "Elle aide les familles;\nà Salé, et ailleurs.", "email": "info@example.org",
        "website": "https://example.org/", "tax_status": "association", "tax_id": "00123",
        "year_incorporated": "1998", "legal_status": "reconnue", "logo": "https://example.org/l.png",
        "uri": "https://example.org/id/1", "parent_organization_id": U(2),
    },
    "program": {
        "id": U(3), "organization_id": U(1), "name": "Programme été",
        "alternate_name": "Été", "description": "Pour l'été.",
    },
    "service": {
        "id": U(4), "organization_id": U(1), "program_id": U(3), "name": "Écoute",
        "alternate_name": "L'écoute", "description": "<b>Une ligne</b> d'écoute",
        "url": "https://example.org/ecoute", "email": "ecoute@example.org",
        "status": "temporarily closed", "interpretation_services": "en langue des signes",
        "application_process": "Appelez", "fees_description": "10 € l'heure", "wait_time": "2 jours",
        "fees": "10 €", "accreditations": "aucune", "eligibility_description": "Toutes",
        "minimum_age": "12", "maximum_age": "99.5", "assured_date": "2024-05-06",
        "assurer_email": "q@example.org", "licenses": "aucune", "alert": "Fermé en août",
        "last_modified": "2024-06-07T09:10:11.123+01:00",
    },
    "location": {
        "id": U(5), "location_type": "physical", "url": "https://example.org/lieu",
        "organization_id": U(1), "name": "Maison", "alternate_name": "La maison",
        "description": "En ville", "transportation": "Tramway", "latitude": "34.0531",
        "longitude": "-6.7985", "external_identifier": "///a.b.c",
        "external_identifier_type": "what3words",
    },
    "service_at_location": {
        "id": U(6), "service_id": U(4), "location_id": U(5), "description": "Au premier",
    },
    "address": {
        "id": U(7), "location_id": U(5), "attention": "Accueil", "address_1": "1, rue Exemple",
        "address_2": "1er étage", "city": "Salé", "region": "Rabat-Salé-Kénitra",
        "state_province": "Salé", "postal_code": "11000", "country": "MA",
        "address_type": "physical",
    },
    "phone": {
        "id": U(8), "location_id": U(5), "service_id": U(4), "organization_id": U(1),
        "contact_id": U(9), "service_at_location_id": U(6), "number": "+212 500-000000",
        "extension": "12", "type": "voice", "description": "Le matin",
    },
    "contact": {
        "id": U(9), "organization_id": U(1), "service_id": U(4), "service_at_location_id": U(6),
        "location_id": U(5), "name": "Nour Exemple", "title": "Accueil", "department": "Écoute",
        "email": "nour@example.org",
    },
    "schedule": {
        "id": U(10), "service_id": U(4), "location_id": U(5), "service_at_location_id": U(6),
        "valid_from": "2024-01-01", "valid_to": "2026-12-31", "dtstart": "2024-01-01",
        "timezone": "1", "until": "2026-12-31", "count": "3", "wkst": "MO", "freq": "WEEKLY",
        "interval": "1", "byday": "TU,TH", "byweekno": "1,2", "bymonthday": "3", "byyearday": "4",
        "description": "Le mardi", "opens_at": "10:00:00", "closes_at": "18:30:00+01:00",
        "schedule_link": "https://example.org/h", "attending_type": "sur place", "notes": "Sonnez",
    },
    "funding": {"id": U(11), "organization_id": U(1), "service_id": U(4), "source": "Dons"},
    "service_area": {
        "id": U(12), "service_id": U(4), "name": "sale", "description": "La ville",
        "extent": "La ville et ses alentours", "extent_type": "text", "uri": "https://example.org/s",
    },
    "required_document": {
        "id": U(13), "service_id": U(4), "document": "CIN", "uri": "https://example.org/cin",
    },
    "language": {
        "id": U(14), "service_id": U(4), "location_id": U(5), "phone_id": U(8), "name": "Français",
        "code": "fr", "note": "le matin",
    },
    "accessibility": {
        "id": U(15), "location_id": U(5), "description": "Rampe", "details": "À droite",
        "url": "https://example.org/rampe",
    },
    "cost_option": {
        "id": U(16), "service_id": U(4), "valid_from": "2024-01-01", "valid_to": "2024-12-31",
        "option": "Moins de 18 ans", "currency": "mad", "amount": "10.25",
        "amount_description": "l'heure",
    },
    "organization_identifier": {
        "id": U(17), "organization_id": U(1), "identifier_scheme": "MA-ICE",
        "identifier_type": "ICE", "identifier": "000123",
    },
    "taxonomy": {
        "id": U(18), "name": "Thèmes", "description": "Les nôtres", "uri": "urn:x:themes",
        "version": "1.0",
    },
    "taxonomy_term": {
        "id": U(19), "code": "A.1", "name": "Écoute", "description": "Par téléphone",
        "parent_id": U(20), "taxonomy": "Thèmes", "language": "fr", "taxonomy_id": U(18),
        "term_uri": "urn:x:themes:1",
    },
    "attribute": {
        "id": U(21), "link_id": U(4), "taxonomy_term_id": U(19), "link_type": "topic",
        "link_entity": "service", "value": "oui",
    },
    "metadata": {
        "id": U(22), "resource_id": U(4), "resource_type": "service",
        "last_action_date": "2024-06-07", "last_action_type": "update", "field_name": "name",
        "previous_value": "Ecoute", "replacement_value": "Écoute", "updated_by": "Nour Exemple",
    },
    "meta_table_description": {
        "id": U(23), "name": "services", "language": "fr", "character_set": "windows-1252",
    },
}  # fmt: skip


FURTHER: dict[str, dict[str, str]] = {
    "organization": {"id": U(2), "name": "Maison mère", "description": "Au-dessus"},
    "taxonomy_term": {"id": U(20), "name": "Aide", "description": "Toute"},
}
"""A second row, where one refers to another of its table."""


def foreign_rows() -> dict[str, list[dict[str, str]]]:
    return {
        table: [row, *([FURTHER[table]] if table in FURTHER else [])]
        for table, row in FOREIGN.items()
    }
