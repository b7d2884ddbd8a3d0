"""atom.xml (RFC 4287) and sitemap.xml."""

from xml.etree import ElementTree as ET

from tests.pages.built import ROOT, Site, site

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = f'title = "Ada & <co>"\nbase_url = "{ROOT}"\ndescription = "A plan"\n'
PLAN = {
    "site.toml": SITE,
    "profile.md": "title: Me\nname: Ada <Quist>\n",
    "goals/g.md": (
        "title: Course & <exam>\n"
        "milestones: [{title: Half, due: 2026-03, done: 2026-03-05}, {title: Open, due: 2026-09}]\n"
        "replans:\n  - {date: 2026-02-01, from: 2026-03, to: 2026-05, reason: Ill & tired}\n"
        "  - {date: 2026-02-01, to: 2026-06}\n"
    ),
    "goals/done.md": 'title: Read & <write>\ndone: 2026-05\ndone_when: It\'s "read"',
    "goals/later.md": "title: Later\nstatus: done\ndone: 2026-08-01\n",
    "reviews/r.md": (
        "---\ntitle: R\nvisibility: public\ndate: 2026-06-01\n---\nA **good** month & more.\n"
    ),
}


def entries(built: Site) -> list[ET.Element]:
    """Return the entries of the feed in their order."""
    return ET.fromstring(built.text("atom.xml")).findall(f"{ATOM}entry")  # noqa: S314


def text(element: ET.Element, name: str) -> str:
    """Return the text of a child with plain spaces."""
    return (element.findtext(f"{ATOM}{name}") or "").replace("\u00a0", " ")


def test_what_happened_is_announced_newest_first() -> None:
    """Reviews, what was done and reached, moved deadlines; not what is still to come."""
    found = entries(site(PLAN))
    assert [(text(e, "title"), text(e, "updated")[:10]) for e in found] == [
        ("R", "2026-06-01"),
        ("Done: Read & <write>", "2026-05-01"),
        ("Reached: Half", "2026-03-05"),
        ("Moved: Course & <exam>", "2026-02-01"),
        ("Moved: Course & <exam>", "2026-02-01"),
    ]
    assert [text(e, "summary") for e in found] == [
        "A good month & more.",
        'It\'s "read"',
        "A milestone of “Course & <exam>”.",
        "The deadline moved from Mar 2026 to May 2026. Ill & tired",
        "The deadline moved to Jun 2026.",
    ]
    assert [text(e, "id").removeprefix(ROOT) for e in found] == [
        "reviews/r/",
        "goals/done/#done",
        "milestones/g-half/#reached",
        "goals/g/#moved-2026-02-01",
        "goals/g/#moved-2026-02-01-2",
    ]
    assert all(text(e, "updated").endswith("T00:00:00Z") for e in found)


def test_a_feed_says_whose_it_is() -> None:
    """Full addresses, the author, the newest day."""
    feed = ET.fromstring(site(PLAN).text("atom.xml"))  # noqa: S314
    assert [text(feed, name) for name in ("id", "title", "subtitle", "updated")] == [
        ROOT,
        "Ada & <co>",
        "A plan",
        "2026-06-01T00:00:00Z",
    ]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ada <Quist>"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": ROOT, "self": f"{ROOT}atom.xml"}
    empty = ET.fromstring(site({"site.toml": SITE}).text("atom.xml"))  # noqa: S314
    assert text(empty, "updated") == "2026-07-01T00:00:00Z"
    assert empty.findtext(f"{ATOM}author/{ATOM}name") == "Ada & <co>"
    assert "atom.xml" not in site({"goals/g.md": "title: G"}).paths


def test_a_feed_is_short() -> None:
    """Of sixty entries the ten oldest are left out, and a long text ends early."""
    days = [f"2026-0{month}-{day:02}" for month in (4, 5) for day in range(1, 31)]
    files = {
        f"reviews/{day}.md": f"---\ntitle: R{day}\ndate: {day}\n---\n{'word ' * 200}"
        for day in days
    }
    found = entries(site({"site.toml": SITE} | files))
    assert [text(e, "title") for e in found] == [f"R{day}" for day in reversed(days[10:])]
    # 80 words and the spaces between them are 399 characters.
    assert text(found[0], "summary") == " ".join(["word"] * 80) + " …"


def test_a_private_goal_takes_its_entries_along() -> None:
    """Its milestones and its moves, too."""
    private = PLAN["goals/g.md"] + "visibility: private\n"
    found = entries(site(PLAN | {"goals/g.md": private}, audience="public"))
    assert [text(e, "title") for e in found] == ["R", "Done: Read & <write>"]


def test_the_sitemap_lists_full_addresses() -> None:
    """In order, percent-encoded, and well-formed; robots.txt names it to the public alone."""
    files = {
        "site.toml": 'base_url = "https://plan.example/a&b/"',
        "goals/č.md": "title: Č\naliases: [old]\n",
    }
    public = site(files, audience="public")
    urls = [e.text or "" for e in ET.fromstring(public.text("sitemap.xml")).iter() if e.text]  # noqa: S314
    urls = [url.removeprefix("https://plan.example/a&b/") for url in urls if url.strip()]
    sections = ["aim/", "gaps/", "goals/", "goals/%C4%8D/", "how-to-read/", "me/", "plan/"]
    assert urls == ["", *sections, "print/", "progress/", "search/", "skills/"]
    assert "Sitemap: https://plan.example/a&b/sitemap.xml" in public.text("robots.txt")
    assert "Disallow: /" in site(files, audience="mentor").text("robots.txt")
    assert "sitemap.xml" not in site({}).paths
