"""Qt without patient data: threads, theme, locking, single instance, crash window."""
