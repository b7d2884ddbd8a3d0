"""Write one version of a site after another into an output, until killed.

Usage: endless_builds.py OUTPUT FIRST STEP [LAST]. The versions are FIRST, FIRST + STEP, and so
on; without LAST there is no end. Says "ready" before the first write.
"""

import itertools
import sys
from pathlib import Path

from planfolio.output import write


def site(version: int) -> dict[str, bytes]:
    """Return a version of the site: every page names it, and each has a page of its own."""
    text = f"version {version}\n".encode()
    files = {f"goals/{number}/index.html": text * (40 * number) for number in range(1, 16)}
    files["assets/site.css"] = b"the same in all"
    files[f"only/{version}.html"] = text
    files["index.html"] = text
    return files


if __name__ == "__main__":
    output, first, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    last = int(sys.argv[4]) if len(sys.argv) > 4 else None
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for version in itertools.count(first, step):
        write(site(version), output, protected=[])
        if version == last:
            break
