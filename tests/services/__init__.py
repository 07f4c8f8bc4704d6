"""Tests of what a user does, on a real encrypted store."""
