"""The shapes in which people write what an act changes, and what each says afterwards.

In `written` the value that is replaced is between `‹` and `›`; all else has to stay. `said` is
plain YAML for the same keys: DAY is the day of the act, TEXT the note or the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from planfolio.edit import progress, states
from planfolio.edit.changes import Change
from planfolio.model.plan import Plan, Record

DAY = date(2026, 9, 30)

Act: TypeAlias = "Callable[[Record[Any], Plan, str], Sequence[Change]]"


@dataclass(frozen=True)
class Shape:
    """A way to write something, and what it says after an act on `name`."""

    act: str
    written: str
    said: str
    name: str = "talks"


def _on_goal(make: Callable[..., Sequence[Change]], **more: str | None) -> Act:
    return lambda record, _, text: make(
        record, on=DAY, **{key: text if value == "TEXT" else value for key, value in more.items()}
    )


ACTS: dict[str, Act] = {
    "log": lambda goal, plan, _: progress.log_value(goal, "6", plan=plan, on=DAY, note=None),
    "dated": lambda goal, plan, _: progress.log_value(
        goal, "6.50", plan=plan, on=DAY, note=None, day_typed=True
    ),
    "noted": lambda goal, plan, text: progress.log_value(goal, "6", plan=plan, on=DAY, note=text),
    "session": _on_goal(progress.log_session, note=None),
    "done": lambda record, _, __: states.finish(record, analysis=None, on=DAY),
    "drop": _on_goal(states.drop, why="TEXT"),
    "move": lambda record, _, text: states.move(record, "2027-02-01", on=DAY, why=text),
    "pause": _on_goal(states.pause, until=None, why="TEXT"),
    "rest": _on_goal(states.pause, until="2026-10", why="TEXT"),
    "resume": _on_goal(states.resume),
}

_NOTED = "{date: DAY, value: 6, note: TEXT}"
_OLD = "{date: 2026-08-01, value: 3}"
_NEW = "{date: DAY, value: 6}"
_MOVED = "{date: DAY, from: 2026-12-01, to: 2027-02-01, reason: TEXT}"
_GONE = "{date: DAY, reason: TEXT}"
_COLD = "{from: 2026-01, to: 2026-02}"
_REST = "{from: DAY, reason: TEXT}"


def _history(written: str, *, before: str = _OLD, act: str = "log", new: str = _NEW) -> Shape:
    """Return the shape of a history, which is last in a metric in lines."""
    said = f"metric: {{target: 12, history: [{before + ', ' if before else ''}{new}]}}"
    return Shape(act, f"metric:\n  target: 12\n{written}", said)


_GOALS: dict[str, dict[str, str]] = {
    "log": {
        "metric: ‹5›/12 talks": "metric: 6/12 talks",
        "metric: ‹5› / 12 talks, and more # now": "metric: 6 / 12 talks, and more",
        "metric: '‹5›/12 people''s talks'   # now": "metric: 6/12 people's talks",
        'metric: "‹-5.0›/12 \\"talks\\""': 'metric: 6/12 "talks"',
        "metric: {current: ‹5›, target: 12}  # now": "metric: {current: 6, target: 12}",
        "metric: {target: 12, current: '‹5›'}": "metric: {target: 12, current: 6}",
        "metric:   # all of them\n  target: 12\n  # now\n  current:   ‹5› # five\n  unit: a, b": (
            "metric: {target: 12, current: 6, unit: 'a, b'}"
        ),
        "metric:\n  target: 12\n  unit: talks  # each": (
            f"metric: {{target: 12, unit: talks, history: [{_NEW}]}}"
        ),
        "metric: {target: 12}": f"metric: {{target: 12, history: [{_NEW}]}}",
    },
    "dated": {
        "metric: ‹5/12›": "metric: {current: 6.50, target: 12, as_of: DAY}",
        "metric: {target: 12, current: ‹5›, as_of: , unit: '# }'}": (
            "metric: {target: 12, current: 6.50, as_of: DAY, unit: '# }'}"
        ),
        "metric: {\n  target: 12,  # of\n  current: ‹5›,  # now\n  }": (
            "metric: {target: 12, current: 6.50, as_of: DAY}"
        ),
    },
    "noted": {
        "metric: ‹'5/12 talks'›  # now": (
            f"metric: {{current: 6, target: 12, unit: talks, as_of: DAY, history: [{_NOTED}]}}"
        ),
        "metric:\n    current: ‹5›  # now\n    target: 12": (
            f"metric: {{current: 6, as_of: DAY, target: 12, history: [{_NOTED}]}}"
        ),
        "metric: {target: 12, current: 5, as_of: 2026-08-01}": (
            f"metric: {{target: 12, current: 5, as_of: 2026-08-01, history: [{_NOTED}]}}"
        ),
    },
    "session": {
        "cadence: 3/week  # often": "cadence: 3/week\nlog: [DAY]",
        "cadence: 3/week\nlog:   # none": "cadence: 3/week\nlog: [DAY]",
        "log: 2026-09-28  # one\ncadence: 3/week": "log: [2026-09-28, DAY]\ncadence: 3/week",
        "cadence: 3/week\nlog: '2026-09-28'": "cadence: 3/week\nlog: [2026-09-28, DAY]",
        "cadence: day\nlog: [2026-09-28, '2026-09-29']": (
            "cadence: day\nlog: [2026-09-28, 2026-09-29, DAY]"
        ),
        "cadence: day\nlog: [2026-09-28,\n  2026-09-29,  # late\n  ]  # all": (
            "cadence: day\nlog: [2026-09-28, 2026-09-29, DAY]"
        ),
        "cadence: day\nlog:\n- 2026-09-28  # one\n-": "cadence: day\nlog: [2026-09-28, '', DAY]",
        "cadence: day\nlog:\n     - {date: 2026-09-28, times: 2}": (
            "cadence: day\nlog: [{date: 2026-09-28, times: 2}, DAY]"
        ),
        "cadence: week\nlog: {date: 2026-W38, times: 2}": (
            "cadence: week\nlog: [{date: 2026-W38, times: 2}, DAY]"
        ),
        "cadence: 3/week\nlog: {2026-W39: 2, 2026-W40: ‹1›} # w": (
            "cadence: 3/week\nlog: {2026-W39: 2, 2026-W40: 2}"
        ),
        "cadence: 3/week\nlog:\n  2026-W40: # one\n  2026-W39: 2\n": (
            "cadence: 3/week\nlog: {2026-W40: 2, 2026-W39: 2}"
        ),
        "cadence: 3/week\nlog:  # weeks\n   2026-W39: 2  # two": (
            "cadence: 3/week\nlog: {2026-W39: 2, 2026-W40: 1}"
        ),
        "cadence: month\nlog: {}": "cadence: month\nlog: {2026-09: 1}",
        "cadence: quarter\nlog: {2026-Q2: 1,\n  2026-Q1: 1}": (
            "cadence: quarter\nlog: {2026-Q2: 1, 2026-Q1: 1, 2026-Q3: 1}"
        ),
        "cadence: month\nlog: {2026-08-03: 1}": "cadence: month\nlog: {2026-08-03: 1, DAY: 1}",
    },
    "done": {
        "due: 2026-12-01  # last": "due: 2026-12-01\ndone: DAY",
        "status: ‹active›  # still": "status: done\ndone: DAY",
        "status: '‹paused›'\ndone:   # not yet": "status: done\ndone: DAY",
        "status: # none\ndone: ‹null›": "status: ''\ndone: DAY",
    },
    "drop": {
        "due: 2026-12-01": f"due: 2026-12-01\ndropped: {_GONE}",
        "dropped:   # no\nstatus: ‹active›": f"dropped: {_GONE}\nstatus: dropped",
    },
    "move": {
        "due: ‹2026-12-01›  # last": f"due: 2027-02-01\nreplans: [{_MOVED}]",
        'due: "‹2026-12-01›"\nreplans: []': f"due: 2027-02-01\nreplans: [{_MOVED}]",
        "when: ‹2026-09..2026-12-01›  # both\nreplans:\n  - {date: 2026-08-01, to: 2026-12-01}": (
            f"when: 2026-09..2027-02-01\nreplans: [{{date: 2026-08-01, to: 2026-12-01}}, {_MOVED}]"
        ),
        "start: 2026-09-01\nhorizon: 91d": (
            f"start: 2026-09-01\nhorizon: 91d\ndue: 2027-02-01\nreplans: [{_MOVED}]"
        ),
        "x_none: 1": (
            "x_none: 1\ndue: 2027-02-01\nreplans: [{date: DAY, to: 2027-02-01, reason: TEXT}]"
        ),
    },
    "pause": {
        "due: 2026-12-01": f"due: 2026-12-01\nstatus: paused\npaused: [{_REST}]",
        "status: ‹active› # now\npaused: []": f"status: paused\npaused: [{_REST}]",
        "paused: {from: 2026-01, to: 2026-02} # once": (
            f"paused: [{{from: 2026-01, to: 2026-02}}, {_REST}]\nstatus: paused"
        ),
    },
    "rest": {
        "paused:\n- from: 2026-01\n  to: 2026-02": (
            "paused: [{from: 2026-01, to: 2026-02}, {from: DAY, to: 2026-10, reason: TEXT}]"
        )
    },
    "resume": {
        "status: ‹paused›": "status: active",
        "paused: 2026-09-01  # tired": "paused: {from: 2026-09-01, to: 2026-09-29}",
        "paused: ['2026-09-01']\nstatus: ‹paused›": (
            "paused: [{from: 2026-09-01, to: 2026-09-29}]\nstatus: active"
        ),
        "cost: 3 EUR‹\npaused: 2026-09-30  # tired›": "paused: GONE",
        "# rest‹\npaused: {from: 2026-09-30, to: 2026-10}›\n# below": "paused: GONE",
        "# rest‹\npaused:\n  - from: 2026-09-30\n    # why\n    reason: x›\nstatus: ‹paused›": (
            "status: active\npaused: GONE"
        ),
        f"paused:\n  - {_COLD}  # first‹\n  - from: 2026-09-30\n    reason: x›": (
            f"paused: [{_COLD}]"
        ),
        f"paused:\n  # now‹\n  - {{from: 2026-09-30, to: 2026-10}}›\n  - {_COLD}": (
            f"paused: [{_COLD}]"
        ),
        f"paused: [{_COLD}‹, 2026-09-30›]  # all": f"paused: [{_COLD}]",
        f"paused: [‹2026-09-30, ›{_COLD}]": f"paused: [{_COLD}]",
        "paused:\n  - 2026-09-01": "paused: [{from: 2026-09-01, to: 2026-09-29}]",
        "paused: {from: 2026-09-01, reason: 'a, b'}": (
            "paused: {from: 2026-09-01, reason: 'a, b', to: 2026-09-29}"
        ),
        "paused:\n  - {from: 2026-01, to: 2026-02}\n"
        "  - from: 2026-09  # tired\n    to: ‹2026-10›\n    reason: x": (
            "paused: [{from: 2026-01, to: 2026-02}, {from: 2026-09, to: 2026-09-29, reason: x}]"
        ),
    },
}
"""By act and by what is written: what a goal says afterwards."""

_MILESTONES: dict[str, dict[str, str]] = {
    "done": {
        "milestones: {Draft: 2026-12-01, Final: }": (
            "{Draft: {due: 2026-12-01, done: DAY}, Final: ''}"
        ),
        "milestones:\n  Draft: '2026-12-01'  # first\n  Final:": (
            "{Draft: {due: 2026-12-01, done: DAY}, Final: ''}"
        ),
        "milestones:\n  Draft:   # first\n  Final: 2026-12": "{Draft: {done: DAY}, Final: 2026-12}",
        "milestones:\n  Draft: {due: 2026-12-01}  # first": "{Draft: {due: 2026-12-01, done: DAY}}",
        "milestones:\n  Draft:  # first\n    due: 2026-12-01\n    # soon\n  Final:": (
            "{Draft: {due: 2026-12-01, done: DAY}, Final: ''}"
        ),
        "milestones: Draft": "[{title: Draft, done: DAY}]",
        "milestones: [Final, Draft]": "[Final, {title: Draft, done: DAY}]",
        "milestones:\n  - Draft  # first\n  - Final": "[{title: Draft, done: DAY}, Final]",
        "milestones:\n- {title: Draft}\n- title: Final": (
            "[{title: Draft, done: DAY}, {title: Final}]"
        ),
        "milestones:\n  -  title: Draft\n     done:\n  - Final": (
            "[{title: Draft, done: DAY}, Final]"
        ),
    },
    "drop": {
        "milestones:\n  - id: draft\n    title: A # B\n  - Final": (
            f"[{{id: draft, title: A, dropped: {_GONE}}}, Final]"
        )
    },
    "move": {
        "milestones:\n  Draft: ‹2026-12-01›  # first": (
            f"{{Draft: {{due: 2027-02-01, replans: [{_MOVED}]}}}}"
        ),
        "milestones: {Draft: {due: ‹2026-12-01›}}": (
            f"{{Draft: {{due: 2027-02-01, replans: [{_MOVED}]}}}}"
        ),
        "milestones:\n  - title: Draft\n    due: ‹2026-12-01›\n    effort: 3h": (
            f"[{{title: Draft, due: 2027-02-01, replans: [{_MOVED}], effort: 3h}}]"
        ),
    },
}
"""The same for the milestone `draft`, as what `milestones` says."""

_HISTORIES = [
    _history("  history:", before=""),
    _history("  history:   # none yet", before=""),
    _history("  history: ‹~›  # none yet", before=""),
    _history("  history: []", before=""),
    _history("  history: [ ]  # none", before=""),
    _history("  history: [  # none\n  ]", before=""),
    _history(f"  history: [{_OLD}]  # one"),
    _history(f"  history: [ {_OLD}, ]"),
    _history(f"  history: {_OLD} # one"),
    _history(f"  history:\n    {_OLD}  # one", act="noted", new=_NOTED),
    _history(f"  history: [\n    {_OLD},  # one\n    # more\n  ]"),
    _history(f"  history: [\n    {_OLD}  # one, and\n  ]", act="noted", new=_NOTED),
    _history(f"  history: [\n    {_OLD}\n    ,\n  ]"),
    _history(f"  history: [\n    {_OLD}]"),
    _history(
        f"  history: [{_OLD},\n    {_OLD.replace('3', '4')}]",
        before=f"{_OLD}, {_OLD.replace('3', '4')}",
    ),
    _history(f"  history:\n  - {_OLD}  # one\n  # more"),
    _history(f"  history:   # all\n      -   {_OLD}\n\n      # more\n", act="noted", new=_NOTED),
    _history(
        "  history:\n    - date: 2026-08-01  # one\n      value: 3\n\n", act="noted", new=_NOTED
    ),
    _history(
        "  history:\n  -   value: 3\n      date: 2026-08-01", before="{value: 3, date: 2026-08-01}"
    ),
    _history("  history:\n    -\n      date: 2026-08-01\n      value: 3"),
    _history("  history:\n    date: 2026-08-01  # one\n\n    value: 3  # of\n  # end"),
    _history(
        "  history:\n    - {date: 2026-08-01, value: 3,\n       note: 'of\n       two lines'}",
        before="{date: 2026-08-01, value: 3, note: of two lines}",
    ),
    _history(
        "  history:\n    - date: 2026-08-01\n      value: 3\n"
        "      note: |\n        of # two\n        lines\n\n",
        before='{date: 2026-08-01, value: 3, note: "of # two\\nlines\\n"}',
    ),
]

SHAPES = [
    *_HISTORIES,
    *(Shape(act, *shape) for act, shapes in _GOALS.items() for shape in shapes.items()),
    *(
        Shape(act, written, f"milestones: {said}", "talks/draft")
        for act, shapes in _MILESTONES.items()
        for written, said in shapes.items()
    ),
]
