"""The manifest decides what may be deleted: it is exact, and nothing in it is guessed."""

from hashlib import blake2b
from pathlib import Path

import pytest

from planfolio.output.manifest import (
    Manifest,
    ManifestUnreadable,
    manifest_of,
    read_manifest,
)
from planfolio.output.sitepath import MANIFEST


def test_it_is_written_the_same_whatever_the_order() -> None:
    """The bytes depend on the files alone, in the order of paths."""
    one = manifest_of({"b.html": b"2", "a.html": b"1"}).encoded()
    other = manifest_of({"a.html": b"1", "b.html": b"2"}).encoded()
    digests = [blake2b(data, digest_size=16).hexdigest() for data in (b"1", b"2")]
    assert one == other
    assert one.decode() == (
        '{\n "version": 1,\n "files": {\n'
        f'  "a.html": "{digests[0]}",\n  "b.html": "{digests[1]}"\n }}\n}}\n'
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A manifest comes back as it was, names in any script too."""
    manifest = manifest_of({"ziele/höhe/index.html": b"x", ".nojekyll": b""})
    (tmp_path / MANIFEST).write_bytes(manifest.encoded())
    assert read_manifest(tmp_path) == manifest


def test_none_where_there_is_none(tmp_path: Path) -> None:
    """No manifest, or no folder at all, is no error."""
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "absent") is None


def test_a_manifest_knows_the_bytes_of_its_files(tmp_path: Path) -> None:
    """`holds` is true for the very bytes, and false for others, unlisted paths and folders."""
    manifest = manifest_of({"a": b"1"})
    file = tmp_path / "file"
    file.write_bytes(b"1")
    assert manifest.holds("a", file)
    assert not manifest.holds("b", file)
    assert not manifest.holds("a", tmp_path)
    file.write_bytes(b"2")
    assert not manifest.holds("a", file)


_HASH = "0" * 32


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "not JSON"),
        (b'{"version": 1, "files": {"a', "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no version"),
        (b"{}", "no version"),
        (b'{"version": 2, "files": {}}', "version 2"),
        (b'{"version": 1}', "no files"),
        (b'{"version": 1, "files": ["a"]}', "no files"),
        (b'{"version": 1, "files": {"../x": "%s"}}' % _HASH.encode(), r"'\.\./x'"),
        (b'{"version": 1, "files": {"/etc/passwd": "%s"}}' % _HASH.encode(), "relative"),
        (b'{"version": 1, "files": {".git/config": "%s"}}' % _HASH.encode(), "reserved"),
        (b'{"version": 1, "files": {"a": "xyz"}}', "hash of 'a'"),
        (b'{"version": 1, "files": {"a": 1}}', "hash of 'a'"),
    ],
)
def test_a_damaged_manifest_is_not_trusted(tmp_path: Path, content: bytes, complaint: str) -> None:
    """Cut short, edited, of another version, or with a path that leaves the folder: unreadable."""
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ManifestUnreadable, match=complaint):
        read_manifest(tmp_path)


def test_a_manifest_that_is_a_link_is_not_trusted(tmp_path: Path) -> None:
    """A manifest elsewhere says nothing about this folder."""
    (tmp_path / "elsewhere").write_bytes(Manifest({}).encoded())
    (tmp_path / MANIFEST).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ManifestUnreadable, match="regular file"):
        read_manifest(tmp_path)
