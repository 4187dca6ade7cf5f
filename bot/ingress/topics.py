"""The topics of groups: where a letter to a group belongs, and what becomes of a group that moved or is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog
from msgspec.structs import replace

from bot.ingress.clerk import Clerk
from bot.outcomes import Judgement, NotWanted, Verdict
from bot.render import Voice
from bot.render.pieces import Piece
from bot.render.support_group import topic_name
from bot.wire import NotSent, Refused, Unanswered, Wire
from workflows.immutable import Immutable
from workflows.notices.support_group import GroupRequest, GroupTold
from workflows.store.transaction import Work
from workflows.store.values import Letter
from workflows.use_cases.support import grouping
from workflows.use_cases.support.grouping import Topic

_THREAD: Final = "message_thread_id"
_NO_TOPICS: Final = ("the chat is not a forum", "not enough rights", "chat_admin_required")
_UNREACHABLE: Final = frozenset({Verdict.BLOCKED, Verdict.GONE, Verdict.MISSING})

log = structlog.stdlib.get_logger(__name__)


class Topics(Immutable):
    """What the courier asks about letters to groups; each answer is an errand in one of the clerk's transactions."""

    clerk: Clerk
    wire: Wire
    now: Callable[[], datetime]

    async def address(self, letter: Letter, piece: Piece) -> Piece:
        """The piece with the topic of whom the letter is about, made where there is none.

        Raises NotWanted where the group is not to read requests any more, and else what the wire raises; the letter
        itself surely was not sent then.
        """
        if letter.chat_id > 0:
            return piece
        if isinstance(letter.notice, GroupRequest):
            now = self.now()
            if not await self.clerk.run_errand(lambda work: grouping.is_read(work, letter.chat_id, now)):
                raise NotWanted("group not connected")
        asker = _asker(letter)
        if not asker or _THREAD in piece.params or piece.method.startswith("edit"):
            return piece
        found: Topic | None = await self.clerk.run_errand(
            lambda work: grouping.topic(work, letter.chat_id, asker)
        )
        if found is None:
            return piece
        number = found.number or await self._open(letter.chat_id, asker, found)
        return replace(piece, params=piece.params | {_THREAD: number})

    async def another_way(self, letter: Letter, piece: Piece, judgement: Judgement) -> Piece | None:
        """What to try after a refusal in a group; None where nothing is to be tried, and the group is looked after."""
        if letter.chat_id > 0:
            return None
        verdict, now = judgement.verdict, self.now()
        if verdict is Verdict.TOPIC_GONE and _THREAD not in piece.params:
            await self._forget(letter)
            return piece
        if verdict is Verdict.TOPIC_CLOSED:
            return replace(piece, params=piece.params | {_THREAD: None})
        if verdict is Verdict.MOVED and judgement.chat is not None:
            new_id = judgement.chat
            await self.clerk.run_errand(lambda work: grouping.moved(work, letter.chat_id, new_id, now))
        elif verdict in _UNREACHABLE:
            await self.clerk.run_errand(
                lambda work: grouping.lost(work, letter.chat_id, judgement.reason, now)
            )
        return None

    async def _open(self, chat_id: int, asker: int, found: Topic) -> int | None:
        """Make a topic and keep it; None where none can be made, which is said in the group."""
        name = topic_name(Voice.of(found.language), found.name, found.country)
        try:
            made = await self.wire.call("createForumTopic", chat_id=chat_id, name=name)
        except Unanswered as error:
            # Perhaps there is an empty topic now; the letter itself was not sent.
            raise NotSent(str(error)) from None
        except Refused as refused:
            if not any(words in refused.description.casefold() for words in _NO_TOPICS):
                raise
            log.warning("no_topic", reason=refused.description)
            await self.clerk.run_errand(lambda work: self._explain(work, chat_id, found))
            return None
        number = int(made[_THREAD])
        await self.clerk.run_errand(
            lambda work: work.support.keep_topic(found.cycle_id, chat_id, asker, number)
        )
        return number

    async def _explain(self, work: Work, chat_id: int, found: Topic) -> None:
        await grouping.cannot_open_topics(work, chat_id, found.language, self.now())

    async def _forget(self, letter: Letter) -> None:
        async def errand(work: Work) -> None:
            number = await work.support.topic(letter.chat_id, _asker(letter))
            if number is not None:
                await work.support.drop_topic(letter.chat_id, number)

        await self.clerk.run_errand(errand)


def _asker(letter: Letter) -> int:
    """Whom a letter to a group is about; 0 for nobody."""
    return letter.notice.asker if isinstance(letter.notice, GroupRequest | GroupTold) else 0
