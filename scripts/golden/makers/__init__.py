"""Makers of golden arrays: each runs a real framework and writes what docs/golden-format.md asks."""
