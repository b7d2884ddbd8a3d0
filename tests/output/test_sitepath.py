"""Site paths: what may be written below an output, and what collides."""

import pytest

from planfolio.output.sitepath import check_site_path, check_site_paths


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "goals/cka/index.html",
        ".nojekyll",
        ".well-known/x",
        "höhle/日本/index.html",
        "a b/c'd.png",
        ".gitattributes",
        "a..b/c...d",
    ],
)
def test_plain_paths_pass(path: str) -> None:
    """A relative path of plain parts, in any script, is a site path."""
    check_site_path(path)


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("", "relative and plain"),
        ("/etc/passwd", "relative and plain"),
        ("C:/x", "relative and plain"),
        ("c:x", "relative and plain"),
        ("../x", "relative and plain"),
        ("a/../b", "relative and plain"),
        ("a/..", "relative and plain"),
        ("a/./b", "relative and plain"),
        ("a//b", "relative and plain"),
        ("a/", "relative and plain"),
        ("a\\b", "relative and plain"),
        ("a\0b", "relative and plain"),
        (".planfolio-manifest.json", "reserved"),
        (".planfolio-lock", "reserved"),
        (".Planfolio-staging-x/a", "reserved"),
        (".git/config", "reserved"),
        (".GIT", "reserved"),
    ],
)
def test_bad_paths_are_errors(path: str, complaint: str) -> None:
    """What leaves the output, means another file elsewhere, or is ours, is named and refused."""
    with pytest.raises(ValueError, match=complaint):
        check_site_path(path)


@pytest.mark.parametrize(
    "paths",
    [
        ("a/Index.html", "a/index.html"),
        ("Straße.html", "STRASSE.html"),
        ("É.html", "é.html"),
        ("A", "a/b.html"),
        ("a", "a/b/c.html"),
        ("É", "é/b"),
    ],
)
def test_collisions_are_errors_that_name_both(paths: tuple[str, str]) -> None:
    """Two paths that cannot both be on a disk that ignores case, or a file used as a folder."""
    with pytest.raises(ValueError, match="site path") as caught:
        check_site_paths(paths)
    assert all(repr(path) in str(caught.value) for path in paths)


def test_folders_of_different_case_do_not_collide() -> None:
    """Two folders that differ in case become one on some disks, and nothing is lost by that."""
    check_site_paths(["Goals/a.html", "goals/b.html"])
