"""What any room may use: files, months, working days, progress, authorities, and where the shipped files stand."""
