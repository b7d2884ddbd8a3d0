"""What was probably meant where a key is unknown, or a value has another shape than its field.

Other trackers have other words for the keys of a plan. A word may mean several keys: those that are
known where it is written are meant.
"""

import re
from collections.abc import Mapping, Sequence

from planfolio.message_text import alternatives, quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import bare_words
from planfolio.names import near_names

_VISIBILITY = ("visibility", "visible", "audience", "private", "public", "hidden", "secret")

_CALLED: Mapping[str, str] = {
    "title": "name goal task subject",
    "due": "deadline target targetdate duedate end enddate finish date until",
    "start": "startdate begin from",
    "done": "completed completedon finished achieved reached",
    "done_when": "success successcriteria definitionofdone acceptancecriteria outcome result",
    "metric": "measure kpi target progress current baseline unit amount value history",
    "status": "state stage",
    "raises": "skill skills develops improves",
    "role": "targetrole career position job",
    "parent": "parentgoal partof belongsto area project objective",
    "after": "dependson depends dependencies blockedby requires prerequisites",
    "if_then": "obstacle obstacles risk risks planb",
    "why": "reason motivation purpose",
    "cadence": "frequency repeat recurrence every",
    "log": "sessions entries",
    "effort": "hours estimate duration time",
    "cost": "price budget",
    "mentor": "coach",
    "horizon": "timeframe",
    "priority": "importance urgency prio",
    "kind": "type category",
    "tags": "labels keywords topics",
    "paused": "onhold",
    "dropped": "cancelled canceled abandoned",
    "milestones": "steps subgoals subtasks tasks todo checklist actions",
    "goal": "parent belongsto",
    "proof": "evidence link url",
    "level": "rating current proficiency score value required",
    "assessed": "rated updated date",
    "evidence": "proof examples projects",
    "category": "type group area",
    "requires": "skills requirements",
    "needs": "certifications qualifications",
    "organisation": "organization company employer",
    "source": "url link",
    "date": "day on when",
    "metrics": "values measurements numbers progress goals",
    "levels": "skills ratings",
    "with": "attendees participants people",
    "wins": "highlights successes achievements",
    "problems": "challenges blockers issues",
    "next": "nextsteps actions todo tasks",
    "url": "link website",
    "target": "goal end to",
    "baseline": "start from",
    "current": "value now",
    "hours_per_week": "hours capacity",
    "time_off": "holidays vacation",
}
"""What other trackers call each key, in small letters without signs."""

_NO_KEY: Mapping[str, str] = {
    "take it out: a plan has one owner": "owner assignee responsible",
    "take it out: git knows when a file was changed": "created modified updated lastmodified",
    "write it as text below the front matter": "description notes details body comment summary",
}

_EXAMPLES = {"requires": "3", "levels": "3", "raises": "3", "metrics": "5", "confidence": "7"}
"""What an entry of a table is worth, for one that was written without its value."""


def unknown_key_problem(key: str, known: Sequence[str]) -> tuple[Problem, str]:
    """Return the problem of an unknown key, and the known key that was meant, or an empty text."""
    if "visibility" in known and near_names(key.casefold(), _VISIBILITY, cutoff=0.75):
        message = f"{quoted(key)} looks like a visibility, but is not a key of its own"
        hint = "write visibility: public, mentor or private"
        return Problem(message, hint, code="V103", name="bad-visibility"), ""
    bare = _bare(key)
    out = next((hint for hint, words in _NO_KEY.items() if bare in words.split()), "")
    meant = _meant(key, known) or ([] if out else near_names(key.casefold(), known))
    if meant:
        hint = f"did you mean {alternatives([f'`{one}`' for one in meant])}?"
    elif out:
        hint = out
    elif len(known) <= 12:
        hint = "known here: " + ", ".join(known)
    else:
        hint = "take it out; a key of your own starts with x_: " + quoted(f"x_{key}")
    problem = Problem(f"unknown key {quoted(key)}", hint, code="F104", name="unknown-key")
    return problem, meant[0] if meant else ""


def is_known_word(key: str, known: Sequence[str]) -> bool:
    """Tell whether a key is another word for a known one, or such a word mistyped."""
    return bool(_meant(key, known) or near_names(key.casefold(), known, cutoff=0.75))


def _meant(key: str, known: Sequence[str]) -> list[str]:
    """Return the known keys that a key of another tracker means; two at most."""
    bare = _bare(key)
    exact = [name for name in known if name.replace("_", "") == bare]
    return (
        exact
        or [ours for ours, words in _CALLED.items() if ours in known and bare in words.split()][:2]
    )


def _bare(key: str) -> str:
    return bare_words(key).replace(" ", "")


def as_flow_list(text: str) -> str | None:
    """Return `[python, sql]` for `python, sql`; None for text of one part."""
    parts = _parts(text)
    return f"[{', '.join(parts)}]" if len(parts) > 1 else None


def table_hint(field: str, value: object) -> str:
    """Return how to write the table of a field for which text or a list was written."""
    names = _parts(value) if isinstance(value, str) else value
    line = "it rains: train indoors" if field == "if_then" else "key: value"
    if field in _EXAMPLES:
        if isinstance(names, list) and names and all(map(_is_name, names)):
            return f"write {{{', '.join(f'{name}: {_EXAMPLES[field]}' for name in names)}}}"
        line = f"name: {_EXAMPLES[field]}"
    return f"write `{line}` lines below it, without dashes"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]", text[:120]) if part.strip()]


def _is_name(part: object) -> bool:
    return isinstance(part, str) and re.search(r"[:=]|\s\d", part) is None
