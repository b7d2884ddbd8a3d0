"""Where compiled templates are kept: beside the compiled modules of Python."""

from __future__ import annotations

import marshal
import sys
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from planfolio.render import template_compiler

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from planfolio.render.languages import FrameLanguage


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates by their text and language, where Python keeps compiled modules.

    Without them the example takes twice as long. All are compiled anew when the compiler, Jinja or
    a catalogue changes. Jinja's own class reads in pieces of a few bytes, six times as slowly.
    """

    def __init__(self, language: FrameLanguage, *, purpose: str = "pages") -> None:
        self._name = f"{purpose}-{language.code}"
        compiler = Path(template_compiler.__file__).read_text("utf-8")
        self._salt = f"{language.digest} {jinja2.__version__} {compiler}"

    def get_source_checksum(self, source: str) -> str:
        """Return what changes with the text and with all else that a compiled template is of."""
        return super().get_source_checksum(source + self._salt)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it is kept."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            # What is there is as trusted as the compiled modules beside it.
            checksum, code = marshal.loads(self._file(bucket).read_bytes())  # noqa: S302
            if checksum == bucket.checksum:
                bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, if Python and the disk allow it: else the next run compiles it again."""
        if not sys.dont_write_bytecode:
            # It puts the file in its place whole, since several builds may write at once.
            kept = marshal.dumps((bucket.checksum, bucket.code))
            SourceFileLoader(__name__, __file__).set_data(str(self._file(bucket)), kept)

    def _file(self, bucket: Bucket) -> Path:
        name = f"template-{self._name}-{bucket.key}.py"
        return Path(cache_from_source(str(Path(__file__).with_name(name))))
