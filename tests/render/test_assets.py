"""Published files: named by their content, stylesheets put together."""

import hashlib
import zlib
from pathlib import Path

import pytest

from planfolio.render.theme import load_theme
from planfolio.render.theme_files import ThemeError, ThemeFile, published_assets


def published(files: dict[str, str]) -> dict[str, str]:
    """Publish files and return their text by the name they are known by."""
    theme = {path: ThemeFile(shown=path, data=text.encode()) for path, text in files.items()}
    return {name: asset.data.decode() for name, asset in published_assets(theme).items()}


def test_name_from_content() -> None:
    """The name holds the first ten digits of the SHA-256 of the content."""
    digest = hashlib.sha256(b"let a;").hexdigest()[:10]

    assets = published_assets({"assets/js/own.js": ThemeFile("own.js", b"let a;")})

    assert assets["js/own.js"].url == f"assets/js/own.{digest}.js"


def test_what_is_published() -> None:
    """Assets are, and what browsers take from vendor; templates, styles and tables are not."""
    files = ["assets/a.svg", "vendor/x/a.js", "vendor/x/a.woff2", "vendor/x/LICENSE.txt"]
    others = ["styles/a.css", "templates/a.html", "vendor/VENDOR.toml", "vendor/lucide/a.svg"]

    assert published(dict.fromkeys([*files, *others], "")).keys() == {
        "a.svg",
        "vendor/x/a.js",
        "vendor/x/a.woff2",
        "vendor/x/LICENSE.txt",
    }


def test_imports_in_layers() -> None:
    """An import is replaced by the file, in its layer, and the file's own imports with it."""
    css = published(
        {
            "assets/style.css": '@import "../styles/a.css" layer(base);\nb { top: 0 }',
            "styles/a.css": "@import 'deep/c.css';\na { top: 0 }",
            "styles/deep/c.css": "c { top: 0 }",
        }
    )

    assert css["style.css"].split("\n") == [
        "@layer base {",
        "c { top: 0 }",
        "a { top: 0 }",
        "}",
        "b { top: 0 }",
        "",
    ]


def test_urls() -> None:
    """A URL in an imported file is found from there, and leads to the published name."""
    files = {
        "assets/css/style.css": '@import "../../styles/fonts.css";',
        "styles/fonts.css": "a { src: url( '../vendor/f/f.woff2' ) } b { src: url(data:x) }",
        "vendor/f/f.woff2": "font",
    }
    digest = hashlib.sha256(b"font").hexdigest()[:10]

    assert published(files)["css/style.css"] == (
        f'a {{ src: url("../vendor/f/f.{digest}.woff2") }} b {{ src: url(data:x) }}\n'
    )


def test_hash_follows_what_is_referred_to() -> None:
    """A stylesheet changes its name when a font that it loads does."""

    def url(font: bytes) -> str:
        files = {"assets/a.css": b"a{src:url(f.woff2)}", "assets/f.woff2": font}
        return published_assets({p: ThemeFile(p, data) for p, data in files.items()})["a.css"].url

    assert url(b"1") != url(b"2")


def test_comments() -> None:
    """Comments are left out, but those that a licence asks to keep."""
    assert published({"assets/a.css": "/* why */\na {}\n\n  /*! kept */\n"})["a.css"] == (
        "a {}\n/*! kept */\n"
    )


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ('@import "gone.css";', "assets/a.css:3: there is no assets/gone.css in this theme"),
        ("a { src: url(gone.svg) }", "assets/a.css:3: there is no assets/gone.svg among"),
        ('@import "a.css";', "assets/a.css:3: assets/a.css imports itself: assets/a.css -> "),
        ('@import "https://x.org/a.css";', "assets/a.css:3: a page may load nothing from another"),
        ("a { src: url(//x.org/a) }", "assets/a.css:3: a page may load nothing from another"),
        ('a { src: url("../../etc/passwd") }', "assets/a.css:3: there is no ../etc/passwd among"),
    ],
)
def test_faults(css: str, message: str) -> None:
    """A stylesheet that asks for what cannot be had is an error at its line."""
    with pytest.raises(ThemeError) as caught:
        published({"assets/a.css": f"/*\n*/\n{css}"})

    assert str(caught.value).startswith(message)


def test_weight(tmp_path: Path) -> None:
    """The default theme leaves a page more than half of its 100 kB: the first font, the style.

    The font is compressed already; hosts compress the rest.
    """
    weights = {
        url: min(len(data), len(zlib.compress(data)))
        for url, data in load_theme("default", site_root=tmp_path).static.items()
        if url.endswith((".css", ".svg")) or "geist-latin." in url
    }

    assert len(weights) == 3
    assert sum(weights.values()) < 50_000
