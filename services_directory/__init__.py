"""The directory: Morocco's administrative map, and the guide of services with sources and dates."""

from services_directory.directory import Directory, load
from services_directory.records import GuideError, Record, Source
from services_directory.search import Hit, Index
from services_directory.units import PlaceName, Unit, Units

__all__ = [
    "Directory",
    "GuideError",
    "Hit",
    "Index",
    "PlaceName",
    "Record",
    "Source",
    "Unit",
    "Units",
    "load",
]
