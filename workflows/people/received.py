"""How support that a request brought is named in a review: the office that gave it, and of what kind it was."""

from functools import cache
from pathlib import Path

from workflows.languages import Frozen, Text
from workflows.people.requests import Kind
from workflows.people.roles import OFFICES, Office
from workflows.reference.reading import content

_FILE = Path(__file__).parents[1] / "data" / "reference" / "received.yaml"


class Provider(Frozen):
    """An office as an answer names it; `category` is the option that it surely is, "" where only the state can say."""

    name: Text
    category: str = ""


class _Received(Frozen):
    offices: dict[Office, Provider]
    kinds: dict[Kind, Text]


def provider(office: Office) -> Provider:
    """How an answer names an office."""
    return _received().offices[office]


def support_of(kind: Kind) -> Text | None:
    """What support a request of this kind was, in an answer's words; None where it was none in preparing a review."""
    return _received().kinds.get(kind)


@cache
def _received() -> _Received:
    """Raises ValueError where the file is not as its header says."""
    found = _Received.model_validate(content(_FILE))
    missing = [office for office in OFFICES if office not in found.offices]
    if missing:
        raise ValueError(f"{_FILE.name}: there is no name for {', '.join(missing)} under offices; add one.")
    return found
