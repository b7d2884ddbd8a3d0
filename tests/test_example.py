"""Tests of the example plan in content/. They are skipped where content/ holds another plan."""

from pathlib import Path

import pytest
from tests.cli.test_schema import breaches, front_matter

from planfolio import bundled
from planfolio.init.scaffold import example_files
from planfolio.model.diagnostics import Severity
from planfolio.model.json_schema import json_schema
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.table import field_types, fields_set
from planfolio.pipeline import CheckResult, Today, check

ROOT = Path(__file__).parents[1]


def holds_the_example() -> bool:
    """Tell whether content/ and site.toml are those of the fictional person of the example."""
    files = (ROOT / "content/profile.md", ROOT / "site.toml")
    return all(f.is_file() and "Hedvika Blažková" in f.read_text("utf-8") for f in files)


pytestmark = pytest.mark.skipif(
    not holds_the_example(), reason="content/ holds another plan than the example"
)


@pytest.fixture(scope="module")
def checked(today: Today) -> CheckResult:
    """The example as it is checked at the root of the repository."""
    return check(ROOT, today=today)


def test_a_check_shows_a_few_honest_findings(checked: CheckResult) -> None:
    """A newcomer sees how findings look, and no error."""
    assert checked.errors == ()
    severities = {finding.severity for finding in checked.diagnostics}
    assert severities == {Severity.WARNING, Severity.INFO}
    assert 5 <= len(checked.diagnostics) <= 10


def test_every_kind_is_used(checked: CheckResult) -> None:
    """The example has a record of each kind."""
    used = {record.kind.name for record in checked.plan.records.values() if not record.implied}
    assert used == {kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_used(kind: Kind, checked: CheckResult) -> None:
    """Whoever looks for how a field is written finds it in the example."""
    records = [r for r in checked.plan.records.values() if r.kind is kind]
    used = {name for record in records for name in fields_set(record.fields)}
    unused = set(field_types(kind.fields)) - set(field_types(Fields)) - used
    assert unused == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_editor_finds_nothing_wrong(kind: Kind) -> None:
    """Each record with a file of its own is valid by the JSON Schema of its kind."""
    files = sorted((ROOT / "content").glob(f"{kind.folder}/*.md"))
    assert files or kind.singleton
    for file in files:
        assert breaches(front_matter(file), json_schema(kind.fields)) == []


def test_its_budget_has_all_that_a_budget_can_say(checked: CheckResult) -> None:
    """In two currencies something is planned and set aside; something is spent already."""
    assert checked.analysis is not None
    budget = checked.analysis.budget
    assert budget is not None
    assert [bool(s.planned and s.set_aside) for s in budget.sums] == [True, True]
    assert any(s.spent for s in budget.sums)


def test_it_stands_still_on_a_day(checked: CheckResult) -> None:
    """Its numbers stay as the documentation shows them, whatever day it is."""
    assert checked.plan.settings.plan.as_of is not None


def test_init_copies_it() -> None:
    """`planfolio init --example` writes the files of content/ and site.toml."""
    files = example_files(bundled.content(), bundled.example_site())
    assert files["site.toml"] == (ROOT / "site.toml").read_bytes()
    assert files["content/profile.md"] == (ROOT / "content/profile.md").read_bytes()
    assert len(files) > 20
