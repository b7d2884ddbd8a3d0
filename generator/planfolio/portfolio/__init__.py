"""The portfolio: what pages, plan.json and the terminal are made of.

`portfolio.Portfolio` is the plan, with all names that a template reads of it; it extends
`record.PlanView`, which is what records know of each other. Its longer lists are functions of
`role_lists`, `section_lists`, `outlook`, `events`, `agenda`, `browsing` and `calendar`.

A record has a class of its own where it has more than its fields and numbers, in `goal`, `steps`,
`skill`, `role`, `review` or `other_kinds`. These extend `linked_record.LinkedRecord`, and that
`record.PortfolioRecord`. `pages` says which pages there are.

`export` is plan.json, which plan.schema.json describes key by key.
"""
