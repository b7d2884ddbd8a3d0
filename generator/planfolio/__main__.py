"""`planfolio` and `python -m planfolio`."""

import gc

# Nearly all that a command makes lives until it ends, and looking for what does not takes time.
# Those that have no end enable it again.
gc.disable()

from planfolio.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
