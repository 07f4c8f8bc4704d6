"""The meeting of the team: whom it is about, one person at a time, what is decided, and the minutes."""
