"""What a council and the program declare in text files: home, plan, events, KPIs, tables, checks; each read one way."""
