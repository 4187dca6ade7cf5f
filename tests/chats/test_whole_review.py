"""The whole guiding template in a chat, branch by branch, in Arabic, French and English: every word seen is judged."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

import pytest

from bot.render import Voice
from bot.render.headings import question_number, section_heading, word_count
from bot.render.keyboards import named, no, onward, yes
from bot.render.voice import Spoken
from bot.sandbox import Message, Person
from tests.chats.telling import Region, bare, card, data_of, heard, labels_of, newest, since
from workflows.languages import Language
from workflows.review.progress import tally
from workflows.review.template import Prompt, Template

REASONS = {
    "not_applicable": ("Not applicable to us", "not applicable"),
    "not_known": ("Not yet known", "not yet known"),
    "declined": ("We prefer not to answer", "prefer not to answer"),
}


@dataclass
class Walker:
    """Somebody who answers the template from the first prompt to the last, and keeps count with plain means."""

    region: Region
    person: Person
    voice: Voice
    country: str
    branch: str
    chosen: dict[str, str] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    states: dict[str, str] = field(default_factory=dict)
    reasons: Iterator[str] = field(default_factory=lambda: cycle(REASONS))

    @property
    def template(self) -> Template:
        return self.region.template

    def applies(self, prompt: str) -> bool:
        """Whether the answers so far lead to this prompt."""
        whens = next(whens for asked, _, whens in self.template.asked if asked.id == prompt)
        return all(self.chosen.get(when.prompt) == when.value for when in whens)

    def of_section(self, section: str) -> list[str]:
        return [
            prompt.id
            for prompt, _, _ in self.template.asked
            if self.template.section_of[prompt.id].id == section and self.applies(prompt.id)
        ]

    async def walks(self) -> None:
        """Answer what is asked, in the template's order, until nothing is."""
        await self.region.presses(self.person, onward(self.voice, self.voice.gettext("Begin")))
        for prompt, _, _ in self.template.asked:
            if self.applies(prompt.id):
                await self.answers(prompt)

    async def answers(self, prompt: Prompt) -> None:
        asked = card(self.person)
        assert asked is self.person.last_message, f"{prompt.id} is not what was asked last"
        self.judges_card(asked, prompt)
        kind = self.template.type_of(prompt.id).kind
        if kind in ("yes_no", "choice"):
            self.judges_closing(asked, prompt, await self.chooses(prompt, kind))
        elif self.branch == "no":
            self.judges_closing(asked, prompt, await self.gives_a_reason(prompt))
        else:
            await getattr(self, f"fills_{kind}")(prompt)

    # --- what is seen --------------------------------------------------------------------------------------------

    def judges_card(self, asked: Message, prompt: Prompt) -> None:
        section, text = self.template.section_of[prompt.id], bare(asked.text)
        question, order = self.template.question_of[prompt.id], list(self.template.questions)
        first, _, _ = text.partition("\n")
        assert first.startswith(bare(section_heading(self.voice, self.template, section)))
        for count in (order.index(question.id) + 1, len(order)):
            assert self.voice.number(count) in re.findall(r"\d+", first), (count, first)
        number = question_number(self.voice, self.template, question)
        assert f"{number}. " in text
        assert bare(self.voice.published(prompt.words(self.voice.language))) in text
        for label in ("Back", "Skip"):
            assert any(self.voice.gettext(label) in shown for shown in labels_of(asked)), label
        self.judges_digits(text)

    def judges_digits(self, text: str) -> None:
        """Lebanon reads Arabic-Indic digits, Morocco and the other languages Western ones."""
        unwanted = "0123456789" if self.voice.digits == "arab" else "٠١٢٣٤٥٦٧٨٩"
        assert not set(unwanted) & set(text), text

    def judges_closing(self, asked: Message, prompt: Prompt, recorded: str) -> None:
        """The pressed card is redrawn with the answer and has one button, the way back to it."""
        closed = self.person.get(asked.message_id)
        assert closed is not None
        text = bare(closed.text)
        assert bare(self.voice.published(prompt.words(self.voice.language))) in text
        assert f"✔ {bare(recorded)}".casefold() in text.casefold(), (prompt.id, text)
        assert labels_of(closed) == [self.voice.gettext("✏️ Change")]

    # --- what is done --------------------------------------------------------------------------------------------

    async def chooses(self, prompt: Prompt, kind: str) -> str:
        if kind == "yes_no":
            value, label = self.branch, yes(self.voice) if self.branch == "yes" else no(self.voice)
        else:
            options = self.template.options_of(prompt.id)
            waited = [
                when.value
                for _, _, whens in self.template.asked
                for when in whens
                if when.prompt == prompt.id
            ]
            option = next(o for o in options if (o.value in waited) == (self.branch == "yes"))
            value, label = option.value, Spoken(named(self.voice, option))
        self.chosen[prompt.id] = value
        self.states[prompt.id] = "answered"
        assert await self.region.presses(self.person, label) == ""
        return label

    async def gives_a_reason(self, prompt: Prompt) -> str:
        state = next(self.reasons)
        key, recorded = REASONS[state]
        self.states[prompt.id] = state
        await self.region.presses(self.person, self.voice.gettext("⋯ More"))
        await self.region.presses(self.person, self.voice.gettext(key))
        return self.voice.gettext(recorded)

    async def fills_text(self, prompt: Prompt) -> None:
        section = self.template.section_of[prompt.id]
        count = 12 + len(self.states)
        self.words[section.id] += count
        self.states[prompt.id] = "answered"
        message_id = await self.region.says(self.person, "كلمة " * count)
        (receipt,) = since(self.person, message_id)
        number = question_number(self.voice, self.template, self.template.question_of[prompt.id])
        there = self.voice.ngettext(
            "{count} word in answer {number}.", "{count} words in answer {number}.", count, number=number
        )
        assert receipt.startswith(bare(f"{self.voice.gettext('✅ Saved.')} {there} "))
        left = section.word_limit - self.words[section.id]
        assert bare(self.voice.number(left)) in receipt
        self.judges_digits(receipt)
        await self.region.presses(self.person, onward(self.voice, self.voice.gettext("Next")))

    async def fills_record(self, prompt: Prompt) -> None:
        await self.lists(prompt, "وزارة الداخلية", 1)

    async def fills_records(self, prompt: Prompt) -> None:
        """Two records, one a line; or one whose body stands below its name."""
        if self.template.type_of(prompt.id).splits == "line":
            await self.lists(prompt, "وزارة العمل\nالوزارة الأولى", 2)
        else:
            await self.lists(prompt, "قانون الهجرة\nنص القانون هنا", 1)

    async def lists(self, prompt: Prompt, text: str, records: int) -> None:
        self.words[self.template.section_of[prompt.id].id] += len(text.split())
        message_id = await self.region.says(self.person, text)
        so_far = self.voice.ngettext(
            "{count} entry so far. Press it to complete or correct it.",
            "{count} entries so far. Press one to complete or correct it.",
            records,
        )
        (seen,) = since(self.person, message_id)
        assert bare(so_far) in seen
        await self.done(prompt, self.voice.ngettext("{count} entry", "{count} entries", records))

    async def done(self, prompt: Prompt, recorded: str) -> None:
        """Press Done on the newest card, which is the one that closes."""
        self.states[prompt.id] = "answered"
        pressed = card(self.person)
        await self.region.presses(self.person, self.voice.gettext("✔ Done"))
        self.judges_closing(pressed, prompt, recorded)

    async def fills_choices(self, prompt: Prompt) -> None:
        options = self.template.options_of(prompt.id)
        picked = [options[0], options[-1]]
        for count, option in enumerate(picked, start=1):
            await self.region.presses(self.person, _data(self.person, "tick", option.value))
            so_far = self.voice.gettext("Chosen so far: {count} of {total}.", count=count, total=len(options))
            assert bare(so_far) in bare(card(self.person).text)
        comma = "، " if self.voice.right_to_left else ", "
        await self.done(prompt, comma.join(named(self.voice, option) for option in picked))

    async def fills_matrix(self, prompt: Prompt) -> None:
        rows, scale = self.template.options_of(prompt.id), self.template.scale_of(prompt.id)
        for row, status in zip(rows[:3], scale, strict=False):
            await self.region.presses(self.person, _data(self.person, "row", row.value))
            assert bare(self.voice.words(row.text)) in bare(card(self.person, "status").text)
            await self.region.presses(
                self.person, _data(self.person, "status", f"{row.value}:{status.value}")
            )
            assert bare(self.voice.words(status.label)) in bare(card(self.person).text)
        given = self.voice.gettext("Status given: {count} of {total}", count=3, total=len(rows))
        await self.done(prompt, given)


