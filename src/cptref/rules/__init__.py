"""Medicare's rules as pure functions of model objects: no files, no database, nothing that cannot be pickled."""
