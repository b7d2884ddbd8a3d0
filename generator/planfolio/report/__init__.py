"""Findings and numbers as text for a terminal, and as data for other programs."""
