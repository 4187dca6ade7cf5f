"""The thread of one step: what is known, what was decided so far, and the moves that every kind of prompt shares."""

from itertools import takewhile

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.notices import Explained, Hub, NothingOpen, Notice, Toast, ToastCode, TwoTexts, WhichQuestion
from workflows.review import cards
from workflows.review.answers import Answer, Held, State, Value
from workflows.review.events import (
    NOWHERE,
    Adaptation,
    Adapted,
    Fact,
    Focus,
    Interview,
    Recorded,
    Review,
    Said,
    Say,
    Turn,
    with_facts,
)
from workflows.review.path import next_open
from workflows.review.places import LISTS_SECTIONS
from workflows.review.reading import can_be_typed
from workflows.review.two_texts import two_texts
from workflows.review.words import answer_words

EXCERPT = 120
"""How many characters of a kept text are shown to recognise it by."""
HELD_AT_MOST = 20
"""How many messages are kept while the person has not said where they belong; a later one is refused in words."""


class Talk(Immutable):
    """One step under way. Every move returns a new thread; nothing is changed in place."""

    review: Review
    interview: Interview
    says: tuple[Say, ...] = ()
    facts: tuple[Fact, ...] = ()
    toast: Toast | None = None

    @property
    def turn(self) -> Turn:
        """The step's outcome."""
        return Turn(self.interview, self.says, self.facts, self.toast)

    def with_interview(self, interview: Interview) -> "Talk":
        """The talk with the pointer elsewhere."""
        return Talk(self.review, interview, self.says, self.facts, self.toast)

    # --- saying ---------------------------------------------------------------------------------------------

    def say(self, notice: Notice, focus: Focus | None = None) -> "Talk":
        """A new message; a text sent after it answers `focus`."""
        return self._with(Say(notice, focus=focus))

    def redraw(self, notice: Notice, focus: Focus | None = None) -> "Talk":
        """The pressed card in a new form."""
        return self._with(Say(notice, redraw=True, focus=focus))

    def _with(self, say: Say) -> "Talk":
        return Talk(self.review, self.interview, (*self.says, say), self.facts, self.toast)

    def tell(self, code: ToastCode, prompt: str = "") -> "Talk":
        """A short line over the chat."""
        return replace(self, toast=Toast(code=code, prompt=prompt))

    # --- recording ------------------------------------------------------------------------------------------

    def record(self, prompt: str, value: Value | None, state: State = "answered", source: str = "") -> "Talk":
        """The prompt has this answer from now on; saying the same once more is no new fact."""
        answer = Answer(state=state, value=value)
        if self.review.answers.get(prompt) == answer:
            return self
        words = answer_words(self.review.template, prompt, answer)
        return self._add(Recorded(prompt, answer, words=words, source=source))

    def clear(self, prompt: str) -> "Talk":
        """The prompt is open again; nothing is said to have changed where it was open before."""
        return self._add(Recorded(prompt, None)) if prompt in self.review.answers else self

    def adapt(self, fact: Adapted) -> "Talk":
        """The state fits a question to its context; as it is already is no new fact."""
        known = self.review.adaptations.get(fact.question, Adaptation())
        return self if known == fact.adaptation else self._add(fact)

    def _add(self, fact: Fact) -> "Talk":
        review = with_facts(self.review, (fact,))
        return Talk(review, self.interview, self.says, (*self.facts, fact), self.toast)

    # --- going on -------------------------------------------------------------------------------------------

    def next_turn(self, focus: Focus) -> "Talk":
        """A new turn with this focus; buttons of the turn before are stale from now on."""
        now = self.interview
        return self.with_interview(
            Interview(now.turn + 1, focus, now.focus.prompt, held=now.held, seen=now.seen)
        )

    def ask(self, prompt: str) -> "Talk":
        """Put a prompt to the person."""
        focus = Focus(prompt)
        talk = self.next_turn(focus)
        return talk.say(cards.ask(talk.review, talk.interview.turn, prompt), focus)

    def go_on(self, after: str = "") -> "Talk":
        """Ask the first open prompt after this one, or say that none is open."""
        prompt = next_open(self.review, after or None)
        return self.ask(prompt) if prompt else self.rest()

    def rest(self) -> "Talk":
        """Nothing is open: say so, and show the sections."""
        talk = self.next_turn(Focus()).say(NothingOpen(country=self.review.country))
        return talk.hub()

    def hub(self) -> "Talk":
        """Show the sections; the prompt in hand stays as it is."""
        return self.say(self._hub_notice, LISTS_SECTIONS)

    @property
    def _hub_notice(self) -> Hub:
        return cards.hub(self.review)

    # --- held texts -----------------------------------------------------------------------------------------

    def which_question(self) -> "Talk":
        """Ask where the first of the held texts belong; those that may belong elsewhere are asked about after them."""
        return self.say(self._about_held(), Focus())

    def hold(self, text: Held) -> "Talk":
        """Keep a text that looks for its place, and ask; one that is kept already changes nothing."""
        if any(known.source == text.source for known in self.interview.held):
            return self
        held = (*self.interview.held, text)
        if len(held) > HELD_AT_MOST:
            return self.say(Explained(code="no_question_open"))
        return self.with_interview(replace(self.interview, held=held)).which_question()

    def hold_beside(self, focus: Focus, said: Said) -> "Talk":
        """Keep a text that would take the place of what somebody else has written meanwhile, and let them choose."""
        at_hand = (focus.prompt,) if focus.prompt else ()
        talk = self.with_interview(replace(self.interview, replacing=""))
        return talk.hold(Held(text=said.text, source=said.source, candidates=at_hand, instead_of=str(focus)))

    def is_unseen(self, focus: Focus, said: Said | None = None) -> bool:
        """Whether somebody else has changed what a focus names since the person saw it, and they do not know."""
        whole = Focus(question=focus.question) if focus.question else Focus(focus.prompt)
        waits = any(held.instead_of == str(focus) for held in self.interview.held)
        return not (said is not None and said.instead) and (waits or str(whole) in self.review.unseen)

    def with_which_question(self) -> "Talk":
        """The same talk that also asks where the first of the held texts belong, unless it does so or none is held.

        The card that the next text answers stays last. Its prompt is offered where it can take the text.
        """
        if not self.interview.held or any(
            isinstance(say.notice, WhichQuestion | TwoTexts) for say in self.says
        ):
            return self
        prompt, first = self.interview.focus.prompt, self.interview.held[0]
        fits = bool(prompt) and can_be_typed(self.review.template, prompt, first.text)
        question = Say(self._about_held(*((prompt,) if fits else ())), focus=Focus())
        places = [
            at
            for at, say in enumerate(self.says)
            if say.focus and _takes_an_answer(say.focus) and not say.redraw
        ]
        at = places[-1] if places else len(self.says)
        return replace(self, says=(*self.says[:at], question, *self.says[at:]))

    def _about_held(self, *offered: str) -> WhichQuestion | TwoTexts:
        waiting = first_held(self.review, self.interview)
        later = len(self.interview.held) - len(waiting)
        if waiting[0].instead_of:
            card = two_texts(self.review, self.interview.turn, waiting)
            return card.model_copy(update={"later": later})
        return WhichQuestion(
            turn=self.interview.turn,
            prompts=tuple(dict.fromkeys((*offered, *waiting[0].candidates))),
            excerpt="\n".join(text.text[:EXCERPT] for text in waiting),
            kept=len(waiting),
            later=later,
        )


def first_held(review: Review, interview: Interview) -> tuple[Held, ...]:
    """The held texts that are asked about together: the first one, and those after it with the same one candidate.

    With several candidates each is asked about alone: the card in doubt may have come between two of them, or twice.
    So is each for a single entity, which takes one.
    """
    held = interview.held
    if held and (len(held[0].candidates) > 1 or any(takes_one(review, each) for each in held[0].candidates)):
        return held[:1]
    return tuple(takewhile(lambda text: _asked_with(text) == _asked_with(held[0]), held))


def takes_one(review: Review, prompt: str) -> bool:
    """Whether a prompt takes a single entity, in whose place the next one comes."""
    return review.template.type_of(prompt).kind == "record"


def _asked_with(text: Held) -> tuple[tuple[str, ...], str]:
    return text.candidates, text.instead_of


def _takes_an_answer(focus: Focus) -> bool:
    """Whether a text sent after a card goes into the review; a list that takes the name of a place does not."""
    return focus != NOWHERE and not focus.asked
