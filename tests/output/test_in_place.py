"""The order in which files are replaced where folders cannot be exchanged."""

from pathlib import Path

import pytest

from planfolio.output import OutputFailed, OutputRefused
from planfolio.output.in_place import reading_order, replace_in_place
from planfolio.output.manifest import manifest_of
from planfolio.output.survey import Changes


def test_targets_come_before_what_points_at_them() -> None:
    """Styles and images, then records, then the lists of them, the home page last of all."""
    paths = [
        "index.html",
        "goals/index.html",
        "sitemap.xml",
        "assets/site.css",
        "goals/cka/index.html",
        "goals/cka/badge.svg",
        "404.html",
    ]
    assert sorted(paths, key=reading_order) == [
        "goals/cka/badge.svg",
        "assets/site.css",
        "goals/cka/index.html",
        "goals/index.html",
        "404.html",
        "sitemap.xml",
        "index.html",
    ]


def test_files_are_replaced_in_that_order(tmp_path: Path) -> None:
    """When the system fails at one file, those before it are new, those after it old."""
    paths = ["index.html", "goals/index.html", "goals/cka/index.html", "site.css", "gone.html"]
    staged, output = tmp_path / "staged", tmp_path / "public"
    for folder, text in ((staged, b"new"), (output, b"old")):
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text)
    (staged / "goals/index.html").unlink()
    with pytest.raises(OutputFailed, match="some of its pages may be new"):
        replace_in_place(
            staged,
            output=output,
            changes=Changes(
                added=(), changed=tuple(paths[:4]), unchanged=(), removed=("gone.html",)
            ),
            old=manifest_of(dict.fromkeys(paths, b"old")),
            new=manifest_of(dict.fromkeys(paths[:4], b"new")),
        )
    assert {path: (output / path).read_bytes() for path in paths} == {
        "site.css": b"new",
        "goals/cka/index.html": b"new",
        "goals/index.html": b"old",
        "index.html": b"old",
        "gone.html": b"old",
    }


def test_a_file_that_has_come_since_is_not_overwritten(tmp_path: Path) -> None:
    """A foreign file that the survey did not see stops the replacing, and stays."""
    staged, output = tmp_path / "staged", tmp_path / "public"
    staged.mkdir()
    output.mkdir()
    (staged / "CNAME").write_bytes(b"ours")
    (output / "CNAME").write_bytes(b"theirs")
    with pytest.raises(OutputRefused, match="CNAME in it is not planfolio's"):
        replace_in_place(
            staged,
            output=output,
            changes=Changes(added=("CNAME",), changed=(), unchanged=(), removed=()),
            old=manifest_of({}),
            new=manifest_of({"CNAME": b"ours"}),
        )
    assert (output / "CNAME").read_bytes() == b"theirs"
