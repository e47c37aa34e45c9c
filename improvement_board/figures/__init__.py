"""Series, comparators, formats and CSV: the figures that pages, downloads and commands show."""
