"""The country offices of the International Organization for Migration, from which people may attend a session."""

from functools import cache
from pathlib import Path

from workflows.languages import Frozen, Text
from workflows.reference.reading import content

_FILE = Path(__file__).parents[1] / "data" / "reference" / "offices.yaml"


class Office(Frozen):
    """What is known of a state's office: the city where there is one; `confirmed` once the office has said so."""

    code: str
    city: Text | None = None
    confirmed: bool = False
    note: str = ""


@cache
def offices() -> dict[str, Office]:
    """An entry for each state by its code. Raises ValueError where the file is not as its header says."""
    rows = [Office.model_validate(row) for row in content(_FILE)]
    found = {office.code: office for office in rows}
    if len(found) != len(rows):
        raise ValueError(f"{_FILE.name}: a state stands there twice; leave one entry for each.")
    return found


def office_city(country: str) -> Text | None:
    """Where a state's office is; None where there is none, or none is certain."""
    office = offices().get(country)
    return office.city if office else None
