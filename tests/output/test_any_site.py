"""Whatever the old site, the new site and the owner's files are: exactly new and theirs remain."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planfolio.output import WriteResult, write
from planfolio.output.exchange import Exchange
from planfolio.output.sitepath import check_site_paths

Tree = Callable[[Path], Mapping[str, bytes]]

_paths = st.lists(st.sampled_from(["a", "b", "C", "é", "d.css"]), min_size=1, max_size=3).map(
    "/".join
)
_data = st.sampled_from([b"", b"1", b"2", b"12"])


def _possible(files: Mapping[str, bytes]) -> bool:
    try:
        check_site_paths(files)
    except ValueError:
        return False
    return True


_sites = st.dictionaries(_paths, _data, max_size=6).filter(_possible)
# Names that no site has; they may lie in folders that a site has, or had.
_foreign = st.dictionaries(
    st.tuples(st.sampled_from(["", "a/", "a/b/", "x/", "x/y/"]), st.sampled_from(["1", "2"])).map(
        "".join
    ),
    _data,
    max_size=4,
)


@settings(
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sites=st.lists(_sites, min_size=2, max_size=4), foreign=_foreign)
def test_exactly_the_new_site_and_the_files_of_others_remain(
    tree: Tree, exchange: Exchange, sites: list[dict[str, bytes]], foreign: dict[str, bytes]
) -> None:
    """After each of several builds; the counts add up to the site, and nothing lies beside it."""
    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "public"
        kept: dict[str, bytes] = {}
        before: dict[str, bytes] = {}
        for number, site in enumerate(sites):
            if any(theirs.startswith(f"{path}/") for theirs in kept for path in site):
                continue  # a page in the place of a folder of theirs: refused, as tested elsewhere
            written = write(site, output, protected=[], exchange=exchange)
            assert tree(output) == site | kept
            assert [path.name for path in Path(name).iterdir()] == ["public"]
            assert written == _expected(before, site)
            before = site
            if number == 0:
                kept = _put(foreign, site=site, output=output)


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


def _put(
    foreign: Mapping[str, bytes], *, site: Mapping[str, bytes], output: Path
) -> dict[str, bytes]:
    """Write the files of others where no page is in the way."""
    kept = {}
    for path, data in foreign.items():
        if not any(path.startswith(f"{page}/") for page in site):
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_bytes(data)
            kept[path] = data
    return kept
