"""The judge: what people typed and pressed against the answers, and what the outbox promised against what arrived."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.render import Voice, render
from bot.render.pieces import Piece, pieces_of
from bot.sandbox import Sandbox
from bot.sandbox.markup import parse_html
from tests.kill.chat import Press, Text, keys
from tests.kill.player import Player
from workflows.review.answers import Answer, Matrix, Part, Prose, RecordList, Selection
from workflows.review.template import Template
from workflows.store.delivery import _TAKEN
from workflows.store.tables import DEAD_LETTERS, OUTBOX
from workflows.store.transaction import Store, Work
from workflows.store.values import Draft, Letter, Revision


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words; with the person it befell, and the message of theirs that it is about."""

    player: Player | None
    words: str
    message_id: int = 0


@dataclass
class Verdict:
    """What was found: the faults, and counts for the report."""

    faults: list[Fault] = field(default_factory=list)
    messages: int = 0
    extra: int = 0
    most: int = 0
    texts: int = 0
    silent: int = 0
    given_up: int = 0
    missing: int = 0

    def blame(self, player: Player | None, words: str, text: Text | None = None) -> None:
        """Note a fault."""
        self.faults.append(Fault(player, words, text.message_id if text else 0))


@dataclass
class Case:
    """All that is known of one person when the judge looks."""

    player: Player
    person_id: int
    draft: Draft
    held: tuple[Part, ...]
    revisions: dict[str, list[Revision]]
    rows: dict[int, list[Any]]  # of the outbox, by the update that caused them

    def source(self, text: Text) -> str:
        """How the store names a message."""
        return f"{self.person_id}:{text.message_id}"

    def topics(self, update_id: int) -> list[str]:
        """What was said because of an update."""
        return [row.topic for row in self.rows.get(update_id, [])]

    def said(self, update_id: int) -> list[str]:
        """The same with what a text after each would answer, and the letter's number: what overtook is seen by it."""
        return [f"{row.topic} at {row.focus} ({row.id})" for row in self.rows.get(update_id, [])]


def waiting(sandbox: Sandbox) -> set[int]:
    """The updates that Telegram has not been told to forget."""
    return {item.update["update_id"] for _, item in sandbox.updates.everything()}


async def case_of(work: Work, player: Player, *, history: bool = True) -> Case | None:
    """What the store knows of a player, None when they have not come in."""
    person = await work.people.by_telegram(player.person.user_id)
    if person is None or person.actor is None:
        return None
    draft = await work.drafts.open(person.actor, player.country)
    desk = await work.interviews.of(person.id, draft)
    prompts = {text.prompt for text in player.texts.values()} if history else set()
    revisions = {p: await work.drafts.revisions(person.actor, player.country, p) for p in sorted(prompts)}
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in await work._pen.rows(select(OUTBOX).where(OUTBOX.c.person_id == person.id)):
        update = row.key.partition(":")[0]
        rows[int(update) if update.isdigit() else 0].append(row)
    return Case(player, person.id, draft, desk.interview.held, revisions, rows)


# --- after a kill: nothing that was acknowledged is gone ----------------------------------------------------


async def look_after_a_kill(store: Store, sandbox: Sandbox, players: Sequence[Player]) -> Verdict:
    """Whether every text whose update was confirmed is on disk."""
    verdict, open_updates = Verdict(), waiting(sandbox)
    accepted_by = [  # now: people go on typing while the judge reads
        [text for text in player.texts.values() if text.update_id not in open_updates] for player in players
    ]
    async with store.reading() as work:
        for player, accepted in zip(players, accepted_by, strict=True):
            case = await case_of(work, player, history=False)
            if case is None:
                if accepted:
                    verdict.blame(player, "the person is gone, with what they typed")
                continue
            sources = set(_places(case.draft)) | {part.source for part in case.held}
            for text in accepted:
                if case.source(text) not in sources and not text.chosen:
                    verdict.blame(player, f"lost: {text}", text)
    return verdict


