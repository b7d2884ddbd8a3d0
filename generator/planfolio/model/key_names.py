"""What other trackers call the keys of a plan, and what is said about a key that there is not.

A word may stand for several keys: those that are known where it is written are meant.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import bare_words
from planfolio.spelling import alternatives, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    """Tell whether a key is another word for a known one, or a slip of the pen in it."""
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
        is_day = _LIKE_A_DAY.search(value) is not None
        meant = ["due"] if is_day else [one for one in meant if one != "due"]
    return meant[:2]


def _near(key: str, words: Sequence[str], *, cutoff: float) -> list[str]:
    return difflib.get_close_matches(key[:80].casefold(), words, n=1, cutoff=cutoff)


def _bare(key: str) -> str:
    return bare_words(key).replace(" ", "")


_LIKE_A_DAY = re.compile(r"\d{4}-|^[QHW]\d|\d[/.]\d+[/.]\d|^20\d\d$|^\+\d", re.IGNORECASE)
