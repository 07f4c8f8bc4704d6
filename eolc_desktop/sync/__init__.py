"""The exchange with the shared record: what is sent, received, merged and asked about."""
