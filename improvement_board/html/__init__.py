"""The parts of pages that are plain HTML: built here, every text from outside escaped, drawn by `dashboard`."""
