"""What a plan has of its own in the theme: an accent and a logo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pages.built import site

from planfolio.pipeline import Today, build, check
from planfolio.render.theme import load_theme

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


@pytest.mark.parametrize("audience", ["public", "private"])
def test_a_logo_stands_before_the_title(audience: str) -> None:
    """With its size, so that nothing moves, and silent, as the title says what it stands for. One
    that is about square is the icon of the tab, too."""
    files = {
        "site.toml": 'title = "A plan"\ntheme = {logo = "looks/mark.svg"}\n',
        "looks/mark.svg": SVG.format(120, 100),
        "looks/other.svg": SVG.format(120, 100),
        "goals/hidden.md": "title: Hidden\nvisibility: private",
    }
    built = site(files, audience=audience)
    page = built.page("aim/")
    (logo,) = [image.element for image in page.all("img")]
    assert {name: logo.get(name) for name in ("src", "width", "height", "alt")} == {
        "src": "../files/looks/mark.svg",
        "width": "120",
        "height": "100",
        "alt": "",
    }
    assert page.meta("icon") == "../files/looks/mark.svg"
    assert [path for path in built.paths if path.startswith("files/")] == ["files/looks/mark.svg"]
    wide = site(files | {"looks/mark.svg": SVG.format(130, 100)}, audience=audience).page("aim/")
    assert "mark." in (wide.meta("icon") or "")
    assert "looks" not in (wide.meta("icon") or "")


def test_an_accent_colours_the_stylesheet_and_the_icon(
    plan: Callable[[dict[str, str]], Path], today: Today
) -> None:
    """Of the theme that is named, for everyone; `theme` may be its name alone or a table."""
    sheets = {}
    for theme in ('"default"', '{name = "default"}', '{accent = "#0b6"}', '{accent = "#00BB66"}'):
        files = build(plan({"site.toml": f"theme = {theme}"}), today=today).files
        assert files is not None
        sheets[theme] = {
            p: d for p, d in files.items() if p.startswith(("assets/style", "assets/mark"))
        }
    plain, table, short, long = sheets.values()
    assert plain == table
    assert short == long
    assert not plain.keys() & short.keys()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('accent = "teal"', "2:10 F102 `teal` is no colour by its red, green and blue"),
        ('accent = "0b6e4f"', "2:10 F102 `0b6e4f` is no colour by its red, green and blue"),
        ("accent = []", "2:10 F102 expected a colour, found a list"),
        ('logo = "mark.sgv"', "2:8 L102 there is no picture `mark.sgv` in content/"),
        ('logo = "bare.svg"', "2:8 F102 `bare.svg` tells no width and height, without which"),
        ('acent = "#0b6e4f"', "2:1 F104 unknown key `acent`"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_place(
    plan: Callable[[dict[str, str]], Path], today: Today, setting: str, said: str
) -> None:
    """With what to write instead."""
    files = {
        "site.toml": f"[theme]\n{setting}\n",
        "content/mark.svg": SVG.format(20, 20),
        "content/bare.svg": "<svg/>",
    }
    (found,) = check(plan(files), today=today).errors
    assert f"{found.span.line}:{found.span.column} {found.code} {found.message}".startswith(said)
    assert found.path == "site.toml"
    assert found.hint


WITH_ADDRESS = 'title = "A plan"\nbase_url = "https://plan.example/my/"\n'


def test_a_link_to_the_site_shows_its_card() -> None:
    """Every page names it by its full address with its size, and phones find an icon; a site
    without an address has neither, as nobody could ask for them."""
    built = site({"site.toml": WITH_ADDRESS, "goals/talk.md": "title: Talk"})
    for page in ("", "goals/talk/"):
        head = built.page(page)
        assert head.meta("og:image") == "https://plan.example/my/card.png"
        assert (head.meta("og:image:width"), head.meta("og:image:height")) == ("1200", "630")
        assert head.meta("og:image:alt") == "A plan"
        assert head.meta("twitter:card") == "summary_large_image"
    assert head.meta("apple-touch-icon") == "../../apple-touch-icon.png"
    for path in ("card.png", "apple-touch-icon.png"):
        assert built.rendered.render(path).startswith(b"\x89PNG")
    assert built.page("404.html").meta("og:image") is None
    bare = site({"goals/talk.md": "title: Talk"})
    assert bare.page().meta("og:image") is bare.page().meta("apple-touch-icon") is None
    assert not [path for path in bare.paths if path.endswith(".png")]


def test_a_card_of_ones_own_is_copied() -> None:
    """Then none is drawn."""
    card = SVG.format(1200, 600)
    files = {"site.toml": f'{WITH_ADDRESS}theme = {{card = "own.svg"}}\n', "own.svg": card}
    built = site(files, audience="public")
    page = built.page("aim/")
    assert page.meta("og:image") == "https://plan.example/my/files/own.svg"
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "600")
    assert "files/own.svg" in built.paths
    assert "card.png" not in built.paths


def test_the_card_says_what_its_audience_may_see() -> None:
    """Another card is drawn for those from whom the role and the name are hidden; a role is
    named."""
    files = {
        "site.toml": WITH_ADDRESS,
        "profile.md": "---\ntitle: Ana\nvisibility: mentor\n---\n",
        "roles/lead.md": "title: Lead\nvisibility: mentor\nrequires: {sql: 4}",
        "skills/sql.md": "title: SQL\nlevel: 3\nvisibility: mentor",
    }
    cards = {
        who: site(files, audience=who).rendered.render("card.png") for who in ("public", "mentor")
    }
    nothing = site({"site.toml": WITH_ADDRESS}, audience="public").rendered.render("card.png")
    assert cards["public"] == nothing
    assert cards["mentor"] != nothing
    aim = {"site.toml": WITH_ADDRESS, "roles/lead.md": "title: Lead"}
    assert site(aim, audience="public").rendered.render("card.png") != nothing


@pytest.mark.parametrize("name", ["default", "paper"])
def test_each_theme_draws_its_card(name: str) -> None:
    """With words, in fonts that it has."""
    theme = load_theme(name, site_root=Path())
    card = site({"site.toml": WITH_ADDRESS}, theme=theme).rendered.render("card.png")
    other = site({"site.toml": WITH_ADDRESS.replace("A plan", "")}, theme=theme)
    assert card.startswith(b"\x89PNG")
    assert card != other.rendered.render("card.png")
