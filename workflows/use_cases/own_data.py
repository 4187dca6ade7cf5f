"""What a person decides about themselves: language and digits, a copy of their data, and being forgotten."""

import json
from datetime import UTC, datetime
from typing import Literal

from msgspec.structs import replace

from workflows.notices import (
    ChooseLanguage,
    EraseAsk,
    EraseCancelled,
    Erased,
    LanguageSet,
    MyData,
    Settings,
)
from workflows.people.access import may
from workflows.people.roles import Actor, Clock, Person
from workflows.review.answers import Answer, Prose, RecordList
from workflows.review.own_words import own_words
from workflows.store.values import Revision
from workflows.use_cases import leading
from workflows.use_cases.assessment.own import assessed
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.own import remarks_answered, remarks_made
from workflows.use_cases.hands.own_hands import consultations_logged, files_sent, notes_written
from workflows.use_cases.hearing import ASKS_LANGUAGE, asking, closing
from workflows.use_cases.inputs.own import inputs_written, tell_of_erasure
from workflows.use_cases.inviting import WRITING
from workflows.use_cases.steering.own import messages_received, messages_written
from workflows.use_cases.submission.clearing import tell_of_leaving
from workflows.use_cases.support.own import written_at_the_desk

Digits = Literal["auto", "latn", "arab"]
MINUTES_TO_CONFIRM = 15
"""How long the question before an erasure can be answered; after that it is put again."""
_ACTS = 1_000
"""So many of a person's own acts are told, the newest."""
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


async def offer_languages(errand: Errand) -> None:
    """Show the three languages."""
    errand.say(asking(ChooseLanguage(current=errand.person.language), ASKS_LANGUAGE), "languages")


async def set_language(errand: Errand, language: Literal["ar", "en", "fr"]) -> None:
    """Speak to the person in this language from now on; what waits in the outbox is said in it too."""
    changed = await errand.work.people.set_language(errand.person.id, language)
    unplaced = "stakeholder" if errand.actor.role == "stakeholder" else "former"
    role = changed.actor.role if changed.actor else unplaced
    replace(errand, person=changed).say(LanguageSet(role=role), "language")


async def show_settings(errand: Errand) -> None:
    """Show what can be set."""
    errand.say(_settings(errand.person), "settings")


async def set_digits(errand: Errand, digits: Digits, card: int) -> None:
    """Write numbers with these digits; "auto" is the habit of the person's country."""
    changed = await errand.work.people.set_digits(errand.person.id, digits)
    replace(errand, person=changed).say(_settings(changed), "settings", edits=card)


async def set_clock(errand: Errand, clock: Clock, card: int) -> None:
    """Tell hours on 24 hours or on 12, where the person's language does."""
    changed = await errand.work.people.set_clock(errand.person.id, clock)
    replace(errand, person=changed).say(_settings(changed), "settings", edits=card)


def _settings(person: Person) -> Settings:
    return Settings(language=person.language, digits=person.digits, clock=person.clock)


