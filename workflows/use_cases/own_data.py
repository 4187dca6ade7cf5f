"""What a person decides about themselves: language and digits, a copy of their data, and being forgotten."""

import json
from typing import Literal

from workflows.notices import (
    ChooseLanguage,
    EraseAsk,
    EraseCancelled,
    Erased,
    LanguageSet,
    MyData,
    Settings,
)
from workflows.people.roles import Actor, Person
from workflows.store.transaction import Work
from workflows.use_cases.cause import Cause

Digits = Literal["auto", "latn", "arab"]


async def offer_languages(work: Work, person: Person, cause: Cause) -> None:
    """Show the three languages."""
    work.outbox.post(person, ChooseLanguage(current=person.language), key=cause.key("languages"), now=cause.now)


async def set_language(work: Work, person: Person, language: Literal["ar", "en", "fr"], cause: Cause) -> None:
    """Speak to the person in this language from now on; what waits in the outbox is said in it too."""
    changed = await work.people.set_language(person.id, language)
    work.outbox.post(changed, LanguageSet(), key=cause.key("language"), now=cause.now)


async def show_settings(work: Work, person: Person, cause: Cause) -> None:
    """Show what can be set."""
    notice = Settings(language=person.language, digits=person.digits)
    work.outbox.post(person, notice, key=cause.key("settings"), now=cause.now)


async def set_digits(work: Work, person: Person, digits: Digits, card: int, cause: Cause) -> None:
    """Write numbers with these digits; "auto" is the habit of the person's country."""
    changed = await work.people.set_digits(person.id, digits)
    notice = Settings(language=changed.language, digits=changed.digits)
    work.outbox.post(changed, notice, key=cause.key("settings"), edits=card, now=cause.now)


async def export_own(work: Work, person: Person, actor: Actor | None, cause: Cause) -> None:
    """Send the person what is kept of them, as a JSON file: who they are, their places, and the answers they wrote."""
    content = {
        "person": {
            "name": person.name,
            "telegram_id": person.telegram_id,
            "language": person.language,
            "digits": person.digits,
        },
        "places": [
            {"cycle": p.cycle_id, "country": p.country, "role": p.role, "since": p.began_at.isoformat()}
            for p in person.memberships
        ],
        "answers_written": await _written(work, person, actor),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    notice = MyData(name=f"rafiq-{cause.now:%Y-%m-%d}.json", content=text)
    work.outbox.post(person, notice, key=cause.key("mydata"), now=cause.now)


async def _written(work: Work, person: Person, actor: Actor | None) -> list[dict[str, object]]:
    if actor is None or not actor.country:
        return []
    revisions = await work.drafts.written_by(actor, person.id)
    return [
        {
            "prompt": revision.prompt,
            "revision": revision.number,
            "at": revision.at.isoformat(),
            "answer": revision.answer.model_dump(mode="json") if revision.answer else None,
        }
        for revision in revisions
    ]


async def ask_erasure(work: Work, person: Person, actor: Actor | None, cause: Cause) -> None:
    """Ask before forgetting somebody, saying what goes and what stays."""
    answers = len(await _written(work, person, actor))
    notice = EraseAsk(turn=0, country=actor.country if actor else "", answers=answers)
    work.outbox.post(person, notice, key=cause.key("erase"), now=cause.now)


async def keep(work: Work, person: Person, card: int, cause: Cause) -> None:
    """Nothing is erased after all."""
    work.outbox.post(person, EraseCancelled(), key=cause.key("kept"), edits=card, now=cause.now)


async def erase(work: Work, person: Person, chat_id: int, cause: Cause) -> None:
    """Forget a person: name, Telegram id, talk and messages go at once; answers stay with the state, without the name."""
    country = person.actor.country if person.actor else ""
    work.audit.note(cause.now, person.id, "erase", country, "person", "done")
    await work.people.erase(person.id, cause.now)
    work.outbox.post_to_chat(chat_id, Erased(), person.language, key=cause.key("erased"), now=cause.now)
