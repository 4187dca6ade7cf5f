"""The door of a call for written inputs: what is said before the first word, and the press that begins."""

from typing import cast

from bot.buttons import Did, read
from bot.effects import Effects, whispered
from bot.inbound import Incoming, Tapped
from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.notices import Door
from workflows.notices.inputs import InputClosed
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.store.values_inputs import InputCall
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.inputs import calling, writing


class Pressed(Immutable):
    """A key of the door: the call's token, the language, and whether to begin or to read on in that language."""

    token: str
    language: Language
    begins: bool


def pressed(incoming: Incoming) -> Pressed | None:
    """The key of a call's door that was pressed; None for everything else."""
    if not isinstance(incoming.did, Tapped):
        return None
    match read(incoming.did.data):
        case Did("call", arg):
            what, _, token = arg.partition(".")
            return Pressed(token, cast("Language", what.removeprefix("go_")), what.startswith("go_"))
    return None


async def opened(
    work: Work, call: InputCall, token: str, person: Person | None, language: Language, cause: Cause
) -> Effects:
    """Somebody opens a call's link: the plain card first, or their input where they have begun one to it."""
    if person is not None:
        if person.memberships:
            return whispered(InputClosed(code="takes_part"), language)
        if await work.claims.of_person(person.id):
            return whispered(Door(code="undecided"), language)
        writer = await work.inputs.writer(person.id)
        inputs = await work.inputs.own(writer) if writer is not None else []
        if writer is not None and any(each.call_id == call.id for each in inputs):
            await writing.resume(Errand(work, person, writer, cause))
            return Effects(language=language)
    return whispered(await calling.door(work, call, token, language, cause.now), language)


async def press(
    work: Work, call: InputCall, key: Pressed, incoming: Incoming, person: Person | None, cause: Cause
) -> Effects:
    """Show the card in another language, or begin: only then somebody unknown costs a row."""
    if not key.begins or (person is not None and await work.claims.of_person(person.id)):
        return await opened(work, call, key.token, person, key.language, cause)
    refused = await writing.begin(work, incoming.user_id, key.language, call, cause)
    return whispered(refused, key.language) if refused is not None else Effects(language=key.language)
