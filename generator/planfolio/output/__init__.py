"""Write: the rendered files become the output folder, whole or not at all.

The last step of the pipeline. A new site is staged beside the old one and the two are exchanged,
so that a reader meets the old site or the new one; only files of the folder's own manifest are
ever removed; a folder that could hold anything else of value is refused.
"""

from planfolio.output.guard import refuse_dangerous
from planfolio.output.outcome import OutputFailed, OutputRefused, WriteResult
from planfolio.output.writer import write

__all__ = ["OutputFailed", "OutputRefused", "WriteResult", "refuse_dangerous", "write"]
