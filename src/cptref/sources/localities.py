"""How CMS's files write a payment locality: the key is the MAC with the locality's number, which others share."""

import re


def locality_key(mac: str, locality: str) -> tuple[str, str]:
    """MAC and locality number with the zeros that some files drop: `2102`, `1` are 02102, 01. ValueError for others."""
    if not re.fullmatch(r"\d{4,5}", mac) or not re.fullmatch(r"\d{1,2}", locality):
        raise ValueError(f"{mac} {locality}")
    return mac.zfill(5), locality.zfill(2)


def place_name(text: str) -> str:
    """A locality's name without the marks of its footnotes."""
    return text.rstrip("* ").strip()
