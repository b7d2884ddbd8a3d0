"""Tests of vendored files: they are as their authors published them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"
PACKAGES = tomllib.loads((VENDOR / "VENDOR.toml").read_text("utf-8"))


def test_every_file_is_the_one_that_was_recorded() -> None:
    """VENDOR.toml names all files that are there, each with its hash and its licence."""
    recorded = {
        path: file for package in PACKAGES.values() for path, file in package["files"].items()
    }
    there = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()}
    assert there - {"VENDOR.toml"} == recorded.keys()
    assert len(recorded) > 3
    for path, file in recorded.items():
        assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == file["sha256"], path
    assert all(package["licence_file"] in package["files"] for package in PACKAGES.values())
