"""The embedded SQLite store: schema and queries as SQL, rows in, model objects out. `sqlite3` lives here only."""
