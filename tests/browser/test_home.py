"""What home shows before anybody scrolls."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize
from tests.browser.conftest import Visit
from tests.serving import built_site, in_theme
from tests.test_example import holds_the_example

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "tests" / "plans" / "example"
PLANS = [
    pytest.param(
        REPOSITORY,
        "en",
        id="content",
        marks=pytest.mark.skipif(not holds_the_example(), reason="content/ holds another plan"),
    ),
    pytest.param(EXAMPLE, "en", id="tests"),
    pytest.param(EXAMPLE, "de", id="German"),
]
WORDS = {
    "en": (["Who", "From", "To", "By"], ["ready now", "planned", "required"], "attention"),
    "de": (
        ["Wer", "Heute", "Ziel", "Bis"],
        ["jetzt bereit", "geplant", "erforderlich"],
        "Aufmerks",
    ),
}
WINDOWS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}

SEEN = """
    selector => [...document.querySelectorAll(selector)].filter(node => {
        const box = node.getBoundingClientRect();
        return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
            && box.left >= 0 && box.right <= innerWidth;
    }).map(node => node.textContent.trim().replace(/\\s+/g, ' '))
"""
"""The words of what stands wholly in the window."""


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.PRIVATE])
@pytest.mark.parametrize(("plan", "language"), PLANS)
def test_the_first_view_answers_in_ten_seconds(
    visit: Visit,
    today: Today,
    tmp_path: Path,
    plan: Path,
    language: str,
    audience: Visibility,
) -> None:
    """Without a scroll: who, from what, to what, by when; readiness now, planned and required on
    one bar; one sentence on how it goes; and three things to do next."""
    if language != "en":
        plan = in_theme(plan, tmp_path / "plan", "default", language=language)
    route, shares, attention = WORDS[language]
    site = built_site(plan, tmp_path / "site", today=today, audience=audience)
    for name, window in WINDOWS.items():
        page = visit(site, viewport=window)
        page.wait_for_load_state("networkidle")

        def seen(selector: str, page: Page = page) -> list[str]:
            found: list[str] = page.evaluate(SEEN, selector)
            return found

        assert seen(".route dt") == route, name
        assert all(seen(".route dd"))
        assert seen(".outlook dt") == shares, name
        assert len(seen(".outlook svg")) == 1
        (sentence,) = seen(".intro-sentence")
        assert attention in sentence
        assert len(seen(".intro-next li")) == 3, name
