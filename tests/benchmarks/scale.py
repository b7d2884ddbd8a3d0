"""How the time of a build grows with the plan: `python -m tests.benchmarks.scale [SMALL LARGE]`.

Builds plans of 1,000 and 10,000 records in one process and prints CPU seconds, the ratio of the
two, and how long the longest page is in each: the law is that neither grows worse than linearly.
"""

import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.plans import write_plan

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build


def measure(records: int) -> tuple[float, int, int]:
    """Return the CPU seconds of a build, its pages, and the bytes of an ordinary record's page."""
    today = Today(now=datetime(2026, 10, 1, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_plan(root, records)
        started = time.process_time()
        made = build(root, today=today, audience=Visibility.PRIVATE)
        seconds = time.process_time() - started
    assert made.files is not None, made.check.errors[:3]
    return seconds, made.page_count, len(made.files["goals/goal-1/index.html"])


def main() -> None:
    """Measure and print."""
    small, large = (int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (1_000, 10_000)
    rows = {records: measure(records) for records in (small, large)}
    for records, (seconds, pages, size) in rows.items():
        each = seconds / records * 1000
        print(
            f"{records:>7,} records  {pages:>7,} pages  {seconds:7.2f} s CPU  {each:.2f} ms each"
            f"  a goal's page: {size:,} bytes"
        )
    ratio = rows[large][0] / rows[small][0]
    print(f"{large / small:.0f} times the records take {ratio:.1f} times the time")


if __name__ == "__main__":
    main()
