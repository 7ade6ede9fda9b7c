"""What kind of service a code is, where a rule turns on it and no CMS indicator tells."""

# Visits, in the sense of modifiers 24, 25 and 57: the evaluation and management codes, the general eye visits that
# NCCI treats alike (NCCI Policy Manual ch. I, D and ch. XI, L), and Medicare's own visit codes.
_VISITS = (("99202", "99499"), ("92002", "92014"), ("G0380", "G0384"))
_VISIT_CODES = {"G0402", "G0438", "G0439", "G0463", "G0101"}


def is_visit(code: str) -> bool:
    """Whether the code is an evaluation and management service."""
    return code in _VISIT_CODES or any(first <= code <= last for first, last in _VISITS)


def is_laboratory(code: str) -> bool:
    """Whether the code is in the pathology and laboratory section, or a laboratory code of another letter."""
    return "80047" <= code <= "89398" or code[-1] in "MU"


def is_anesthesia(code: str) -> bool:
    """Whether the code is an anesthesia service."""
    return "00100" <= code <= "01999" and code.isdigit()


def is_imaging(code: str) -> bool:
    """Whether the code is in the radiology section."""
    return "70010" <= code <= "79999" and code.isdigit()


def is_surgery(code: str) -> bool:
    """Whether the code is in the surgery section."""
    return "10004" <= code <= "69990" and code.isdigit()
