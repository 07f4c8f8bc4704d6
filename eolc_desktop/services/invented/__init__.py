"""Invented people for the demonstration, the benchmarks and the tests: one seeded generator, and three told stories."""
