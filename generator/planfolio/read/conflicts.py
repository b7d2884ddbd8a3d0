"""What git and the programs that sync folders leave behind: conflict markers and second copies."""

import re
from collections.abc import Container
from typing import NamedTuple

from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem, Severity
from planfolio.model.source_tree import SourceText, Span

# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_MARKER = r"(?m)^(?:<{7}(?: .*)?|>{7} \S.*)$"

# What follows the name of the original, in the words that sync programs add in many languages.
_SURE = (
    r"(?i) ?[(\[][^()\[\]]*(?:conflict|konflikt|conflit|conflitto|конфликт|冲突|競合|충돌)"
    r"[^()\[\]]*(?:\(\d+\))?[^()\[\]]*[)\]](?: ?\(\d+\))?"
    r"|\.sync-conflict-\d{8}-\d{6}.*"
    r"|[._-]conflict[._-]?\d{6,}.*|_.+_conflict"
    r"|_(?:backup|base|local|remote)_\d+"
    r"|-(?:desktop|laptop)-[0-9a-z]{4,}"
)
_LIKELY = (
    r" \d{1,2}| \(\d{1,2}\)| copy(?: \d{1,2})?| - (?:Copy|Kopie|Copie|Copia)(?: \(\d{1,2}\))?"
    r"|-[A-Z][\w'’ -]*| \([\w'’ -]+\)"
)


class SecondCopy(NamedTuple):
    """The `original` of a file that a sync program copied; both are paths in the content folder.

    `sure` is False where the name alone does not tell, as with `honey 2`.
    """

    original: str
    sure: bool


def conflict_markers(text: str, *, path: str) -> tuple[Diagnostic, ...]:
    """Return an error at each conflict that git left in a file: where it begins, else its end."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return ()
    found, places, is_open = FirstFew(), SourceText(text), False
    hint = "keep what is right, and delete the lines that start with <<<<<<<, ======= and >>>>>>>"
    problem = Problem(
        "git could not merge these lines: the file has both versions",
        hint,
        code="F110",
        name="merge-conflict",
    )
    for marker in re.finditer(_MARKER, text):
        is_end = marker[0][0] == ">"
        if not (is_end and is_open):
            found.add("conflict", problem.as_diagnostic(path, places.span(*marker.span())))
        is_open = not is_end
    return tuple(found.diagnostics())


def second_copy(path: str, known: Container[str]) -> SecondCopy | None:
    """Return which of the known files a file is a copy of, by its name; None for any other."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    for at in range(len(stem) - 1, 0, -1):
        if stem[at] not in " ._-([":
            continue
        original = f"{folder}{slash}{stem[:at]}{dot}{ending}"
        if original not in known:
            continue
        for rest, sure in ((_SURE, True), (_LIKELY, False)):
            if re.fullmatch(rest, stem[at:]):
                return SecondCopy(original, sure)
    return None


def copy_finding(shown: str, original: str) -> Diagnostic:
    """Return the warning about a second copy; both paths are as the disk has them."""
    problem = Problem(
        "a sync program wrote this second copy of a record, and it is not read",
        f"compare it with {original}, keep there what is right, and delete {shown}",
        code="F110",
        name="second-copy",
    )
    return problem.as_diagnostic(shown, Span(), severity=Severity.WARNING)
