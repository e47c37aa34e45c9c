"""Excel workbooks of any source: looked through before they are opened, then read row by row."""
