"""The analysis: from a plan to its numbers on a day that is passed in."""
