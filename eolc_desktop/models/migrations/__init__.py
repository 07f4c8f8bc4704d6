"""The changes of the tables from release to release, run by `eolc_desktop.models.migrate` and by nothing else."""

HEAD = 12
"""The newest version: the number of the last file in `versions`, kept in every store as its `user_version`."""
