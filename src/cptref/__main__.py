"""`python -m cptref` is the `cptref` command."""

from cptref.cli.app import main

if __name__ == "__main__":
    main()
