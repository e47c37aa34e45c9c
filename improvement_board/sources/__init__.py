"""Sources: one adapter a format, each turning the files a council already makes into record-level tables."""
