"""Reports: what planfolio knows, as text for a terminal and as data for other programs."""

from planfolio.report.formats import Format, report
from planfolio.report.printable import printable

__all__ = ["Format", "printable", "report"]
