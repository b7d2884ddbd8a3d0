"""Plans of any size, made by rule so that they are always the same."""

from pathlib import Path

BODY = """
Some words about why this matters, with a [link](../goals/goal-{other}.md) and a [[skill-{skill}]].

- [x] The first step is done
- [ ] The second one is not

| week | hours |
|---|---|
| 1 | 4 |
| 2 | 6 |
"""


def write_plan(root: Path, records: int) -> None:
    """Write a plan of so many records: roles, skills, goals with milestones, and reviews."""
    folders = {name: root / "content" / name for name in ("roles", "skills", "goals", "reviews")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    (root / "site.toml").write_text(
        'title = "Many"\n[plan]\nhours_per_week = 8\nstart = 2026-01-01\nas_of = 2026-10-01\n'
    )
    skills, roles = max(1, records // 5), max(1, records // 100)
    reviews = max(1, records // 50)
    goals = (records - skills - roles - reviews) // 3
    for n in range(roles):
        asked = ", ".join(f"skill-{(n * 7 + k) % skills}: {k % 3 + 2}" for k in range(6))
        text = f"---\ntitle: Role {n}\nrequires: {{{asked}}}\n---\nWhat it is.\n"
        (folders["roles"] / f"role-{n}.md").write_text(text)
    for n in range(skills):
        text = (
            f"---\ntitle: Skill {n}\ncategory: Group {n % 12}\nlevel: {n % 5}\n---\nWhat I did.\n"
        )
        (folders["skills"] / f"skill-{n}.md").write_text(text)
    for n in range(goals):
        text = (
            f"---\ntitle: Finish piece {n} of the work\nrole: role-{n % roles}\nstart: 2026-01-01\n"
            f"due: 2027-{n % 12 + 1:02}\neffort: {n % 40 + 1}h\nraises: {{skill-{n % skills}: 5}}\n"
            f"why: It counts\nmilestones:\n"
            f"  - {{title: First half of {n}, due: 2026-06, done: 2026-06-10}}\n"
            f"  - {{title: Second half of {n}, due: 2026-12}}\n---\n"
            + BODY.format(other=(n + 1) % goals, skill=n % skills)
        )
        (folders["goals"] / f"goal-{n}.md").write_text(text)
    for n in range(reviews):
        text = (
            f"---\ntitle: Review {n}\nvisibility: public\ndate: 2026-{n % 9 + 1:02}-15\n"
            f"wins: [Something went well]\nlevels: {{skill-{n % skills}: 2}}\n---\nWe talked.\n"
        )
        (folders["reviews"] / f"review-{n}.md").write_text(text)
