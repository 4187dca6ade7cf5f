"""Support that was received through requests, as entries where the review asks who provided it (question 1h).

Whoever asked has it, and what a departed colleague asked is the focal points'.
"""

from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.reminders.ladder import zone_of
from workflows.immutable import Immutable
from workflows.languages import Language, Text
from workflows.people.access import may
from workflows.people.received import provider, support_of
from workflows.review.template import Template
from workflows.store.values_support import SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import following

PROVIDERS: Final = "un_support_providers"
"""The options of the list in which a state says who supported it (concept note of 8 June 2020, L121)."""


class Received(Immutable):
    """An answered request as an entry: who helped, how, and the day of the answer by the country's clock (ISO 8601).

    `category` is an option of the list, "" where only the state can say.
    """

    request: int
    office: Text
    category: str
    kind: Text
    day: str

    @property
    def source(self) -> str:
        """How an entry names the request that it came from."""
        return f"request/{self.request}"

    def details(self, language: Language) -> dict[str, str]:
        """The details of the entry by their ids, in the words of a language."""
        return {
            "name": self.office.in_language(language),
            "category": self.category,
            "how": self.kind.in_language(language),
            "when": self.day,
        }


def list_of(template: Template, prompt: str) -> str:
    """The list of who gave support, where the prompt's question has one; else empty."""
    question = template.question_of.get(prompt)
    asked = question.prompts if question is not None else ()
    return next((each.id for each in asked if each.options == PROVIDERS), "")


async def count(errand: Errand, template: Template, prompt: str) -> int:
    """How many entries there could be at a prompt's question; of every other question nothing is asked of the store."""
    if not list_of(template, prompt) or not may(errand.actor, "write_draft", errand.actor.country):
        return 0
    return len(await received(errand))


async def received(errand: Errand) -> list[Received]:
    """The support that answered requests brought, the first one first; trouble in a session is none."""
    entries = map(_entry, reversed(await following.own(errand)))
    return [entry for entry in entries if entry is not None]


def _entry(request: SupportRequest) -> Received | None:
    support = support_of(request.kind) if request.kind else None
    if request.answered_at is None or not request.office or support is None:
        return None
    office = provider(request.office)
    return Received(
        request.id,
        office.name,
        office.category,
        support,
        request.answered_at.astimezone(ZoneInfo(zone_of(request.country))).date().isoformat(),
    )
