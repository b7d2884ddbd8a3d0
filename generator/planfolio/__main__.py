"""`planfolio` and `python -m planfolio`."""

import gc

# Nearly all objects of a command live until it ends, so collecting garbage is wasted time. `serve`
# and `check --watch`, which run on, enable it again.
gc.disable()

from planfolio.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
