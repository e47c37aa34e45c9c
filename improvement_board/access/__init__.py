"""Who may see what: sign-in, roles, and the record of who looked at what."""
