"""The manifest decides what may be deleted: it is exact, and nothing in it is guessed."""

from pathlib import Path

import pytest

from planfolio.output.sitepath import MANIFEST, ManifestUnreadable, encode_manifest, read_manifest


def test_it_is_written_the_same_whatever_the_order() -> None:
    """The bytes depend on the paths alone: one line each, sorted."""
    assert encode_manifest(["b.html", "a.html"]) == encode_manifest(["a.html", "b.html"])
    assert encode_manifest(["b.html", "a.html"]).decode() == (
        '{\n "version": 1,\n "files": [\n  "a.html",\n  "b.html"\n ]\n}\n'
    )


def test_a_manifest_with_hashes_is_read(tmp_path: Path) -> None:
    """The first manifests had a hash for each path; an output of that time is still ours."""
    (tmp_path / MANIFEST).write_bytes(b'{"version": 1, "files": {"a": "00"}}')
    assert read_manifest(tmp_path) == frozenset({"a"})


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "not JSON"),
        (b'{"version": 1, "files": {"a', "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "version"),
        (b"{}", "version"),
        (b'{"version": 2, "files": {}}', "version"),
        (b'{"version": 1}', "no files"),
        (b'{"version": 1, "files": "a"}', "no files"),
        (b'{"version": 1, "files": ["../x"]}', r"'\.\./x'"),
        (b'{"version": 1, "files": ["/etc/passwd"]}', "relative"),
        (b'{"version": 1, "files": [".git/config"]}', "reserved"),
        (b'{"version": 1, "files": [1]}', "string"),
    ],
)
def test_a_damaged_manifest_is_not_trusted(tmp_path: Path, content: bytes, complaint: str) -> None:
    """Cut short, edited, of another version, or with a path that leaves the folder: unreadable."""
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ManifestUnreadable, match=complaint):
        read_manifest(tmp_path)
