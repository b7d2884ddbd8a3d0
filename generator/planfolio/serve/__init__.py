"""The live preview: the plan as a site in memory, rebuilt and shown as it is edited."""
