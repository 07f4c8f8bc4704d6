"""EoLC Desktop: personalised end-of-life care plans, kept safe on a laptop and printed for the family."""

__version__ = "0.1.0"
