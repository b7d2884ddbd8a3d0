"""`planfolio` and `python -m planfolio`."""

from planfolio.cli import main

if __name__ == "__main__":
    main()
