"""The parts every page is made of: words that are never cut off, form rows, bars, questions, tags."""
