"""The order in which files are replaced where folders cannot be exchanged."""

from pathlib import Path

import pytest

from planfolio.stage7_write import OutputRefused
from planfolio.stage7_write.in_place import reading_order, replace_in_place
from planfolio.stage7_write.manifest import manifest_of
from planfolio.stage7_write.survey import Changes


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
