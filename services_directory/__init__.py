"""The directory: Morocco's administrative map, and the guide of services with sources and dates."""

from services_directory.directory import Directory, load, shipped_digest
from services_directory.records import (
    LOCALES,
    Guide,
    GuideError,
    Locale,
    Organization,
    Record,
    Source,
)
from services_directory.search import Asked, Hit, Index
from services_directory.units import PlaceName, Unit, Units, the_map

__all__ = [
    "LOCALES",
    "Asked",
    "Directory",
    "Guide",
    "GuideError",
    "Hit",
    "Index",
    "Locale",
    "Organization",
    "PlaceName",
    "Record",
    "Source",
    "Unit",
    "Units",
    "load",
    "shipped_digest",
    "the_map",
]
