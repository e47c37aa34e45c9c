"""The command line: `improvement-board` and its commands."""
