"""Tests of `planfolio schema`: what it describes is what the program reads and writes."""

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.cli.conftest import Run

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind
from planfolio.pipeline import Today, build

NAMES = [*(kind.name for kind in KINDS), "site", "plan"]


def breaches(value: Any, schema: Any) -> list[str]:
    """Return what of a value is against a schema."""
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


def as_editors_see(value: Any) -> Any:
    """Return what YAML made of front matter as JSON has it: days as text, keys as text."""
    match value:
        case datetime.date():
            return value.isoformat()
        case dict():
            return {str(as_editors_see(k)): as_editors_see(v) for k, v in value.items()}
        case list():
            return [as_editors_see(item) for item in value]
        case _:
            return value


def front_matter(file: Path) -> Any:
    """Return the front matter of a file as an editor's YAML reader takes it."""
    _, text, _ = file.read_text("utf-8").split("---\n", 2)
    return as_editors_see(yaml.safe_load(text))


def schema(run: Run, name: str) -> Any:
    """Return a schema as the program prints it."""
    return json.loads(run("schema", name).stdout)


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_one(run: Run, name: str) -> None:
    """Each is a valid schema of its dialect, and describes an object."""
    printed = schema(run, name)
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["type"] == "object"
    assert printed["properties"]
    refs = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(printed)))
    assert refs <= set(printed.get("$defs", {}))


def test_without_a_name_all_are_printed(run: Run) -> None:
    """The whole is an object of all schemas by name; an unknown name is refused with these."""
    assert list(json.loads(run("schema").stdout)) == NAMES
    unknown = run("schema", "goat")
    assert unknown.exit_code == 2
    assert ", ".join(NAMES) in " ".join(unknown.stderr.split())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_records_of_the_example_are_valid(run: Run, example: Path, kind: Kind) -> None:
    """An editor that has the schema finds nothing wrong with what the program reads."""
    place = f"{kind.name}.md" if kind.singleton else f"{kind.folder}/*.md"
    files = sorted((example / "content").glob(place))
    assert files
    printed = schema(run, kind.name)
    for file in files:
        assert breaches(front_matter(file), printed) == []


@pytest.mark.parametrize(
    "front",
    [
        *("title: A\ndue: soon\n", "title: A\ntitel: B\n", "due: 2026-09-30\n"),
        *("title: A\nstatus: finished\n", "title: A\nmetric: {unit: talks}\n"),
        *("title: A\nconfidence: 11\n", "title: A\nmilestones: [{due: 2026-09-30}]\n"),
        *("title: A\npaused: [{to: 2026-09-30}]\n", "title: A\ndropped: {reason: no}\n"),
        *("title: A\ncadence: {every: week, share: 0.8}\n", "title: A\ncadence: {times: 3}\n"),
        "title: A\nmilestones: {First: {dropped: [2026-09-30]}}\n",
    ],
)
def test_what_the_program_refuses_is_not_valid(run: Run, front: str) -> None:
    """A bad date, an unknown key, a missing title and a wrong word are seen by an editor too."""
    printed = schema(run, "goal")
    assert breaches(as_editors_see(yaml.safe_load(front)), printed) != []


@pytest.mark.parametrize(
    "front",
    [
        "title: 2026\ndue:\nraises: kubernetes\nmetric: 5/12 talks\nwhen: 2026-Q3\n",
        "title: A\nraises: [kubernetes]\ncadence: 3/week\nmilestones: {First: 2026-Q3}\n",
        "title: A\nraises: {kubernetes: 3}\ncadence: {every: week, times: 3}\nx_mine: 1\n",
        "title: A\nmilestones: [First, {title: Second, due: 2026-09-30}]\nlog: {2026-W34: 3}\n",
        "title: A\nafter: b\neffort: 40\ndue: 2026\nlog: [2026-01-03]\nsmart: {except: [T]}\n",
        "title: A\ncadence: {every: 2 weeks, share: 80%}\npaused: 2026-09-30\ndropped: 2026-09\n",
        "title: A\ncadence: weekdays\npaused: [{from: 2026-09-01, to: 2026-W40, reason: Ill}]\n",
        "title: A\ncadence: {every: month, share: 90}\ndropped: {date: 2026, reason: Enough}\n",
        "title: A\nmilestones: {First: {dropped: 2026-09-30, replans: {date: 2026, to: 2027}}}\n",
    ],
)
def test_short_forms_are_valid(run: Run, front: str) -> None:
    """What may be written shorter is valid in its short form, and an empty value is as absent."""
    printed = schema(run, "goal")
    assert breaches(as_editors_see(yaml.safe_load(front)), printed) == []


@pytest.mark.parametrize("audience", ["public", "private"])
def test_plan_json_is_as_its_schema_says(
    run: Run, example: Path, today: Today, audience: str
) -> None:
    """The export of the example is valid, and no key of it is unknown to the schema."""
    from planfolio.model.visibility import Visibility

    made = build(example, today=today, audience=Visibility[audience.upper()])
    assert made.files is not None
    export = json.loads(made.files["plan.json"])
    printed = schema(run, "plan")
    assert breaches(export, printed) == []
    assert set(export) == set(printed["properties"]) == set(printed["required"])


def test_the_settings_of_the_example_are_valid(run: Run, example: Path) -> None:
    """site.toml is described with its tables."""
    import tomllib

    settings = tomllib.loads((example / "site.toml").read_text("utf-8"))
    printed = schema(run, "site")
    assert breaches(as_editors_see(settings), printed) == []
