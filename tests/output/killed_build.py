"""Write the new site of test_stage.py and die at the exchange.

Usage: killed_build.py OUTPUT (before | after)
"""

import os
import signal
import sys
from pathlib import Path

from planfolio.output import write
from planfolio.output.exchange import exchange_entries

NEW = {"index.html": b"new", "goals/index.html": b"goals", "come/index.html": b"come"}

output, moment = Path(sys.argv[1]), sys.argv[2]


def die_at_exchange(first: Path, second: Path) -> bool:
    """Exchange, but die before or after the one that counts."""
    if second != output:
        return exchange_entries(first, second)
    if moment == "after":
        exchange_entries(first, second)
    os.kill(os.getpid(), signal.SIGKILL)
    return False


write(NEW, output, protected=[], exchange=die_at_exchange)
