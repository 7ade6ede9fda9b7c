"""The rules of `check`: a claim and a rule book in, findings out. No files, no database; all of it can be pickled."""
