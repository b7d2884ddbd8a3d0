"""The rules: what is found about a plan and its numbers, and why it matters."""
