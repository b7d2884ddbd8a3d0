"""The analysis: from a plan to its numbers on a day that is passed in.

`analysis` computes them in order: `goals` (by their `days` and `measures`, with a `status` and
`reasons`), `steps`, `skills`, `capacity` (the `schedule` of steps), `roles` with
their gaps, and `money`. `history` has the dated values behind them. `hindsight` computes what was
known on another day, and `what_if` changes the plan.
"""
