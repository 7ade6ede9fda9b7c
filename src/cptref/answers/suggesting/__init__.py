"""How `suggest` finds codes: parts of a note, questions to the search, matches, modifiers, drugs, diagnoses."""
