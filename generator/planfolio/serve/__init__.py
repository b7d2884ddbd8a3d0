"""The live preview: builds the plan in memory, serves it, and shows every edit as it is saved."""
