"""One file for each version of the tables, `v0001` and on; a file that was released is never changed."""
