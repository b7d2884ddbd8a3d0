"""The portfolio: what pages, plan.json and the terminal are made of.

Two lines of classes grow from module to module. A plan is looked up in `record`, listed in
`records`, looks ahead in `outlook`, and is whole in `portfolio`. A record is what is written in it
in `record`, what the plan says of it in `linked_record`, a step in `steps`, and in the end that of
its kind: `goal`, `skill`, `role`, `review`, `other_kinds`. `pages` says which pages there are, and
`export` is plan.json, by `plan_keys` and `plan_schema`.
"""
