from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from planfolio.cache.builds import BuildCache
from planfolio.cache.disk import FOLDER
from planfolio.cache.identity import identity
from planfolio.kinds import Visibility
from planfolio.pipeline import Made, Today, make
from planfolio.stage1_read.documents import Reader
from planfolio.stage5_layout import Document
from planfolio.stage6_render import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from planfolio.stage1_read.documents import Read
    from planfolio.stage1_read.files import SourceFile
    from planfolio.stage5_layout import Calendar, Page
    from planfolio.stage6_render import Theme

NOON = Today(now=datetime(2026, 10, 1, 12, tzinfo=UTC))
PLAN = {
    "content/skills.md": "---\nitems: {python: 3, kubernetes: 1}\n---\nWhat I can.\n",
    "content/goals/cka.md": "---\ntitle: Pass the exam\ndue: 2027\n---\n[[kubernetes]] **now**\n",
    "content/goals/hidden.md": "---\ntitle: Hidden\nvisibility: private\n---\n",
}


def built(root: Path, audience: Visibility = Visibility.PUBLIC) -> Made:
    """Build with the cache beside the plan, as a process of its own would."""
    cache = BuildCache(root)
    made = make(root, today=NOON, audience=audience, reuse=cache.reuse)
    cache.save()
    return made


def test_with_the_cache_the_bytes_are_those_without(
    plan: Callable[[dict[str, str]], Path],
) -> None:
    """For each audience, the first time, the second time, and after an edit."""
    root = plan(PLAN)
    for word in ("exam", "test", "exam"):
        text = PLAN["content/goals/cka.md"].replace("exam", word)
        (root / "content/goals/cka.md").write_text(text, "utf-8")
        for audience in Visibility:
            plain = make(root, today=NOON, audience=audience)
            for _ in range(2):
                cached = built(root, audience)
                assert cached.files == plain.files
                assert cached.checked.diagnostics == plain.checked.diagnostics


def test_a_second_build_parses_and_renders_only_what_changed(
    plan: Callable[[dict[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of one body compiles one document, and renders its page alone."""
    root = plan(PLAN)
    built(root)
    compiled: list[str] = []
    rendered: list[str] = []
    parse = Reader.parse

    def parse_and_note(reader: Reader, source: SourceFile, data: bytes) -> Read:
        compiled.append(source.path)
        return parse(reader, source, data)

    def render_and_note(item: Page | Calendar | Document, *, theme: Theme) -> bytes:
        if not isinstance(item, Document):
            rendered.append(item.url)
        return render(item, theme=theme)

    monkeypatch.setattr(Reader, "parse", parse_and_note)
    monkeypatch.setattr("planfolio.cache.builds.render", render_and_note)
    text = PLAN["content/goals/cka.md"]
    (root / "content/goals/cka.md").write_text(text.replace("**now**", "soon"), "utf-8")
    built(root)
    assert compiled == ["goals/cka.md"]
    assert rendered == ["goals/cka/"]


def test_a_picture_that_alone_changed_has_its_new_size(
    plan: Callable[[dict[str, str]], Path],
) -> None:
    """The document is the one that is kept; the size is not part of it."""
    root = plan({**PLAN, "content/goals/b.md": "---\ntitle: B\n---\n![a map](map.svg)\n"})
    for width in (40, 90):
        (root / "content/goals/map.svg").write_text(f"<svg width='{width}' height='20'/>", "utf-8")
        files = built(root).files
        assert files is not None
        assert f' width="{width}" height="20"'.encode() in files["goals/b/index.html"]


def test_a_file_under_another_name_is_another_document(
    plan: Callable[[dict[str, str]], Path],
) -> None:
    """Its path is in what is told of it."""
    root = plan(PLAN | {"content/goals/bad.md": "---\ntitle: [\n---\n"})
    built(root)
    (root / "content/goals/bad.md").rename(root / "content/goals/worse.md")
    paths = {d.path for d in built(root).checked.errors}
    assert paths == {"content/goals/worse.md"}


def test_a_damaged_cache_changes_no_byte(plan: Callable[[dict[str, str]], Path]) -> None:
    """It is only slower."""
    root = plan(PLAN)
    whole = built(root).files
    (file,) = (root / FOLDER).iterdir()
    chance = random.Random(1)  # noqa: S311 - the same damage each time
    for _ in range(8):
        data = bytearray(file.read_bytes())
        for _ in range(50):
            data[chance.randrange(len(data))] = chance.randrange(256)
        file.write_bytes(data)
        assert built(root).files == whole
    shutil.rmtree(root / ".planfolio")
    assert built(root).files == whole


def test_an_edited_program_is_another(tmp_path: Path) -> None:
    """In a checkout the version stays while the code changes."""
    (tmp_path / "sub").mkdir()
    module = tmp_path / "sub/module.py"
    module.write_text("a = 1\n")
    before = identity(tmp_path)
    assert identity(tmp_path) == before
    module.write_text("a = 12\n")
    assert identity(tmp_path) != before
