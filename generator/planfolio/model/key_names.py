"""What other trackers call the keys of a plan, and what is said about a key that there is not.

A word may stand for several keys: those that are known where it is written are meant.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.synonyms import bare_words
from planfolio.spelling import alternatives, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VISIBILITY = (
    "visibility",
    "visible",
    "audience",
    "private",
    "public",
    "mentor_only",
    "hidden",
    "secret",
)

_CALLED: Mapping[str, str] = {
    # Goals, milestones and roles.
    "title": "name heading goal task subject label what headline",
    "due": (
        "deadline target targetdate duedate dueon dueby end ends enddate finish finishby "
        "finishdate by date until eta completeby frist fallig faelligkeit echeance fecha "
        "fechalimite vencimiento"
    ),
    "start": "startdate starts begin begins beginning startson from since started debut inicio",
    "done": (
        "completed completedon completiondate finished finishedon doneon donedate achieved "
        "closed reached completedat doneat met"
    ),
    "done_when": (
        "success successcriteria definitionofdone dod acceptance acceptancecriteria criteria "
        "outcome result keyresult measureofsuccess smartgoal"
    ),
    "metric": (
        "measure measures measurement kpi kpis target progress keyresults current baseline unit "
        "percent percentage amount value values history metrics"
    ),
    "status": "state stage phase column",
    "raises": "skill skills develops improves teaches builds learns competency competencies levels",
    "role": "roles targetrole career position job forrole",
    "parent": "parentgoal partof belongsto up area theme supports project objective subgoalof",
    "after": (
        "dependson depends dependency dependencies blockedby requires prerequisite "
        "prerequisites predecessor predecessors waitsfor waitingfor blocked"
    ),
    "answers": "meets satisfies fulfils fulfills covers",
    "if_then": (
        "obstacle obstacles risk risks planb barrier barriers blocker blockers woop if ifthen "
        "contingency wenndann"
    ),
    "why": "reason motivation purpose because rationale relevance relevant intention warum porque",
    "cadence": (
        "frequency repeat repeats recurrence recurring every rhythm interval often periodicity"
    ),
    "log": "session sessions entries checkins tracker completions journal dates streak",
    "effort": (
        "hours estimate estimates estimatedhours estimatedtime timeestimate duration points "
        "storypoints size workload time aufwand"
    ),
    "cost": "price budget costs fee expense expenses money kosten",
    "mentor": "coach buddy accountability accountabilitypartner partner sponsor",
    "confidence": "probability likelihood certainty chance",
    "horizon": "timeframe term timespan timeline",
    "priority": "importance urgency prio moscow rank",
    "kind": "type sort category class goaltype",
    "tags": "tag labels keywords topics categories areas",
    "aliases": "alias aka oldids",
    "decide_by": "decisiondate decide decideon registerby register registration applyby closes",
    "replans": "moved reschedules rescheduled postponed changes",
    "paused": "pause pauses onhold break breaks hold",
    "dropped": "cancelled canceled abandoned droppedon",
    "milestones": (
        "steps subgoals checkpoints phases subtasks tasks todo todos checklist actions "
        "actionsteps actionplan stages"
    ),
    "goal": "parent for belongsto goals objective partof",
    "proof": "evidence link url",
    "celebrate": "reward celebration",
    # Skills and roles.
    "level": (
        "rating currentlevel current proficiency score value grade required target min minimum "
        "niveau nivel"
    ),
    "assessed": "assessedon rated ratedon lastassessed updated asof date",
    "evidence": "proof proofs examples projects certificates experience",
    "category": "type group area domain kind",
    "expects": "expectations descriptors rubric definition definitions",
    "uri": "url link esco onet",
    "requires": "skills requirements requiredskills competencies levels requirement",
    "needs": "certifications qualifications otherrequirements requirements",
    "organisation": "organization company employer org school university institution",
    "source": "url link advert",
    "ready_at": "readiness threshold",
    "stretch": "ideal nice desired preferred",
    "must": "mandatory essential musthave required",
    "weight": "importance priority",
    "met": "done date",
    "need": "kind type",
    # Reviews.
    "date": "day on when reviewed at reviewdate datum fecha issued issuedon earned",
    "metrics": "values measurements numbers results progress kpis scores goals metric value",
    "levels": "skills ratings level",
    "with": "attendees participants people who mentor",
    "wins": "highlights successes achievements good wentwell accomplishments win",
    "problems": "challenges blockers issues obstacles lowlights bad improve lessons problem",
    "decisions": "decided decision",
    "next": "nextsteps actions todo todos actionitems tasks plan nextactions",
    "feedback": "comments",
    "next_review": "nextdate nextmeeting nextreviewdate",
    # Resources, people, opportunities and achievements.
    "url": "link href website address",
    "author": "by creator writer teacher instructor provider publisher",
    "when": "date dates period window on due start by",
    "relation": "relationship kind type role",
    "topics": "subjects about themes areas tags",
    "meets": "cadence frequency every rhythm interval meetings",
    "contact": "email mail phone telephone address link url",
    "likelihood": "probability chance odds confidence",
    "decision": "decided outcome result",
    "skills": "raises shows evidence competencies",
    "impact": "result results outcome effect benefit value metric",
    # Tables within them.
    "target": "goal end to total max aim",
    "baseline": "start from initial base begin",
    "current": "value now actual today progress",
    "as_of": "date on updated measured measuredon asof",
    "unit": "units",
    "history": "values log measurements entries levels",
    "value": "number amount count",
    "note": "comment text",
    "times": "count sessions n number",
    "reason": "why note because comment",
    "from": "old start since begin who author",
    "to": "new due end until",
    "text": "comment note quote what",
    "end": "to until enddate",
    "highlights": "achievements bullets description",
    "issuer": "by organisation organization authority issuedby",
    "expires": "expiry expiration validuntil expireson end expirydate",
    "renewal": "renew renewedby renews",
    "except": "without skip ignore",
    # The profile.
    "headline": "summary tagline about bio",
    "strengths": "strong",
    "struggles": "weaknesses weak",
    "motivations": "drivers motivation why",
    "values": "principles value",
    "interests": "hobbies",
    "experience": "jobs work employment career",
    "education": "schools studies degrees",
    "certificates": "certifications certs licenses licences certification",
    # site.toml.
    "base_url": "url baseurl siteurl",
    "language": "lang locale",
    "timezone": "tz",
    "budget": "money funds savings setaside",
    "hours_per_week": "hours capacity weeklyhours",
    "time_off": "holidays vacation vacations leave",
    "review_every": "review reviews reviewcadence",
}
_NO_KEY: Mapping[str, str] = {
    "take it out: a plan has one owner": ("owner assignee assignedto responsible author person"),
    "take it out: git knows when a file was changed": (
        "created createdat createdtime createdby modified updated updatedat lastedited "
        "lasteditedtime lastmodified datecreated"
    ),
    "write it as text below the front matter": (
        "description notes note details body content comment comments summary text"
    ),
}


def unknown_key(key: str, value: object, known: Sequence[str]) -> tuple[Problem, str]:
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
