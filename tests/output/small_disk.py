"""Build three sites into a folder on a small disk, the last too big; print what was there.

Usage: small_disk.py OUTPUT. Prints a JSON list: the names after the first, the second, the error
of the third, the names after it, and the names beside the output (in it, when it is the disk).
"""

import json
import sys
from pathlib import Path

from planfolio.exceptions import EnvironmentFailure
from planfolio.output.sitepath import MANIFEST
from planfolio.output.writer import write


def names(folder: Path) -> list[str]:
    """Return what is in a folder, without the manifest."""
    return sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)


output = Path(sys.argv[1])
disk = output if output.is_mount() else output.parent
report: list[object] = []

write({"index.html": b"one", "old.html": b"x"}, output, protected=[])
report.append(names(output))
write({"index.html": b"two", "new.html": b"x"}, output, protected=[])
report.append(names(output))
try:
    write({f"{n}/index.html": b"x" * 40_000 for n in range(9)}, output, protected=[])
except EnvironmentFailure as error:
    report.append(str(error))
report.append(names(output))
report.append([name for name in names(disk) if disk / name != output])
sys.stdout.write(json.dumps(report))
