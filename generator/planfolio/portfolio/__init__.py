"""The portfolio: what pages, plan.json and the terminal are made of."""
