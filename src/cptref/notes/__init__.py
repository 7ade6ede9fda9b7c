"""Notes and operative reports: their sections and statements, what was done, what was not, and where.

Pure: text and the words of notes.toml in, records out.
"""
