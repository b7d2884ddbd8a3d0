"""What was probably meant where a key is unknown, or a value has another shape than its field.

Other trackers have other words for the keys of a plan. A word may stand for several keys: those
that are known where it is written are meant.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from planfolio.message_text import alternatives, quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import bare_words
from planfolio.names import near_names

_VISIBILITY = ("visibility", "visible", "audience", "private", "public", "hidden", "secret")

_CALLED: Mapping[str, str] = {
    "title": "name goal task subject",
    "due": "deadline target targetdate duedate duedat end enddate finish by date until eta",
    "start": "startdate begin from since",
    "done": "completed completedon finished finishedon achieved reached donedate",
    "done_when": "success successcriteria definitionofdone acceptancecriteria outcome result",
    "metric": "measure kpi target progress current baseline unit amount value history",
    "status": "state stage",
    "raises": "skill skills develops improves builds levels",
    "role": "targetrole career position job",
    "parent": "parentgoal partof belongsto area project objective",
    "after": "dependson depends dependencies blockedby requires prerequisites waitsfor",
    "answers": "meets satisfies fulfils",
    "if_then": "obstacle obstacles risk risks planb barrier barriers",
    "why": "reason motivation purpose rationale relevance",
    "cadence": "frequency repeat recurrence every rhythm",
    "log": "session sessions entries checkins dates",
    "effort": "hours estimate estimatedhours duration time",
    "cost": "price budget costs fee",
    "mentor": "coach buddy sponsor",
    "confidence": "probability likelihood",
    "horizon": "timeframe term",
    "priority": "importance urgency prio",
    "kind": "type category",
    "tags": "tag labels keywords topics",
    "aliases": "alias",
    "decide_by": "decisiondate registerby registration closes",
    "replans": "moved rescheduled postponed",
    "paused": "pause onhold break",
    "dropped": "cancelled canceled abandoned",
    "milestones": "steps subgoals checkpoints subtasks tasks todo checklist actions",
    "goal": "parent for belongsto",
    "proof": "evidence link url",
    "level": "rating currentlevel current proficiency score value required",
    "assessed": "rated lastassessed updated date",
    "evidence": "proof examples projects",
    "category": "type group area",
    "expects": "expectations rubric",
    "uri": "url link",
    "requires": "skills requirements requiredskills levels",
    "needs": "certifications qualifications requirements",
    "organisation": "organization company employer",
    "source": "url link",
    "must": "mandatory essential required",
    "weight": "importance priority",
    "date": "day on when reviewed",
    "metrics": "values measurements numbers progress goals",
    "levels": "skills ratings",
    "with": "attendees participants people",
    "wins": "highlights successes achievements",
    "problems": "challenges blockers issues obstacles",
    "next": "nextsteps actions todo tasks",
    "url": "link website",
    "author": "by creator provider",
    "when": "date dates period due",
    "relation": "relationship kind type",
    "meets": "cadence frequency every",
    "contact": "email mail phone",
    "skills": "raises shows",
    "impact": "result outcome effect",
    "target": "goal end to",
    "baseline": "start from",
    "current": "value now actual",
    "value": "number amount",
    "note": "comment text",
    "reason": "why note because",
    "base_url": "url",
    "language": "lang locale",
    "hours_per_week": "hours capacity",
    "time_off": "holidays vacation",
    "budget": "money funds savings",
}
_NO_KEY: Mapping[str, str] = {
    "take it out: a plan has one owner": "owner assignee responsible",
    "take it out: git knows when a file was changed": "created modified updated lastmodified",
    "write it as text below the front matter": "description notes details body comment summary",
}


_EXAMPLES = {"requires": "3", "levels": "3", "raises": "3", "metrics": "5", "confidence": "7"}
"""What an entry of a table is worth, for one that was written without its value."""

_SHORT = 120
_MOST_TABLES = 3
# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_IS_A_DAY = r"\d{4}(?:-\w+)*|Q\d \d{4}|\+\d+[dwmy]"
_BEGINS_LIKE_A_DAY = r"(?i)\d{4}-|^[QHW]\d|\d[/.]\d+[/.]\d|^20\d\d$|^\+\d"
_NEEDS_QUOTES = r"[\[\]{},:#&*!|>'\"%@`]"
_PAIR = r"(?P<name>[^:=]+?)(?: *[:=] *| +(?=\d))(?P<value>\S.*)"
_IF_THEN = r"(?i)(?:if |when )?(?P<name>.+?),? *(?:\bthen\b|->|→|:) *(?P<value>.+)"


def unknown_key_problem(key: str, value: object, known: Sequence[str]) -> tuple[Problem, str]:
    """Return the problem of a key that is not among the known, and the key that was meant, or "".

    Where a word stands for two keys, a value that is a date decides for a day.
    """
    if "visibility" in known and _near(key, _VISIBILITY, cutoff=0.75):
        message = f"{quoted(key)} looks like a visibility, but is not a key of its own"
        hint = "write visibility: public, mentor or private"
        return Problem(message, hint, code="V103", name="bad-visibility"), ""
    meant = _meant(key, value, known)
    out = next((hint for hint, words in _NO_KEY.items() if _bare(key) in words.split()), "")
    if not meant and not out:
        meant = _near(key, known, cutoff=0.6)
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


def is_known_word(key: str, value: object, known: Sequence[str]) -> bool:
    """Tell whether a key is another word for a known one, or such a word mistyped."""
    return bool(_meant(key, value, known) or _near(key, known, cutoff=0.75))


def _meant(key: str, value: object, known: Sequence[str]) -> list[str]:
    """Return the known keys that a key of another tracker means; two at most."""
    bare = _bare(key)
    exact = [name for name in known if name.replace("_", "") == bare]
    words = {ours: _CALLED.get(ours, "").split() for ours in known}
    if "due" in known:
        words["when"] = []  # a day of a goal is the due day
    elif "decide_by" in known:
        words["decide_by"].append("deadline")
    meant = exact or [ours for ours in known if bare in words[ours]]
    if not meant and len(bare) > 4 and not _near(key, known, cutoff=0.8):
        # A slip seldom is in the first letter, and this makes it ten times faster.
        alike = [word for ours in known for word in words[ours] if word[0] == bare[0]]
        near = _near(bare, alike, cutoff=0.85)
        meant = [ours for ours in known if near and near[0] in words[ours]]
    if "due" in meant and len(meant) > 1 and isinstance(value, str):
        is_day = re.search(_BEGINS_LIKE_A_DAY, value) is not None
        meant = ["due"] if is_day else [one for one in meant if one != "due"]
    return meant[:2]


def _near(key: str, words: Sequence[str], *, cutoff: float) -> list[str]:
    return near_names(key.casefold(), words, cutoff=cutoff)


def _bare(key: str) -> str:
    return bare_words(key).replace(" ", "")


def as_flow_list(text: str) -> str | None:
    """Return `[python, sql]` for `python, sql`; None for text of one part."""
    parts = [part.strip() for part in re.split(r"[,;]", text[:_SHORT]) if part.strip()]
    return f"[{', '.join(parts)}]" if len(parts) > 1 else None


def table_hint(field: str, value: object) -> str:
    """Return how to write the table of a field for which text or a list was written."""
    if field == "if_then" and isinstance(value, str):
        found = re.fullmatch(_IF_THEN, value.strip()[:_SHORT])
        pairs = {found["name"]: found["value"]} if found else {}
    else:
        pairs = _pairs(value, _EXAMPLES.get(field, ""))
    if not pairs or not all(pairs.values()):
        return "write `key: value` lines below it, without dashes"
    entries = ", ".join(f"{name}: {entry}" for name, entry in pairs.items())
    return f"write {{{entries}}}"


def as_tables(pairs: Mapping[str, object], known: Collection[str]) -> str | None:
    """Return `{date: 2026-03-01, value: 3}` for `{2026-03-01: 3}`, and `{title: A, due: 2026}` for
    `{A: 2026}`: how to write pairs in a place that wants tables with the known keys.

    None where the pairs mean nothing of the kind.
    """
    second = next((key for key in ("value", "times", "level") if key in known), None)
    if second is not None and "date" in known:
        if not all(re.fullmatch(_IS_A_DAY, key) for key in pairs):
            return None
        tables = [{"date": key, second: value} for key, value in pairs.items()]
    elif {"title", "due"}.issubset(known) and len(pairs) == 1:
        ((title, value),) = pairs.items()
        own = value if isinstance(value, dict) else {"due": value}
        if not re.fullmatch(_IS_A_DAY, str(own.get("due", "2026"))):
            return None
        tables = [{"title": title, **own}]
    else:
        return None
    texts = [value for table in tables for value in table.values()]
    if not all(isinstance(text, str) and not re.search(_NEEDS_QUOTES, text) for text in texts):
        return None
    shown = [
        "{" + ", ".join(f"{key}: {value}" for key, value in table.items()) + "}"
        for table in tables[:_MOST_TABLES]
    ]
    more = ", …" if len(tables) > _MOST_TABLES else ""
    return shown[0] if len(tables) == 1 else f"[{', '.join(shown)}{more}]"


def _pairs(value: object, example: str) -> dict[str, str]:
    """Return the names and values in `python 4, sql`, `[python, sql]` or `[{python: 4}]`."""
    parts = re.split(r"[,;]", value[:_SHORT]) if isinstance(value, str) else value
    pairs: dict[str, str] = {}
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, str) and part.strip():
            found = re.fullmatch(_PAIR, part.strip())
            pairs |= {found["name"]: found["value"]} if found else {part.strip(): example}
        elif isinstance(part, dict) and all(isinstance(entry, str) for entry in part.values()):
            pairs |= part
        else:
            return {}
    return pairs
