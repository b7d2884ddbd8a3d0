"""Write: the rendered files become the output folder, whole or not at all.

The last step of the pipeline. A new site is staged beside the old one and the two are exchanged,
so that a reader meets the old site or the new one; only files of the folder's own manifest are
ever removed; a folder that could hold anything else of value is refused.
"""

from planfolio.stage7_write.guard import refuse_dangerous
from planfolio.stage7_write.outcome import OutputFailed, OutputRefused, Written
from planfolio.stage7_write.writer import write

__all__ = ["OutputFailed", "OutputRefused", "Written", "refuse_dangerous", "write"]
