"""Codes that a note names: of diagnoses, by ICD-10-CM, and of procedures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cptref.notes.layout import Statement

# With its dot a diagnosis code is like nothing else. Without it, it may be a vertebra (T12), a vitamin (B12) or a HCPCS
# code (J3301): only what stands under a heading of diagnoses, behind `ICD` or in brackets is taken for one.
_DOTTED = re.compile(r"\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b|\bU\d\d\.[0-9A-Z]{1,4}\b")
_PLAIN = r"[A-Z]\d[0-9A-Z](?:[0-9A-Z]{1,4})?"
_BRACKETED = re.compile(rf"[(\[]\s*({_PLAIN}(?:\s*[,;]\s*{_PLAIN})*)\s*[)\]]")
_BEHIND = re.compile(rf"\bICD(?:-?10)?(?:-?CM)?(?: codes?)?\s*:?\s*({_PLAIN})\b", re.IGNORECASE)
_LISTED = re.compile(rf"(?:^|[,;:]\s*|[-\u2013]\s+)({_PLAIN})(?=\s*(?:$|[,;:)]|[-\u2013]\s))")
_PROCEDURE = re.compile(r"\b(?:\d{4}[0-9FTU]|[A-CEGHJ-MP-V]\d{4})(?:-[0-9A-Z]{2})*\b")
_NAMED = re.compile(r"\b(?:CPT|HCPCS)\b", re.IGNORECASE)


def diagnosis_codes(statement: Statement) -> Iterator[str]:
    """What is written as a diagnosis code, as it is written and in its order; whether it is one, the file tells."""
    text = statement.text
    found = {each.start(): each[0] for each in _DOTTED.finditer(text)}
    patterns = [_BRACKETED, _BEHIND, *([_LISTED] if statement.section == "diagnosis" else [])]
    for pattern in patterns:
        for each in pattern.finditer(text):
            for code in re.finditer(_PLAIN, each[1]):
                begins = each.start(1) + code.start()
                if not any(start <= begins < start + len(known) for start, known in found.items()):
                    found[begins] = code[0]
    yield from dict.fromkeys(found[start] for start in sorted(found))


def procedure_codes(statement: Statement) -> list[str]:
    """What is written as a procedure code: under a heading of procedures, or behind the word CPT or HCPCS."""
    if statement.section != "procedure" and not _NAMED.search(statement.text):
        return []
    return list(dict.fromkeys(_PROCEDURE.findall(statement.text)))
