"""What kind of service a code is, where a rule turns on it and no CMS indicator tells."""

# Evaluation and management, telehealth visits, the general eye visits that NCCI treats alike (NCCI Policy Manual
# ch. XI, G and U), and Medicare's own visit codes.
_VISITS = (
    ("99202", "99499"), ("98000", "98016"), ("92002", "92014"), ("G0245", "G0246"), ("G0380", "G0384"),
    ("G0406", "G0408"), ("G0425", "G0427"), ("G0438", "G0439"), ("G0508", "G0509"),
)  # fmt: skip
# With the codes that are added to a visit for its length or kind.
_VISIT_CODES = {"G0175", "G0316", "G0317", "G0318", "G0402", "G0463", "G2211", "G2212"}
# Laboratory tests among the HCPCS Level II codes.
_LABORATORY = (
    ("80047", "89398"), ("G0123", "G0124"), ("G0141", "G0148"), ("G0306", "G0307"), ("G0327", "G0328"),
    ("G0432", "G0433"), ("G0475", "G0476"), ("G0480", "G0483"), ("P2028", "P2038"), ("P3000", "P3001"),
    ("Q0111", "Q0115"), ("U0001", "U0005"),
)  # fmt: skip
_LABORATORY_CODES = {"G0027", "G0103", "G0435", "G0472", "G0499", "G0659", "P7001"}


def within(code: str, *ranges: tuple[str, str]) -> bool:
    """Whether a code is in one of the ranges, ends included. A range holds no codes of another kind (0441T)."""
    if not code[4].isdigit():
        return False
    return any(first <= code <= last and first[0].isdigit() == code[0].isdigit() for first, last in ranges)


def is_visit(code: str) -> bool:
    """Whether the code is an evaluation and management service."""
    return code in _VISIT_CODES or within(code, *_VISITS)


def is_laboratory(code: str) -> bool:
    """Whether the code is a pathology or laboratory service."""
    return code in _LABORATORY_CODES or code[4] in "MU" or within(code, *_LABORATORY)


def is_anesthesia(code: str) -> bool:
    """Whether the code is an anesthesia service."""
    return within(code, ("00100", "01999"))


def is_imaging(code: str) -> bool:
    """Whether the code is in the radiology section."""
    return within(code, ("70010", "79999"))


def is_surgery(code: str) -> bool:
    """Whether the code is in the surgery section."""
    return within(code, ("10004", "69990"))


def is_therapy(code: str) -> bool:
    """Whether the code is an evaluation or treatment of physical, occupational or speech therapy."""
    return within(
        code, ("92507", "92508"), ("92521", "92526"), ("97010", "97168"), ("97530", "97546"), ("97750", "97763")
    )


def is_drug(code: str) -> bool:
    """Whether the code is a drug, a biological, a radiopharmaceutical or an immune globulin."""
    return within(
        code,
        ("90281", "90399"), ("A9500", "A9800"), ("C9000", "C9999"), ("J0000", "J9999"), ("Q0138", "Q0181"),
        ("Q2000", "Q9999"),
    )  # fmt: skip


def is_transport(code: str) -> bool:
    """Whether the code is an ambulance service."""
    return within(code, ("A0021", "A0999"))


def is_supply(code: str) -> bool:
    """Whether the code is an item rather than a service."""
    return is_drug(code) or within(
        code, ("A4000", "A9999"), ("B0000", "B9999"), ("E0000", "E9999"), ("K0000", "L9999"), ("V0000", "V9999")
    )
