"""Samples of what is said of the glossary."""

from workflows.notices import Notice
from workflows.notices.glossary import GlossaryView, TermShown
from workflows.reference.terms import PARTS, terms


def of_the_glossary(typed: str) -> list[Notice]:
    """Every term as it is asked for, and pages of both parts."""
    every = [each for part in PARTS for each in terms(part)]
    return [
        *(TermShown(request=7, question=typed, term=each.id, entry=each.entry) for each in every),
        TermShown(request=7, question=typed, term="taken_out"),
        TermShown(request=7, question=typed, term="self_assessment", way="assess"),
        TermShown(request=7, question=typed, term="self_assessment", way="taken_out"),
        *(GlossaryView(part=part, page=page, asks=page == 0) for part in PARTS for page in (0, 1, 99)),
    ]
