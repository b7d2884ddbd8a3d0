"""Visibility, applied once: what is removed leaves no trace in the plan."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record

from planfolio.audience.narrow import narrow
from planfolio.model.plan import Plan
from planfolio.model.visibility import Visibility

SECRET = {
    "site.toml": '[plan]\nrole = "hidden"\nstart = 2026-01-01\n',
    "roles/hidden.md": record(
        "title: Secret role",
        "visibility: private",
        "needs: [A licence]",
        "requires: {secrecy: 3, sql: 4}",
    ),
    "roles/open.md": record("title: Open", "requires: {sql: 3, python: 3}"),
    "skills/python.md": record("title: P", "visibility: mentor", "level: 3"),
    "goals/hidden.md": record(
        "title: Secret goal",
        "visibility: private",
        "role: open",
        "due: 2026-06-30",
        "milestones: {Secret step: 2026-05}",
    ),
    "goals/child.md": record("title: C", "visibility: public", "parent: hidden"),
    "goals/g.md": record(
        "title: G",
        "after: [hidden, hidden-secret-step]",
        "raises: {python: 4, sql: 3}",
        "answers: [A licence]",
        body="See [[goals/hidden]], [this](hidden.md) and [that](child.md).\n",
    ),
    "reviews/r.md": record(
        "title: R",
        "visibility: public",
        "metrics: {hidden: 3, g: 4}",
        "levels: {python: 3, sql: 1}",
    ),
    "skills.md": record("items: {}", body="Hidden: [[goals/hidden]]\n"),
    "milestones.md": record("visibility: mentor", "items: {m: 2026}", body="For my mentor.\n"),
}


@pytest.fixture
def secret(tmp_path: Path) -> Plan:
    """A plan with public records that refer to private ones in every way."""
    read = plan_in(tmp_path, SECRET)
    assert read.diagnostics == ()
    return read.plan


def test_the_prose_of_lists_is_narrowed_too(secret: Plan) -> None:
    """Its links, and as a whole where the records of the list are hidden by default."""
    assert sorted(secret.intros) == ["milestone", "skill"]
    public = narrow(secret, Visibility.PUBLIC)
    assert {kind: intro.links for kind, intro in public.intros.items()} == {"skill": (None,)}
    assert sorted(narrow(secret, Visibility.MENTOR).intros) == ["milestone", "skill"]


@pytest.mark.parametrize(
    ("files", "seen"),
    [
        ({"skills.md": record("items: {}", body="Prose.\n")}, Visibility.PUBLIC),
        ({"reviews.md": record("items: {}", body="Prose.\n")}, Visibility.MENTOR),
        ({"skills.md": record("visibility: privat", body="Prose.\n")}, Visibility.PRIVATE),
        (
            {
                "skills.md": record("items: {}", body="Prose.\n"),
                "site.toml": '[visibility]\nskill = "private"\n',
            },
            Visibility.PRIVATE,
        ),
    ],
)
def test_prose_is_seen_by_those_who_see_the_kind(
    tmp_path: Path, files: dict[str, str], seen: Visibility
) -> None:
    """A wrong word in the defaults hides it: fail closed."""
    (intro,) = plan_in(tmp_path, files).plan.intros.values()
    assert intro.visibility is seen
