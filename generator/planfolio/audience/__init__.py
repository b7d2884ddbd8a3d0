"""Narrow a plan to what an audience may see, and check that a site shows nothing else."""
