"""The printed documents, made in memory from a frozen snapshot of the plan."""
