"""The only writer and reader of the tables: the journal, current values, search, drafts, audit."""
