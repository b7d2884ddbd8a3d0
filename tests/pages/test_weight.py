"""What a page loads, as hosts send it: compressed."""

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.serving import in_theme

from planfolio.pipeline import Today, build

_LOADED = re.compile(
    r'<(?:img|script)\b[^>]*\bsrc="([^"]+)"'
    r'|<link\b[^>]*\brel="(?:icon|preload|stylesheet)"[^>]*\bhref="([^"]+)"'
)
_BY_STYLE = re.compile(r'\burl\("?(?!data:)([^")]+)')


def loaded_by(path: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the files that a page or a stylesheet asks for, and what these ask for."""
    pattern = _BY_STYLE if path.endswith(".css") else _LOADED
    if not path.endswith((".css", ".html")):
        return
    for found in pattern.finditer(files[path].decode()):
        link = next(filter(None, found.groups()))
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link)))
        yield target
        yield from loaded_by(target, files)


@pytest.mark.parametrize("theme", ["default", "paper"])
def test_no_page_weighs_more_than_100_kb(
    example: Path, tmp_path: Path, today: Today, theme: str
) -> None:
    """With its style, its scripts, all its fonts and its pictures; what search loads when it is
    first used is not among them."""
    made = build(in_theme(example, tmp_path / "plan", theme), today=today)
    assert made.files is not None
    files = dict(made.files) | {path: file.read_bytes() for path, file in made.copies.items()}
    sent = {path: len(zlib.compress(data, 9)) for path, data in files.items()}
    pages = [path for path in files if path.endswith("index.html")]
    assert len(pages) > 50
    weights = {page: sum(sent[p] for p in {page, *loaded_by(page, files)}) for page in pages}
    assert weights["index.html"] > 50_000  # the fonts alone are 46 and 51 kB
    assert {page: weight for page, weight in weights.items() if weight > 100_000} == {}
