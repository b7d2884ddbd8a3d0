"""What git and the programs that sync folders leave behind: conflict markers and second copies."""

import re
from collections.abc import Mapping

from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem, Severity
from planfolio.model.source_tree import SourceText, Span

# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_MARKER = r"(?m)^(?:<{7}(?: .*)?|>{7} \S.*)$"

# What follows the name of the original, in the words that sync programs add in many languages.
_SURE = (
    r"(?i) ?[(\[].*(?:conflict|konflikt|conflit|конфликт|冲突|競合|충돌).*"
    r"|[._-](?:sync-)?conflict[._-]?\d{6,}.*|_.+_conflict"
    r"|_(?:backup|base|local|remote)_\d+|-(?:desktop|laptop)-[0-9a-z]{4,}"
)
_LIKELY = (
    r" \d{1,2}| copy(?: \d{1,2})?| - (?:Copy|Kopie|Copie|Copia)(?: \(\d{1,2}\))?"
    r"|-[A-Z][\w'’ -]*| \([\w'’ -]+\)"
)


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


def second_copy(path: str, titles: Mapping[str, str]) -> str | None:
    """Return the record that a file is a second copy of; `titles` are those of all records.

    Where a name such as `honey 2` may be that of a record, it is one unless its title is the same.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    for at in range(len(stem) - 1, 0, -1):
        if stem[at] not in " ._-([":
            continue
        original = f"{folder}{slash}{stem[:at]}{dot}{ending}"
        if original not in titles:
            continue
        is_same = path not in titles or "" != titles[path] == titles[original]
        if re.fullmatch(_SURE, stem[at:]) or (is_same and re.fullmatch(_LIKELY, stem[at:])):
            return original
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
