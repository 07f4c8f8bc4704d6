"""What other systems act on, made from a plan, and what they changed there, read back as a question to a person."""
