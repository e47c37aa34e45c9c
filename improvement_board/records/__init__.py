"""Record-level tables: their files, types, templates and ids. Only building and tests read them."""
