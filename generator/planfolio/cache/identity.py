"""Which program made what is kept: another one might make something else of the same sources."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import jinja2
import markdown_it
import mdit_py_plugins
import pygments
import yaml

from planfolio import __version__
from planfolio.cache.codec import SHAPE

_PACKAGE = Path(__file__).resolve().parents[1]


def identity(package: Path = _PACKAGE) -> bytes:
    """Return a hash of the version of planfolio, of the state of its files, which also tells an
    edited checkout, and of the versions of what it reads and renders with."""
    said: list[object] = [__version__, SHAPE, sys.version_info]
    said.extend(
        getattr(module, "__version__", "")
        for module in (jinja2, markdown_it, mdit_py_plugins, pygments, yaml)
    )
    folders = [package]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in {"__pycache__", "_bundled"}:
                        folders.append(Path(entry.path))
                elif entry.name.endswith((".py", ".toml")):
                    stat = entry.stat()
                    said.append((entry.name, stat.st_size, stat.st_mtime_ns))
    return hashlib.sha256(repr(said).encode()).digest()