async def export_own(errand: Errand) -> None:
    """Send the person a JSON file: who they are, their places, what they wrote, and what they were reminded of."""
    person, rights = errand.person, await _rights(errand)
    places = await errand.work.people.places(person.id)
    cycles = sorted({place.cycle_id for place in places})
    content = {
        "person": {
            "name": person.name,
            "telegram_id": person.telegram_id,
            "language": person.language,
            "digits": person.digits,
            "clock": person.clock,
        },
        "places": [
            {
                "cycle": place.cycle_id,
                "country": place.country,
                "role": place.role,
                "since": place.began_at.isoformat(),
                "until": place.ended_at.isoformat() if place.ended_at else None,
            }
            for place in places
        ],
        "answers_written": [item for actor in rights for item in await _written(errand, actor)],
        "wordings_written": [item for actor in rights for item in await _worded(errand, actor)],
        "texts_waiting": [text for actor in rights for text in await _waiting(errand, actor)],
        "preferences": await _preferred(errand),
        "registrations": [item for cycle in cycles for item in await _registered(errand, cycle)],
        "notes": await notes_written(errand.work, person.id),
        "consultations_logged": await consultations_logged(errand.work, person.id),
        "self_assessment": await assessed(errand.work, person.id),
        "files_sent": await files_sent(errand.work, person.id),
        "put_down_for_sessions": await _put_down(errand),
        "said_for_the_country": [item for cycle in cycles for item in await _said(errand, cycle)],
        "remarks_made": await remarks_made(errand.work, person.id),
        "remarks_answered": await remarks_answered(errand.work, person.id),
        "calendar_changes": [item for cycle in cycles for item in await _changed(errand, cycle)],
        "hand_overs_noted": [item for cycle in cycles for item in await _handed_over(errand, cycle)],
        "decisions_on_frozen_texts": await _decided(errand),
        "help_desk": await written_at_the_desk(errand.work, person.id),
        "messages_received": await messages_received(errand.work, person.id, cycles),
        "messages_written": await messages_written(errand.work, person.id),
        "reminders": [item for cycle in cycles for item in await _reminded(errand, cycle)],
        "written_inputs": await inputs_written(errand.work, person.id),
        "acts": await _noted(errand),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    errand.say(MyData(name=f"rafiq-{errand.cause.now:%Y-%m-%d}.json", content=text), "mydata")


async def _decided(errand: Errand) -> list[dict[str, object]]:
    """What the person did to frozen texts, with the reasons they gave."""
    return [
        {
            "cycle": edition.cycle_id,
            "country": edition.country,
            "frozen_text": edition.number,
            "act": act.act,
            "reason": act.reason,
            "at": act.at.isoformat(),
        }
        for edition, act in await errand.work.clearance.by_author(errand.person.id)
    ]


async def _noted(errand: Errand) -> list[dict[str, object]]:
    """What the audit says that the person did, the newest first."""
    return [
        {
            "at": line.at.isoformat(),
            "act": line.act,
            "country": line.country,
            "thing": line.thing,
            "outcome": line.outcome,
        }
        for line in await errand.work.audit.of_person(errand.person.id, _ACTS)
    ]


async def _rights(errand: Errand) -> list[Actor]:
    """The right to each draft that the person has written in: own words can be seen when the place has ended, too."""
    places = await errand.work.people.places(errand.person.id)
    writing = [place for place in places if any(may(place.actor, act, place.country) for act in WRITING)]
    own = {(p.cycle_id, p.country, p.id if p.role == "contributor" else 0): p.actor for p in writing}
    return list(own.values())


async def _written(errand: Errand, actor: Actor) -> list[dict[str, object]]:
    """The versions that the person made, each with what is their own in it: colleagues write in the same answers."""
    drafts, person = errand.work.drafts, errand.person.id
    wrote = await drafts.written_by(actor, person)
    template = (await drafts.open(actor, actor.country)).review.template
    said = []
    for prompt, made in _by_prompt(wrote).items():
        pressed = {field.id for field in template.fields_of(prompt) if field.type in ("choice", "choices")}
        before = {
            each.number + 1: each.answer for each in await drafts.revisions(actor, actor.country, prompt)
        }
        for each in made:
            own = own_words(before.get(each.number), each.answer, each.source, person, pressed)
            said.append((each, own))
    return [
        {
            "cycle": actor.cycle_id,
            "country": actor.country,
            "prompt": revision.prompt,
            "revision": revision.number,
            "at": revision.at.isoformat(),
            "answer": own.model_dump(mode="json") if own else None,
        }
        for revision, own in said
    ]


def _by_prompt(revisions: list[Revision]) -> dict[str, list[Revision]]:
    found: dict[str, list[Revision]] = {}
    for each in revisions:
        found.setdefault(each.prompt, []).append(each)
    return found


async def _worded(errand: Errand, actor: Actor) -> list[dict[str, object]]:
    """How the person fitted questions to the country's context."""
    return [
        {"question": question, "left_out": adaptation.left_out, "wording": adaptation.wording}
        for question, adaptation in await errand.work.drafts.adapted_by(actor, errand.person.id)
    ]


async def _waiting(errand: Errand, actor: Actor) -> list[str]:
    """The texts that are kept until the person has said where they belong."""
    draft = await errand.work.drafts.open(actor, actor.country)
    desk = await errand.work.interviews.of(errand.person.id, draft)
    return [part.text for part in desk.interview.held]


async def _preferred(errand: Errand) -> dict[str, object]:
    """How the person wants to be reminded."""
    preference = (await errand.work.preferences.of([errand.person.id]))[errand.person.id]
    until = preference.snoozed_until
    return {
        "hour": f"{preference.hour:%H:%M}" if preference.hour else None,
        "hijri": preference.hijri,
        "paused": preference.paused,
        "snoozed_until": until.isoformat() if until else None,
        "morning": preference.morning,
    }


async def _registered(errand: Errand, cycle_id: str) -> list[dict[str, object]]:
    """How the person attends or attended sessions."""
    found = await errand.work.registrations.of_person(errand.person.id, cycle_id)
    return [
        {
            "cycle": cycle_id,
            "country": each.country,
            "session": each.session,
            "attendance": each.attendance,
            "group": each.group,
            "presents": each.presents,
            "attended": each.attended,
            "at": each.at.isoformat(),
        }
        for each in found.values()
    ]


async def _put_down(errand: Errand) -> list[dict[str, object]]:
    """Whatever the person put down for sessions, from questions to places on the list of speakers."""
    return [
        {
            "cycle": minute.cycle_id,
            "country": minute.country,
            "session": minute.session,
            "kind": minute.kind,
            "text": minute.text,
            "owner": minute.owner,
            "due": minute.due.isoformat() if minute.due else None,
            "marks": minute.marks,
            "place": minute.place,
            "group": minute.group,
            "sort": minute.sort,
            "at": minute.at.isoformat(),
        }
        for minute in await errand.work.minutes.by_author(errand.person.id)
    ]


async def _said(errand: Errand, cycle_id: str) -> list[dict[str, object]]:
    """Where the person said whether a country takes part."""
    return [
        {"cycle": cycle_id, "country": each.country, "takes_part": each.answer, "at": each.at.isoformat()}
        for each in (await errand.work.taking_part.of(cycle_id)).values()
        if each.by == errand.person.id
    ]


async def _changed(errand: Errand, cycle_id: str) -> list[dict[str, object]]:
    """What the person did to the calendar."""
    return [
        {"cycle": cycle_id, "act": head.act, "milestone": head.milestone, "at": head.at.isoformat()}
        for head in await errand.work.calendars.history(cycle_id)
        if head.by == errand.person.id
    ]


async def _handed_over(errand: Errand, cycle_id: str) -> list[dict[str, object]]:
    """What the person noted as handed over."""
    return [
        {
            "cycle": cycle_id,
            "milestone": each.milestone,
            "day": each.day.isoformat(),
            "at": each.at.isoformat(),
        }
        for each in (await errand.work.hand_overs.of(cycle_id)).values()
        if each.by == errand.person.id
    ]


async def _reminded(errand: Errand, cycle_id: str) -> list[dict[str, object]]:
    """Reminders to the person, and what became of them."""
    return [
        {
            "cycle": cycle_id,
            "milestone": each.milestone,
            "about": each.content,
            "due": each.due.isoformat(),
            "state": each.state,
            "reason": each.reason,
        }
        for each in await errand.work.reminders.of_person(errand.person.id, cycle_id)
    ]


async def ask_erasure(errand: Errand) -> None:
    """Ask before forgetting somebody, saying what goes and what stays."""
    answers = sum([await _carried(errand, actor) for actor in await _rights(errand)])
    inputs = [each.state for each in await errand.work.inputs.by_person(errand.person.id)]
    notice = EraseAsk(
        turn=_second(errand.cause.now),
        country=errand.actor.country,
        answers=answers,
        inputs=inputs.count("draft") + inputs.count("sent"),
        published=inputs.count("published"),
    )
    errand.say(closing(notice), "erase")


def is_asked_now(errand: Errand, asked: int) -> bool:
    """Whether a confirmation answers a question of the last minutes, put to the person in the place they hold now."""
    place = errand.person.membership
    came = _second(place.began_at) if place is not None else 0
    return came <= asked and 0 <= _second(errand.cause.now) - asked <= MINUTES_TO_CONFIRM * 60


def _second(moment: datetime) -> int:
    """Seconds since 2020: nine digits, as a button's turn has room for."""
    return int((moment - _EPOCH).total_seconds())


async def _carried(errand: Errand, actor: Actor) -> int:
    """How many of a country's answers, as they are now, the person gave or wrote a part of."""
    person = errand.person.id
    given = {
        revision.prompt: revision.answer for revision in await errand.work.drafts.written_by(actor, person)
    }
    draft = await errand.work.drafts.open(actor, actor.country)
    now = draft.review.answers
    return sum(
        prompt in now and (now[prompt] == last or _is_partly_of(now[prompt], person))
        for prompt, last in given.items()
    )


def _is_partly_of(answer: Answer, person: int) -> bool:
    match answer.value:
        case Prose(parts=pieces) | RecordList(records=pieces):
            return any(piece.source.startswith(f"{person}:") for piece in pieces)
    return False


async def keep(errand: Errand, card: int) -> None:
    """Nothing is erased after all."""
    errand.say(EraseCancelled(), "kept", edits=card)


async def erase(errand: Errand, chat_id: int) -> None:
    """Forget a person: name, Telegram id, talk and messages go at once; the answers stay, without the name."""
    errand.note("erase", errand.actor.country, "person", "done")
    places = await errand.work.people.places(errand.person.id)
    held = [place for place in places if place.ended_at is None]
    await leading.hold(errand, held)
    await tell_of_erasure(errand)
    await errand.work.people.erase(errand.person.id, errand.cause.now)
    for place in held:
        await leading.pass_on(errand, place)
        await tell_of_leaving(errand, place)
    errand.work.outbox.post_to_chat(
        chat_id, Erased(), errand.person.language, key=errand.cause.key("erased"), now=errand.cause.now
    )
