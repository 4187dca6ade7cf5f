"""One's own written inputs: what was pressed or typed to its verb, for whoever wrote one, with a place or without."""

from msgspec.structs import replace

from workflows.notices.inputs import CONSENTS
from workflows.people.roles import Actor
from workflows.store.values_inputs import WrittenInput
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.inputs import own, writing


async def as_writer(errand: Errand) -> Errand | None:
    """The errand by the right of who has written an input; None for who has none."""
    actor: Actor | None = await errand.work.inputs.writer(errand.person.id)
    return replace(errand, actor=actor) if actor is not None else None


async def press(errand: Errand, arg: str, card: int) -> bool:
    """What a key under one's own input does; False where there is no such input of theirs."""
    number, _, act = arg.partition(".")
    if not number:
        await own.show_list(errand)
        return True
    if number == "new":
        await writing.begin_another(errand)
        return True
    mine = await errand.work.inputs.hold(errand.actor, int(number))
    if mine is None:
        return False
    there = writing.in_its_cycle(errand, mine)
    await (_of_a_draft if mine.state == "draft" else _of_a_sent)(there, mine, act, card)
    return True


async def hear(errand: Errand, asked: str, heard: Heard) -> bool:
    """Take a name or words that a card asked for; False where it asked for something else or the input is gone."""
    word, mine, replaced = await _asked_of(errand, asked)
    if mine is None:
        return False
    there = writing.in_its_cycle(errand, mine)
    if mine.state != "draft":
        await own.show_sent(there, mine, "unsaved")
    elif word == writing.ASKS_NAME:
        await writing.take_name(there, mine, heard.text, behind=heard.is_behind)
    else:
        await writing.take_text(there, mine, heard.message_id, heard.text, replaced)
    return True


async def correct(errand: Errand, answered: str, heard: Heard) -> bool:
    """Let an edited message correct what it gave to an input that is not sent."""
    word, mine, _ = await _asked_of(errand, answered)
    if mine is None:
        return False
    there = writing.in_its_cycle(errand, mine)
    if word == writing.ASKS_NAME and mine.state == "draft":
        await writing.take_name(there, mine, heard.text, behind=False)
    else:
        await writing.correct(there, mine, heard.message_id, heard.text)
    return True


async def _asked_of(errand: Errand, asked: str) -> tuple[str, WrittenInput | None, int]:
    """What a card asked of which input of theirs, and the last message whose words it lets be replaced, where it does.

    The input is None where the card asked for something else, or it is gone.
    """
    word, _, rest = asked.partition(".")
    if word not in (writing.ASKS_NAME, writing.ASKS_TEXT):
        return word, None, 0
    number, _, replaced = rest.partition(".")
    return word, await errand.work.inputs.hold(errand.actor, int(number)), int(replaced or 0)


async def _of_a_draft(errand: Errand, mine: WrittenInput, act: str, card: int) -> None:
    verb, _, value = act.partition(".")
    match verb:
        case "category" if value:
            await writing.choose_category(errand, mine, value, card)
        case "category" | "name" | "text" | "consent":
            await writing.ask(errand, mine, step=verb, card=card)
        case "no_name":
            await writing.write_unnamed(errand, mine, card)
        case "anew":
            await writing.write_anew(errand, mine, card)
        case "named" | "unnamed" | "secretariat":
            await writing.choose_consent(errand, mine, verb, card)
        case "send" | "careful":
            await writing.send(errand, mine, int(value), careful=verb == "careful")
        case "withdraw":
            await own.show_sent(errand, mine, "sure", card)
        case "withdraw_yes":
            await own.withdraw(errand, mine, card)
        case _:
            await writing.ask(errand, mine)


async def _of_a_sent(errand: Errand, mine: WrittenInput, act: str, card: int) -> None:
    """Keys of the steps that led here are of yesterday: they show what became of the input."""
    match act:
        case "agree":
            await own.show_sent(errand, mine, "agree" if mine.state == "sent" else "", card)
        case "agree_named" | "agree_unnamed" | "agree_secretariat":
            consent = next(each for each in CONSENTS if act == f"agree_{each}")
            await own.agree(errand, mine, consent, card)
        case "withdraw":
            await own.show_sent(errand, mine, "sure" if mine.state == "sent" else "", card)
        case "withdraw_yes":
            await own.withdraw(errand, mine, card)
        case "take_down":
            await own.ask_removal(errand, mine, card)
        case "whole":
            await own.show_sent(errand, mine, "whole")
        case _:
            await own.show_sent(errand, mine)
