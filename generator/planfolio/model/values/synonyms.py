"""The words of other trackers for the words of a plan, for hints; nothing here is read as a value.

Each table has a word of ours, or the words among which one has to choose, and what people write in
its place. Case, signs, hyphens and what numbers an entry (`1 - High`) do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from planfolio.model.values.text import ascii_form

if TYPE_CHECKING:
    from collections.abc import Mapping


def meant_by(text: str, table: Mapping[str, str]) -> str | None:
    """Return the word or words of ours that a text means by a table, or None."""
    bare = bare_words(text)
    wanted = {bare, re.sub(r"^p?\d+ | p?\d+$", "", bare)}
    found = (ours for ours, words in table.items() if not wanted.isdisjoint(words.split(", ")))
    return next(found, None)


def bare_words(text: str) -> str:
    """Return the letters and digits of a text, small, without accents, words by single spaces."""
    apart = unicodedata.normalize("NFD", ascii_form(text).casefold().replace("'", ""))
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


_DROPPED = (
    "cancelled, canceled, abandoned, wont do, wont fix, rejected, discarded, failed, missed, "
    "obsolete, given up, gave up, not doing, stopped, killed, duplicate, deleted, removed, dead, "
    "abgebrochen, verworfen, abandonne, annule, cancelado, abandonado"
)
GOAL_STATUS: Mapping[str, str] = {
    "active": (
        "in progress, inprogress, doing, ongoing, on going, open, opened, wip, work in progress, "
        "current, working, working on it, underway, under way, started, begun, running, live, "
        "now, this week, next, in review, review, testing, on track, at risk, off track, late, "
        "overdue, behind, delayed, in arbeit, aktiv, laufend, en cours, en curso, en progreso, "
        "yes, true, focus"
    ),
    "active, or draft while it is only an idea": (
        "not started, todo, to do, to start, new, planned, planning, ready, scheduled, upcoming, "
        "pending, future, not yet started, not begun, offen, geplant, a faire, pas commence, "
        "por hacer, pendiente, sin empezar, no status, unstarted"
    ),
    "draft": "idea, ideas, someday, maybe, later, backlog, icebox, proposed, inbox, entwurf",
    "paused": (
        "on hold, onhold, hold, blocked, waiting, waiting for, suspended, stalled, parked, "
        "deferred, postponed, snoozed, frozen, inactive, pausiert, wartet, en pause, en attente, "
        "en pausa, en espera"
    ),
    "done": (
        "completed, complete, finished, finish, achieved, accomplished, reached, closed, resolved, "
        "success, succeeded, shipped, delivered, met, passed, erledigt, fertig, abgeschlossen, "
        "termine, fini, fait, hecho, terminado, completado"
    ),
    "done, or dropped": "archived, archive, ended, false, no",
    "dropped": _DROPPED,
}
ROLE_STATUS: Mapping[str, str] = {
    "target": "aim, aiming, active, goal, wanted, dream, primary, main, planned, yes, next",
    "considering": "maybe, exploring, idea, option, alternative, open, draft, possible, someday",
    "dropped": f"no, done, archived, {_DROPPED}",
}
PRIORITY: Mapping[str, str] = {
    "must": (
        "high, highest, very high, urgent, critical, p0, p1, a, 1, top, important, blocker, asap, "
        "immediate, must have, essential, hoch, sehr hoch, dringend, haute, elevee, alta, urgente"
    ),
    "should": (
        "medium, normal, mid, middle, moderate, p2, b, 2, major, average, default, should have, "
        "standard, mittel, moyenne, moyen, media"
    ),
    "could": (
        "low, lowest, very low, minor, p3, p4, p5, c, 3, 4, 5, trivial, could have, optional, "
        "nice to have, someday, niedrig, gering, basse, faible, baja"
    ),
    "could, or leave it empty": "none, no priority, wont have, wont, d, 0",
}
GOAL_KIND: Mapping[str, str] = {
    "outcome": (
        "goal, result, objective, okr, project, target, achievement, task, smart, performance, "
        "deliverable, career, personal, professional, ziel, projekt, objectif, objetivo, proyecto"
    ),
    "learning": (
        "learn, study, course, skill, skills, education, training, development, certification, "
        "lernen, apprentissage, aprendizaje"
    ),
    "habit": (
        "routine, recurring, repeating, practice, ritual, process, daily, weekly, monthly, streak, "
        "gewohnheit, habitude, habito"
    ),
    "direction": (
        "vision, mission, theme, long term, north star, area, dream, aspiration, life, purpose, "
        "richtung, reve, sueno"
    ),
}
REVIEW_KIND: Mapping[str, str] = {
    "check-in": (
        "weekly, monthly, daily, checkin, one on one, 1 1, 1on1, retro, retrospective, mentoring, "
        "mentor, meeting, week, month, catch up, standup"
    ),
    "quarterly": "quarter, q1, q2, q3, q4, quartal, trimestre",
    "annual": "yearly, year, annually, year end, end of year, jahr, annuel, anual",
    "feedback": "360, peer, peer review, performance, appraisal",
}
RESOURCE_KIND: Mapping[str, str] = {
    "course": (
        "class, mooc, online course, e learning, elearning, bootcamp, certification, degree, "
        "kurs, cours, curso"
    ),
    "book": "ebook, audiobook, manual, textbook, reading, buch, livre, libro",
    "video": "videos, film, talk, youtube, screencast, webinar, lecture",
    "article": "paper, blog, post, blog post, page, website, documentation, docs, newsletter",
    "conference": "event, congress, summit, meetup, fair, konferenz, conferencia",
    "training": "workshop, seminar, coaching, on the job, schulung, formation",
    "tool": "software, app, equipment, hardware, licence, license, subscription",
    "community": "group, forum, network, club, slack, discord, association",
}
RESOURCE_STATUS: Mapping[str, str] = {
    "planned": (
        "todo, to do, not started, open, new, wish, wishlist, want to read, to read, next, later, "
        "backlog, someday, idea, upcoming, scheduled, geplant, a faire"
    ),
    "doing": (
        "active, in progress, inprogress, registered, booked, reading, started, begun, ongoing, "
        "current, working, enrolled, wip, watching, in arbeit, en cours, en curso"
    ),
    "done": (
        "completed, complete, finished, read, passed, attended, watched, closed, erledigt, fertig, "
        "termine, fini, hecho, terminado"
    ),
    "dropped": _DROPPED,
}
RELATION: Mapping[str, str] = {
    "mentor": "guide, teacher, advisor, adviser, tutor, instructor, mentorin",
    "sponsor": "patron, champion, advocate, supporter",
    "manager": "boss, lead, team lead, supervisor, director, head, chef, vorgesetzte, jefe",
    "peer": "colleague, coworker, co worker, friend, buddy, mentee, kollege, collegue, colega",
    "coach": "trainer, career coach, counsellor, counselor, therapist",
}
OPPORTUNITY_KIND: Mapping[str, str] = {
    "role": "job, position, promotion, vacancy, opening, post, career, stelle, poste, puesto",
    "project": "assignment, initiative, product, contract, gig, secondment, projekt, proyecto",
    "training": "course, programme, program, scholarship, fellowship, degree, certification",
    "event": "conference, meetup, competition, fair, talk, call for papers, cfp",
    "change": "move, transition, reorganisation, reorganization, relocation, retirement, merger",
}
LIKELIHOOD: Mapping[str, str] = {
    "low": "unlikely, improbable, remote, small, gering, niedrig, faible, baja",
    "medium": "possible, maybe, moderate, normal, even, 50, mittel, moyenne, media",
    "high": "likely, probable, very likely, certain, hoch, haute, elevee, alta",
}
EVIDENCE_KIND: Mapping[str, str] = {
    "work": "job, on the job, experience, professional, employment, practice, arbeit, trabajo",
    "project": "side project, repo, repository, github, open source, oss, code, projekt, proyecto",
    "portfolio": "website, blog, article, talk, publication, paper, sample, video, post, link",
    "course": "training, class, mooc, workshop, bootcamp, book, degree, kurs, cours, curso",
    "certificate": "certification, cert, exam, diploma, badge, license, licence, test, zertifikat",
    "feedback": "review, reference, recommendation, testimonial, endorsement, assessment",
}
NEED: Mapping[str, str] = {
    "training": "course, workshop, class, bootcamp, learning",
    "certification": "certificate, cert, exam, licence, license, accreditation",
    "education": "degree, school, university, diploma, bachelor, master, phd, studies",
    "experience": "work, job, years, practice, project, internship, track record",
    "tool": "tools, software, equipment, hardware, access, budget, material",
    "mentor": "coach, mentoring, coaching, sponsor, guide, manager",
    "network": "contacts, networking, community, people, connections, references",
}
MODE: Mapping[str, str] = {
    "experience": "doing, on the job, practice, project, work, 70, experiential, hands on",
    "social": "mentoring, coaching, peer, peers, with others, 20, exposure, feedback, network",
    "formal": "course, training, class, education, 10, reading, book, certification, study",
}
VISIBILITY: Mapping[str, str] = {
    "public": "everyone, everybody, all, world, anyone, open, visible, published, web",
    "mentor": "shared, mentors, restricted, limited, coach, manager, team, unlisted, mentor only",
    "private": "me, owner, hidden, secret, only me, personal, confidential, internal, myself, self",
}
SMART_LETTER: Mapping[str, str] = {
    "S": "specific",
    "M": "measurable, measured",
    "A": "achievable, attainable, actionable, ambitious, assignable",
    "R": "relevant, realistic, reasonable",
    "T": "timely, time bound, timebound, time, timed",
}
CONFIDENCE: Mapping[str, str] = {
    "10": "certain, sure, absolutely, definitely",
    "9": "very high, very likely, very confident, sehr hoch",
    "8": "high, likely, confident, good, strong, green, hoch, haute, elevee, alta",
    "5": "medium, mid, moderate, normal, even, yellow, amber, mittel, moyenne, media",
    "3": "low, unlikely, weak, poor, red, niedrig, gering, basse, faible, baja",
    "1": "very low, very unlikely, none, sehr gering",
}
FLAG: Mapping[str, str] = {
    "true": "on, y, 1, x, checked, ja, oui, si, sim, wahr, vrai, verdadero, mandatory, required",
    "false": "off, n, 0, unchecked, nein, non, nao, falsch, faux, falso, optional, nope",
}
HORIZON: Mapping[str, str] = {
    "1y, or how far ahead it lies": "short, short term, shortterm, near, near term, this year, now",
    "3y, or how far ahead it lies": "medium, medium term, mid, mid term, midterm, next",
    "10y, or how far ahead it lies": "long, long term, longterm, later, life, lifetime, someday",
}
