"""What a person decides about themselves: language and digits, a copy of their data, and being forgotten."""

import json
from dataclasses import replace
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
from workflows.use_cases.cause import Errand

Digits = Literal["auto", "latn", "arab"]


async def offer_languages(errand: Errand) -> None:
    """Show the three languages."""
    errand.say(ChooseLanguage(current=errand.person.language), "languages")


async def set_language(errand: Errand, language: Literal["ar", "en", "fr"]) -> None:
    """Speak to the person in this language from now on; what waits in the outbox is said in it too."""
    changed = await errand.work.people.set_language(errand.person.id, language)
    replace(errand, person=changed).say(LanguageSet(), "language")


async def show_settings(errand: Errand) -> None:
    """Show what can be set."""
    errand.say(Settings(language=errand.person.language, digits=errand.person.digits), "settings")


async def set_digits(errand: Errand, digits: Digits, card: int) -> None:
    """Write numbers with these digits; "auto" is the habit of the person's country."""
    changed = await errand.work.people.set_digits(errand.person.id, digits)
    notice = Settings(language=changed.language, digits=changed.digits)
    replace(errand, person=changed).say(notice, "settings", edits=card)


async def export_own(errand: Errand) -> None:
    """Send the person what is kept of them as a JSON file: who they are, their places, the answers they wrote."""
    person = errand.person
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
        "answers_written": await _written(errand),
        "wordings_written": await _worded(errand),
        "texts_waiting": await _waiting(errand),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    errand.say(MyData(name=f"rafiq-{errand.cause.now:%Y-%m-%d}.json", content=text), "mydata")


async def _written(errand: Errand) -> list[dict[str, object]]:
    if not errand.actor.country:
        return []
    return [
        {
            "prompt": revision.prompt,
            "revision": revision.number,
            "at": revision.at.isoformat(),
            "answer": revision.answer.model_dump(mode="json") if revision.answer else None,
        }
        for revision in await errand.work.drafts.written_by(errand.actor, errand.person.id)
    ]


async def _worded(errand: Errand) -> list[dict[str, object]]:
    """How the person fitted questions to the country's context."""
    if not errand.actor.country:
        return []
    return [
        {"question": question, "left_out": adaptation.left_out, "wording": adaptation.wording}
        for question, adaptation in await errand.work.drafts.adapted_by(errand.actor, errand.person.id)
    ]


async def _waiting(errand: Errand) -> list[str]:
    """The texts that are kept until the person has said where they belong."""
    if not errand.actor.country:
        return []
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    desk = await errand.work.interviews.of(errand.person.id, draft)
    return [part.text for part in desk.interview.held]


async def ask_erasure(errand: Errand) -> None:
    """Ask before forgetting somebody, saying what goes and what stays."""
    answers = len(await _written(errand))
    errand.say(EraseAsk(turn=0, country=errand.actor.country, answers=answers), "erase")


async def keep(errand: Errand, card: int) -> None:
    """Nothing is erased after all."""
    errand.say(EraseCancelled(), "kept", edits=card)


async def erase(errand: Errand, chat_id: int) -> None:
    """Forget a person: name, Telegram id, talk and messages go at once; the answers stay, without the name."""
    errand.note("erase", errand.actor.country, "person", "done")
    await errand.work.people.erase(errand.person.id, errand.cause.now)
    errand.work.outbox.post_to_chat(
        chat_id, Erased(), errand.person.language, key=errand.cause.key("erased"), now=errand.cause.now
    )
