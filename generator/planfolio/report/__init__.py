"""Reports: one list of diagnostics, shown in several ways."""

from planfolio.report.formats import Format, report
from planfolio.report.printable import printable

__all__ = ["Format", "printable", "report"]
