"""The client of the preview, and how it comes into a page.

A page of the site is sent as it was built, with one element more: the script of the client, which
holds what the page is of. The policy of content lets no script or style stand in the page itself.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio import __version__, bundled
from planfolio.serve.events import base_of

if TYPE_CHECKING:
    from planfolio.serve.snapshot import Outcome

_OWN = Path(__file__).resolve().parent / "client"
_MORPH = Path("default", "vendor", "idiomorph", "idiomorph.js")

_END_OF_HEAD = re.compile(rb"</head\s*>|</body\s*>", re.IGNORECASE)


def client_files() -> dict[str, bytes]:
    """Return the files of the client by name, as pages ask for them below `_planfolio/`.

    Raises FileNotFoundError if the installation is damaged.
    """
    files = {
        file.name: file.read_bytes()
        for file in sorted(_OWN.iterdir())
        if file.suffix in {".js", ".css"}
    }
    return files | {"idiomorph.js": (bundled.themes() / _MORPH).read_bytes()}


def with_client(html: bytes, outcome: Outcome, *, editor: str | None = None) -> bytes:
    """Return a page with the client in its head; one without a head gets it at its end.

    `editor` is a link as `editors.link_template` makes it, or None where findings open nowhere.
    """
    told = {"build": outcome.build, "version": __version__, "editor": editor}
    source = quote(base_of(outcome), safe="/~") + "_planfolio/client.js"
    element = (
        f'<script type="module" src="{escape(source)}" '
        f'data-planfolio="{escape(json.dumps(told))}"></script>\n'
    ).encode()
    end = _END_OF_HEAD.search(html)
    place = end.start() if end else len(html)
    return html[:place] + element + html[place:]
