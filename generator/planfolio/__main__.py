"""`planfolio` and `python -m planfolio`."""

from planfolio.commands import main

if __name__ == "__main__":
    main()
