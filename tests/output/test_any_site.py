"""Whatever the old site and the new site are, exactly the new one remains."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planfolio.output.writer import WriteResult, write

Tree = Callable[[Path], Mapping[str, bytes]]

_paths = st.lists(st.sampled_from(["a", "b", "C", "é", "d.css"]), min_size=1, max_size=3).map(
    "/".join
)
_data = st.sampled_from([b"", b"1", b"2", b"12"])


def _possible(files: Mapping[str, bytes]) -> bool:
    return not any(path.startswith(f"{other}/") for path in files for other in files)


_sites = st.dictionaries(_paths, _data, max_size=6).filter(_possible)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("way")
@given(sites=st.lists(_sites, min_size=2, max_size=4))
def test_exactly_the_new_site_remains(tree: Tree, sites: list[dict[str, bytes]]) -> None:
    """After each of several builds; the counts add up to the site, and nothing lies beside it."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "public"
        before: dict[str, bytes] = {}
        for site in sites:
            written = write(site, output, protected=[])
            assert tree(output) == site
            assert [path.name for path in Path(name).iterdir()] == ["public"]
            assert written == _expected(before, site)
            before = site


def _expected(before: Mapping[str, bytes], site: Mapping[str, bytes]) -> WriteResult:
    added = site.keys() - before.keys()
    changed = {path for path in site.keys() & before.keys() if site[path] != before[path]}
    return WriteResult(
        added=len(added),
        changed=len(changed),
        unchanged=len(site) - len(added) - len(changed),
        removed=len(before.keys() - site.keys()),
        bytes=sum(len(site[path]) for path in added | changed),
    )
