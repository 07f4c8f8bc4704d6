"""Tests of what a plan is: its fields, checks, words and rules."""
