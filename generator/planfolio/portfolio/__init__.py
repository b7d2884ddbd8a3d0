"""The portfolio: what pages, plan.json and the terminal are made of.

Two classes grow from module to module, each extended by the next:

    record.PlanView, records.PortfolioRecords, outlook.PortfolioOutlook, portfolio.Portfolio
    record.PortfolioRecord, linked_record.LinkedRecord, steps.PortfolioStep, goal.PortfolioGoal

The other kinds are in `skill`, `role`, `review` and `other_kinds`; what they share is in `facts`,
`findings` and `levels`. `pages` says which pages there are, and `export` is plan.json, by
`plan_keys` and `plan_schema`.
"""
