"""Take the lock that is named, say so, and hold it until killed."""

import sys
import time
from pathlib import Path

from planfolio.output.lock import locked

path = Path(sys.argv[1])
with locked(path, wait=0, output=path.parent):
    sys.stdout.write("held\n")
    sys.stdout.flush()
    time.sleep(600)
