"""The last look before a site is written: is in it what its readers may not see?

Visibility is applied once, in `audience`, and nothing after it knows what was removed. This
is the proof of it at the other end: what identifies the removed is searched in the finished bytes,
by a way that shares nothing with the one that they came by.
"""

from planfolio.audience.leaks.check import Leak, LeakError, find_leaks, refuse_leaks
from planfolio.audience.leaks.needles import removed_strings

__all__ = ["Leak", "LeakError", "find_leaks", "refuse_leaks", "removed_strings"]