def _places(draft: Draft) -> dict[str, list[tuple[str, str]]]:
    """Where each message of a draft ended: the prompt and the words, by the message's source."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for prompt, answer in draft.review.answers.items():
        match answer.value:
            case Prose(parts=parts):
                for part in parts:
                    found[part.source].append((prompt, part.text))
            case RecordList(records=records):
                name = draft.review.template.fields_of(prompt)[0].id
                for source in dict.fromkeys(record.source for record in records):
                    lines = [r.fields[name] for r in records if r.source == source]
                    found[source].append((prompt, "\n".join(lines)))
    return found


# --- at the end ---------------------------------------------------------------------------------------------


async def look_at_everything(
    store: Store, template: Template, players: Sequence[Player], undisturbed: int, *, one_line: bool = True
) -> Verdict:
    """Everything that must hold when all is drained; from the update `undisturbed` on, nothing was killed.

    Unless all updates come in one line, one that a dead replica had may be brought again after a newer one.
    """
    verdict = Verdict()
    async with store.reading() as work:
        for row in await work._pen.rows(select(DEAD_LETTERS)):
            verdict.blame(None, f"dead letter of update {row.update_id}: {row.error}, tries {row.attempts}")
        for player in players:
            case = await case_of(work, player)
            if case is None:
                verdict.blame(player, "never came in")
                continue
            _judge_texts(verdict, case)
            _judge_choices(verdict, case, one_line=one_line)
            _judge_presses(verdict, case, undisturbed)
            await _judge_messages(verdict, work, case, template)
    return verdict


def _judge_texts(verdict: Verdict, case: Case) -> None:
    """Each text in its question, exactly once, as last corrected; each with a receipt."""
    player, places = case.player, _places(case.draft)
    for part in case.held:
        verdict.blame(player, f"a text is still held: {part}")
    for text in player.texts.values():
        verdict.texts += 1
        topics = case.topics(text.update_id)
        if not topics or not set(topics) & {"saved", "ask", "answered", "which"}:
            verdict.blame(player, f"no receipt ({topics}) for {text}", text)
        if text.chosen:
            continue
        found = places.pop(case.source(text), [])
        if found != [(text.prompt, text.words)]:
            kept = [
                prompt for prompt, history in case.revisions.items() if case.source(text) in _sources(history)
            ]
            said = case.said(text.update_id)
            verdict.blame(player, f"{text} is at {found}; said of it: {said}; revisions at {kept}", text)
        _judge_history(verdict, case, text, was_held="which" in topics)
    mine = f"{case.person_id}:"
    for source, found in places.items():
        if source.startswith(mine):
            verdict.blame(player, f"nobody typed message {source}, which is at {found}")


def _sources(history: Iterable[Revision]) -> set[str]:
    return {revision.source for revision in history}


def _judge_history(verdict: Verdict, case: Case, text: Text, *, was_held: bool) -> None:
    """A text made one revision, and each correction one more; one that was kept may have been corrected before."""
    player, source = case.player, case.source(text)
    history = case.revisions[text.prompt]
    made = sum(revision.source == source for revision in history)
    most = 1 + len(text.edits)
    if not (1 if was_held else most) <= made <= most:
        verdict.blame(player, f"{made} revisions instead of {most} for {text}", text)
    if [revision.number for revision in history] != list(range(1, len(history) + 1)):
        verdict.blame(player, f"{text.prompt} has revisions {[revision.number for revision in history]}")
    for revision in history:
        value = revision.answer.value if revision.answer else None
        if isinstance(value, Prose) and sum(part.source == source for part in value.parts) > 1:
            verdict.blame(player, f"doubled in revision {revision.number}: {text}")
    for update_id in text.edits:
        if not case.rows.get(update_id) and not was_held:
            verdict.blame(player, f"no receipt for the correction {update_id} of {text}")


def _judge_choices(verdict: Verdict, case: Case, *, one_line: bool) -> None:
    """What was pressed with effect makes the answer, in the order in which it was done, or else was handled."""
    expected: dict[str, Answer] = {}
    unsure: set[str] = set()
    newest: dict[str, int] = {}
    acts = _in_order(case.player)
    if not one_line:
        acts = sorted(
            acts, key=lambda act: min((row.id for row in case.rows.get(act.update_id, ())), default=0)
        )
    for act in acts:
        topics = case.topics(act.update_id)
        if isinstance(act, Text) and act.chosen and "which" in topics:
            unsure.add(act.prompt)
        if isinstance(act, Text) and act.update_id < newest.get(act.prompt, 0):
            continue  # it came behind what was done later at its question: the person is told so
        if topics and (answer := _after(expected.get(act.prompt), act)) is not None:
            expected[act.prompt] = answer
            newest[act.prompt] = act.update_id
    for prompt, answer in expected.items():
        found = case.draft.review.answers.get(prompt)
        if _plainly(found) != _plainly(answer) and prompt not in unsure:
            verdict.blame(case.player, f"{prompt} is {found} and should be {answer}")


def _in_order(player: Player) -> Iterable[Text | Press]:
    acts: list[Text | Press] = [text for text in player.texts.values() if text.chosen]
    acts += player.presses
    return sorted(acts, key=lambda act: act.update_id)


def _after(before: Answer | None, act: Text | Press) -> Answer | None:
    """The answer after an act that had effect; None where the act gives no choice."""
    if isinstance(act, Text):
        return Answer(state="answered", value=Selection(values=(act.chosen,)))
    _, _, meaning = act.data.partition(".")
    kind, _, arg = meaning.partition(".")
    value = before.value if before else None
    match kind:
        case "option":
            return Answer(state="answered", value=Selection(values=(arg,)))
        case "tick":
            ticked = {*(value.values if isinstance(value, Selection) else ()), arg}
            return Answer(state="answered", value=Selection(values=tuple(ticked)))
        case "status":
            row, _, status = arg.partition(":")
            cells = dict(value.cells) if isinstance(value, Matrix) else {}
            return Answer(state="answered", value=Matrix(cells={**cells, row: status}))
    return None


def _plainly(answer: Answer | None) -> Answer | None:
    """The answer with what is chosen in one order."""
    if answer is None or not isinstance(answer.value, Selection):
        return answer
    value = Selection(values=tuple(sorted(answer.value.values)), other=answer.value.other)
    return Answer(state=answer.state, value=value)


def _judge_presses(verdict: Verdict, case: Case, undisturbed: int) -> None:
    """Each press has an effect or an explanation; the line that explains one may die with the process, but only so."""
    answers = {answer.callback_id: answer.text for answer in case.player.person.callback_answers}
    for press in case.player.presses:
        fruitful = bool(case.topics(press.update_id)) or bool(answers.get(press.callback_id))
        verdict.silent += not fruitful
        if not fruitful and press.update_id >= undisturbed:
            verdict.blame(case.player, f"nothing came of {press}")


# --- what arrived -------------------------------------------------------------------------------------------


async def _judge_messages(verdict: Verdict, work: Work, case: Case, template: Template) -> None:
    """Every row of the outbox arrived, once or twice, and nothing arrived that is not in it."""
    promised: Counter[tuple[str, str]] = Counter()
    rows = sorted((row for rows in case.rows.values() for row in rows), key=lambda row: row.id)
    for row in (each for each in rows if each.reason == "joined"):
        if not any(each.id > row.id and each.focus == row.focus and each.reason != "joined" for each in rows):
            verdict.blame(case.player, f"receipt {row.key} was joined to none")
    rows = [row for row in rows if row.reason != "joined"]
    taken = await work._pen.rows(_TAKEN, {"ids": [row.id for row in rows]})
    failed: Counter[tuple[str, str]] = Counter()
    as_sent: dict[int, str] = {}
    fitting: dict[int, set[str]] = {}
    for row in taken:
        pieces = _pieces(work.outbox._letter(row), template)
        if row.state == "failed":
            verdict.given_up += 1
            failed.update(_look(piece) for piece in pieces if piece.method != "editMessageText")
            pieces = [piece for piece in pieces if piece.method == "editMessageText"]
        elif row.state != "sent":
            verdict.blame(
                case.player, f"letter {row.id} ({row.topic}, {row.key}) is {row.state}: {row.reason}"
            )
        for piece in pieces:
            text, _ = _look(piece)
            if piece.method != "editMessageText":
                promised[_look(piece)] += 1
                as_sent[row.message_id] = text
                continue
            card = piece.params["message_id"]
            if row.state != "failed":
                fitting[card] = {text}
            else:  # given up: the card may have stayed as it was
                fitting.setdefault(card, {as_sent.get(card, text)}).add(text)
    _judge_copies(verdict, case.player, promised, failed)
    _judge_cards(verdict, case.player, fitting)


def _pieces(letter: Letter, template: Template) -> list[Piece]:
    voice = Voice.of(letter.language, letter.digits, letter.country)
    return pieces_of(letter.chat_id, render(letter.notice, voice, template), letter.edits)


def _look(piece: Piece) -> tuple[str, str]:
    keyboard = piece.params.get("reply_markup", {}).get("inline_keyboard", [])
    return parse_html(piece.params["text"])[0].strip(), keys(keyboard)


def _judge_cards(verdict: Verdict, player: Player, fitting: dict[int, set[str]]) -> None:
    """Each message shows what it was last made to show; where a change was given up, that or what was there before."""
    for message_id, texts in fitting.items():
        shown = player.person.get(message_id)
        if shown is None or shown.text.strip() not in texts:
            verdict.blame(
                player, f"message {message_id} should show {sorted(texts)!r}, shows {shown and shown.text!r}"
            )


def _judge_copies(
    verdict: Verdict, player: Player, promised: Counter[tuple[str, str]], failed: Counter[tuple[str, str]]
) -> None:
    """Each message came once or twice. One that was given up, its second sending cut off too, may not have come.

    Its person was told that Rafiq was away; that they can go on is looked at on its own.
    """
    arrived = Counter(player.arrived)
    for look, times in (promised + failed).items():
        came = arrived.pop(look, 0)
        verdict.messages += times
        verdict.extra += max(0, came - times)
        verdict.most = max(verdict.most, -(-came // times))
        verdict.missing += max(0, times - came)
        if not promised[look] <= came <= 2 * times:
            unsure = f", {failed[look]} of them given up" if failed[look] else ""
            verdict.blame(player, f"promised {times} times{unsure}, arrived {came} times: {look!r}")
    for look, came in arrived.items():
        verdict.blame(player, f"arrived {came} times and was never posted: {look!r}")
