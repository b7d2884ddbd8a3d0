"""Tests of what files are said to be."""

from __future__ import annotations

import mimetypes

import pytest

from planfolio.serve.media_types import media_type


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/style.0123456789.css", "text/css; charset=utf-8"),
        ("client.js", "text/javascript; charset=utf-8"),
        ("assets/vendor/geist/geist-latin.0123456789.woff2", "font/woff2"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("plan.ics", "text/calendar; charset=utf-8"),
        ("files/Photo.JPG", "image/jpeg"),
        ("files/talk.pdf", "application/pdf"),
        ("files/unknown.zzz", "application/octet-stream"),
        ("files/v1.0/README", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_name_says(path: str, kind: str) -> None:
    """The last extension decides, in any case; without a known one it is just bytes."""
    assert media_type(path) == kind


def test_the_machine_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that takes scripts for text breaks other servers: `nosniff` would stop them."""
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    monkeypatch.setitem(mimetypes.types_map, ".png", "text/plain")
    assert media_type("a.js").startswith("text/javascript")
    assert media_type("a.png") == "image/png"
