"""Views about the safety of the record: whether it can be trusted, whether it is whole, backups, who has looked."""
