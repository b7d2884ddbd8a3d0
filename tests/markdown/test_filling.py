"""Links put into their slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from planfolio.markdown import Link, Size, Target, fill, fill_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body


def _nowhere(_: Link) -> None:
    return None


def _titled(link: Link) -> Target:
    return Target(url=f'/{link.target}"', title="R & D")


def test_result_is_markup(body: Callable[[str], Body]) -> None:
    """Templates take the HTML as it is."""
    assert isinstance(fill(body("a"), _nowhere), Markup)


def test_labelled_link_keeps_its_label_as_text(body: Callable[[str], Body]) -> None:
    """What leads nowhere is read on, marked up as before."""
    compiled = body("See [the *exam*](cka.md) and [[cka|the exam]].")

    assert fill(compiled, _nowhere) == "<p>See the <em>exam</em> and the exam.</p>\n"


def test_unlabelled_wikilink_vanishes(body: Callable[[str], Body]) -> None:
    """Without a page to name there is nothing to show, least of all the id."""
    assert fill(body("See [[cka]]."), _nowhere) == "<p>See .</p>\n"


def test_image_vanishes(body: Callable[[str], Body]) -> None:
    """A picture that is not there leaves no alternative text either."""
    assert fill(body("a ![secret plan](x.png) b"), _nowhere) == "<p>a  b</p>\n"


def test_unlabelled_wikilink_shows_the_title(body: Callable[[str], Body]) -> None:
    """The page is called by its title, and both title and address are escaped."""
    assert fill(body("[[cka]]"), _titled) == '<p><a href="/cka&#34;">R &amp; D</a></p>\n'


def test_link_without_words_shows_the_title(body: Callable[[str], Body]) -> None:
    """A link must have a name to be read aloud."""
    assert fill(body("[](cka.md)"), _titled) == '<p><a href="/cka.md&#34;">R &amp; D</a></p>\n'


def test_image_in_a_link_is_filled_too(body: Callable[[str], Body]) -> None:
    """A slot within the label of a slot."""
    compiled = body("[![a](b.png)](c.md)")

    def resolve(link: Link) -> Target:
        return Target(url=link.target.upper(), title="T")

    assert fill(compiled, resolve) == (
        '<p><a href="C.MD"><img src="B.PNG" alt="a" loading="lazy"></a></p>\n'
    )


def test_a_picture_keeps_its_room(body: Callable[[str], Body]) -> None:
    """A page knows how large a picture is before it is there; a link to it does not tell."""
    compiled = body("![a](b.png) [c](b.png)")

    def resolve(link: Link) -> Target:
        return Target(url=link.target, title="T", size=Size(40, 30))

    assert fill(compiled, resolve) == (
        '<p><img src="b.png" alt="a" width="40" height="30" loading="lazy">'
        ' <a href="b.png">c</a></p>\n'
    )


def test_one_body_is_filled_for_two_pages(body: Callable[[str], Body]) -> None:
    """Filling leaves the body as it was."""
    compiled = body("[a](b.md)")
    first = fill(compiled, lambda _: Target("../b/", "B"))
    second = fill(compiled, lambda _: Target("goals/b/", "B"))

    assert (first, second) == (
        '<p><a href="../b/">a</a></p>\n',
        '<p><a href="goals/b/">a</a></p>\n',
    )


def test_plain_text_names_what_a_wikilink_leads_to(body: Callable[[str], Body]) -> None:
    """An excerpt reads like the page: titles, not ids."""
    assert fill_plain(body("After [[cka]], rest."), _titled) == "After R & D, rest."


def test_plain_text_hides_what_leads_nowhere(body: Callable[[str], Body]) -> None:
    """An excerpt tells no more than the page."""
    assert fill_plain(body("After [[cka]], rest."), _nowhere) == "After , rest."
