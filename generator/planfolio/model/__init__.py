"""What a plan is: its values, kinds, records, settings and diagnostics."""
