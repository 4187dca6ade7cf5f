"""One update of one person on its way to a verb."""

from collections.abc import Callable

from bot.effects import BotIdentity, Effects
from bot.inbound import Commanded, Incoming, Tapped, Typed
from workflows.immutable import Immutable
from workflows.notices import ExplainCode, Explained, Toast
from workflows.people.invitations import LIFE
from workflows.people.roles import Role
from workflows.review.courtesy import is_courtesy
from workflows.use_cases import answering, hearing, inviting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.filing import LIMIT
from workflows.use_cases.hearing import Heard
from workflows.use_cases.inviting import Wanted

Random = Callable[[int], bytes]
"""So many unguessable bytes."""


class Visit(Immutable):
    """Somebody with a place, and what they did; the errand is what the verbs need of it.

    `file_limit` is how many bytes a file may have that stands behind an answer.
    """

    errand: Errand
    incoming: Incoming
    bot: BotIdentity
    random: Random
    file_limit: int = LIMIT

    def toast(self, toast: Toast | None) -> Effects:
        """Nothing more than a line over the chat, in the person's voice."""
        person = self.errand.person
        return Effects(toast, person.language, person.digits, self.errand.actor.country, clock=person.clock)

    @property
    def quietly(self) -> Effects:
        """Nothing over the chat."""
        return self.toast(None)

    async def heard(self, typed: Typed) -> Heard:
        """A text that was typed, with the cards that tell what it answers."""
        return await hearing.heard(
            self.errand,
            typed.text,
            typed.message_id,
            typed.reply_to,
            edited=typed.edited,
            unsure=typed.forwarded,
            quotes_bot=typed.quotes_bot,
        )

    async def explain(self, code: ExplainCode) -> Effects:
        """A reasoned reply; to a command that there is not, with what was typed."""
        did = self.incoming.did
        given = did.name if code == "command_unknown" and isinstance(did, Commanded) else ""
        await answering.explain(self.errand, Explained(code=code, role=self.errand.actor.role, given=given))
        return self.quietly

    async def unasked(self, text: str, code: ExplainCode) -> Effects:
        """What is said of a text that nothing had asked for: a courteous word to a courteous word, else why."""
        return await self.explain("courtesy" if is_courtesy(text) else code)

    async def give_back(self, why: Explained, text: str) -> Effects:
        """Why a text came too late, with the text, so that it is not lost."""
        told = why.model_copy(update={"role": self.errand.actor.role, "text": text})
        await answering.explain(self.errand, told)
        return self.quietly

    async def invite(
        self, role: Role, country: str, replaces: int | None = None, *, scope: str = ""
    ) -> Effects:
        """Hand the person a new invitation's link; a word about it where they may not invite so."""
        until = self.errand.cause.now + LIFE
        wanted = Wanted(self.errand.actor.cycle_id, role, country, until, replaces, scope)
        made = await inviting.invite(self.errand, wanted, self.link, self.random)
        return self.quietly if made else await self.refuse()

    async def refuse(self) -> Effects:
        """What somebody may not do: a key is as if it were not there, a command has a reasoned reply."""
        if isinstance(self.incoming.did, Tapped):
            return self.toast(Toast(code="stale"))
        return await self.explain("not_allowed")

    def link(self, token: str) -> str:
        """The deep link that carries an invitation."""
        return f"https://t.me/{self.bot.username}?start={token}"
