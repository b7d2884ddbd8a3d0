"""Makes the pictures of the README from the example in content/: `python -m tests.screenshots`.

Each page is shown in a window of 1280 by 900 pixels, at the part that tells most, light and dark.
It needs Chromium.
"""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright
from tests.serving import built_site, in_theme, served

from planfolio.pipeline import Today

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github"
DAY = Today(now=datetime(2026, 10, 1, 12, tzinfo=UTC))
PAGES = {
    "home": "",
    "goal": "goals/line-8-delay-study/#part-status",
    "role": "roles/timetable-planner/#part-readiness",
    "gaps": "gaps/#chart-gap-matrix-title",
    "plan": "plan/#part-timeline",
    "progress": "progress/#part-goals",
}


def small(picture: bytes) -> bytes:
    """Return a picture with 256 colours, which is a third of its bytes and looks the same."""
    made = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    # Other methods mix the few pixels of a glyph with the many of another colour.
    reduced = image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    reduced.save(made, "PNG", optimize=True)
    return made.getvalue()


def take(site: Path, names: dict[str, str]) -> None:
    """Write a picture of each page, light and dark, under its name."""
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        for scheme, suffix in (("light", ""), ("dark", "-dark")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for name, path in names.items():
                page.goto("about:blank")
                page.goto(address + path)
                page.evaluate("document.fonts.ready.then(() => true)")
                (FOLDER / f"{name}{suffix}.png").write_bytes(small(page.screenshot()))
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        paper = in_theme(ROOT, Path(folder, "paper"), "paper")
        take(built_site(ROOT, Path(folder, "site"), today=DAY), PAGES)
        take(built_site(paper, Path(folder, "paper-site"), today=DAY), {"paper": ""})