def _data(person: Person, act: str, arg: str) -> str:
    """The callback data of a button on the newest card that has such."""
    return next(data for data in data_of(card(person, act)) if data.endswith(f".{act}.{arg}"))


WALKS: list[tuple[Language, str, str]] = [
    ("ar", "LB", "yes"),
    ("ar", "MA", "no"),
    ("fr", "MA", "yes"),
    ("fr", "TN", "no"),
    ("en", "JO", "yes"),
    ("en", "JO", "no"),
]


@pytest.mark.parametrize(("language", "country", "branch"), WALKS)
async def test_from_the_link_to_the_last_prompt(
    region: Region, language: Language, country: str, branch: str
) -> None:
    person = await region.focal_point(country, language)
    voice = Voice.of(language, "auto", country)
    walker = Walker(region, person, voice, country, branch)
    welcome = voice.gettext(
        "Welcome. Rafiq accompanies the national review of the Global Compact for Migration."
    )
    assert heard(person, welcome)
    assert heard(person, voice.country_name(country))

    await walker.walks()

    assert heard(person, voice.gettext("Every question that applies has been settled. Thank you."))
    hub = newest(person)
    assert bare(voice.gettext("The national review: {country}", country=voice.country_name(country))) in hub
    for section in region.template.sections:
        total = len(walker.of_section(section.id))
        assert bare(voice.gettext("Points settled: {settled} of {total}", settled=total, total=total)) in hub
        words = voice.gettext(
            "words: {words} of {limit}", words=walker.words[section.id], limit=section.word_limit
        )
        assert bare(words) in hub
    walker.judges_digits(hub)
    assert onward(voice, voice.gettext("Continue")) not in labels_of(person.last_message)

    review = await region.review(country)
    assert {prompt: answer.state for prompt, answer in review.answers.items()} == walker.states
    assert tally(review).settled == len(walker.states)
    assert region.sandbox.violations == []


async def test_word_counts_have_their_plural_in_each_language(region: Region) -> None:
    """One, two, few, many and other: Arabic has a form for each, and the receipt uses it."""
    person = await region.focal_point("LB", "ar")
    voice = Voice.of("ar", "auto", "LB")
    await region.opens(person, "1f.2")
    number = question_number(voice, region.template, region.template.question_of["1f.2"])
    total = 0
    for count in (1, 1, 1, 8, 89):
        total += count
        await region.says(person, "كلمة " * count)
        there = voice.ngettext(
            "{count} word in answer {number}.", "{count} words in answer {number}.", total, number=number
        )
        assert bare(there) in newest(person)
    await region.presses(person, voice.gettext("☰ Sections"))
    assert bare(word_count(voice, 100)).split()[0] in newest(person)
