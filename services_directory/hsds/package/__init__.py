"""The directory as a tabular data package of HSDS 3.0, and anybody's package into the directory.

A package is exported (`export`), read (`read_package`) and imported (`import_package`): checked
whole, then written as one change, or not at all. Our own YAML comes and goes in the same way.
"""

from services_directory.hsds.package.columns import PackageError
from services_directory.hsds.package.importing import import_package
from services_directory.hsds.package.reading import Package, read_package
from services_directory.hsds.package.report import Problem, Report
from services_directory.hsds.package.writing import export
from services_directory.hsds.package.yaml import export_yaml, import_yaml

__all__ = [
    "Package",
    "PackageError",
    "Problem",
    "Report",
    "export",
    "export_yaml",
    "import_package",
    "import_yaml",
    "read_package",
]
