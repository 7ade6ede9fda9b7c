"""Modifiers that change Medicare's payment and that these prices leave out: said, so that no amount passes for less.

Sources: IOM 100-04 ch. 5 §20.1 (CQ and CO), ch. 13 §20.2 (CT, FX and FY).
"""

from cptref.model.price import ServiceLine

_TOLD = {
    "CQ": "physical therapist assistant, paid at 85 %",
    "CO": "occupational therapy assistant, paid at 85 %",
    "CT": "scanner below the standard, technical part reduced by 15 %",
    "FX": "X-ray on film, technical part reduced by 20 %",
    "FY": "X-ray by computed radiography, technical part reduced",
}


def warnings(line: ServiceLine) -> list[str]:
    """What a modifier of the line would change of its amount."""
    return [f"{modifier}: {_TOLD[modifier]}; not in this amount" for modifier in line.modifiers if modifier in _TOLD]
