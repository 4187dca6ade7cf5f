"""The secretariat's desk for people: who is missing, a country's team and links, places, claims to one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import N_, capital, listed
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.people import role_name
from bot.render.submission_words import step_name
from bot.render.voice import Spoken, Voice
from workflows import reference
from workflows.notices import Line
from workflows.notices.people_desk import (
    ClaimCard,
    ClaimHeard,
    ClaimSettled,
    ClaimWaits,
    CountryTeam,
    LeadPassed,
    LinkLine,
    MissingLine,
    PeopleDesk,
    PlaceCard,
    PlaceClosed,
    TeamLine,
)

NAME: Final = 60
_REACH: Final[Mapping[str, str]] = {"blocked": N_("has stopped the bot"), "gone": N_("cannot be reached")}
_LINKS: Final[Mapping[str, str]] = {
    "open": N_("{number}. {role}: link of {made}, open until {until}"),
    "taken_up": N_("{number}. {role}: link of {made}, taken up on {until}"),
    "lapsed": N_("{number}. {role}: link of {made}, ended unused on {until}"),
}
_TAKING_PART: Final[Mapping[str, str]] = {
    "": N_("Taking part: not answered yet"),
    "yes": N_("Taking part: yes, said on {date}"),
    "no": N_("Taking part: no, said on {date}. No reminders are sent."),
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "beside": N_("The secretariat has confirmed both as focal points: {country}."),
    "replaced": N_("The secretariat has confirmed a new focal point: {country}."),
    "refused": N_("The secretariat has confirmed that nothing changes for the focal points: {country}."),
    "over": N_(
        "{country}: nothing is left to decide. This person has come in meanwhile with another invitation."
    ),
}


def typed_name(voice: Voice, name: str) -> Spoken:
    """A name as somebody gave it, cut where it is too long for a line."""
    return voice.typed(clipped(name, NAME)) if name.strip() else voice.gettext("without a name")


# --- who is missing --------------------------------------------------------------------------------------------------


def desk(notice: PeopleDesk, voice: Voice) -> Message:
    """States without a focal point and why; claims that wait; a key for each state."""
    text = [
        _not_known(notice, voice),
        bold(voice.gettext("Countries without a focal point: {count}", count=len(notice.missing))),
        lines(plain(_missing(line, voice)) for line in _by_name(notice.missing, voice)),
        _waiting(notice.claims, voice),
        plain(
            voice.gettext(
                "You can also type the name of the country in your next message, or the whole command: {command}",
                command=voice.command("people JO"),
            )
        ),
    ]
    return message(text, [*_claim_rows(notice.claims, voice), *_country_rows(notice, voice)])


def _not_known(notice: PeopleDesk, voice: Voice) -> SafeHtml:
    if not notice.given:
        return NOTHING
    given = clipped(notice.given, NAME)
    said = plain(voice.gettext("⚠️ “{given}” was not recognised as a country of the region.", given=given))
    if not notice.suggestions:
        return said
    names = listed(voice, (voice.country_name(code) for code in notice.suggestions))
    return lines([said, plain(voice.gettext("Similar names: {countries}", countries=names))])


def _by_name(missing: Sequence[MissingLine], voice: Voice) -> list[MissingLine]:
    return sorted(missing, key=lambda line: voice.alphabetical(line.country))


def _missing(line: MissingLine, voice: Voice) -> Spoken:
    country = voice.country_name(line.country)
    if line.declined:
        return voice.gettext("• {country}: takes no part", country=country)
    if line.until:
        return voice.gettext(
            "• {country}: invited, link open until {date}", country=country, date=voice.moment(line.until)
        )
    if line.lapsed:
        return voice.gettext(
            "• {country}: link ended unused on {date}", country=country, date=voice.day_of(line.lapsed)
        )
    return voice.gettext("• {country}: not invited", country=country)


def _waiting(claims: Sequence[Line], voice: Voice) -> SafeHtml:
    if not claims:
        return NOTHING
    heading = bold(voice.gettext("Waiting for your decision: {count}", count=len(claims)))
    return lines([heading, *(plain(_claim(claim, voice)) for claim in claims)])


def _claim(claim: Line, voice: Voice) -> Spoken:
    country = voice.country_name(claim.detail)
    return voice.gettext("• {name} · {country}", name=typed_name(voice, claim.text), country=country)


def _claim_rows(claims: Sequence[Line], voice: Voice) -> Iterator[Row]:
    for claim in claims:
        label = voice.gettext("⚖️ Decide: {name}", name=typed_name(voice, claim.text))
        yield (button(label, Did("claim", f"{claim.id}.show")),)


def _country_rows(notice: PeopleDesk, voice: Voice) -> list[Row]:
    missing = {line.country for line in notice.missing}
    shown = list(notice.suggestions) or [
        state.code
        for state in sorted(reference.countries(), key=lambda state: voice.alphabetical(state.code))
        if state.code in missing or not notice.only_missing
    ]
    keys = [
        button(f"{'▫️' if code in missing else '👤'} {voice.country_name(code)}", Did("people", code))
        for code in shown
    ]
    return keyboards.in_columns(voice, keys)


# --- a country -------------------------------------------------------------------------------------------------------


def team(notice: CountryTeam, voice: Voice) -> Message:
    """A country's people and links, with a key for each that something can be done about."""
    answered = voice.day_of(notice.answered_at) if notice.answered_at else Spoken("")
    text = [
        bold(voice.country_name(notice.country)),
        lines([bold(voice.gettext("People")), *(plain(_who(line, voice)) for line in notice.people)])
        if notice.people
        else plain(voice.gettext("Nobody has come in yet.")),
        lines(
            [
                bold(voice.gettext("Invitations")),
                *(plain(_link(at, line, voice)) for at, line in enumerate(notice.links, 1)),
            ]
        )
        if notice.links
        else plain(voice.gettext("No invitation has been made yet.")),
        plain(voice.gettext(_TAKING_PART[notice.taking_part], date=answered)),
        _waiting(notice.claims, voice),
    ]
    return message(text, list(_team_rows(notice, voice)))


def _who(line: TeamLine, voice: Voice) -> Spoken:
    said = voice.gettext(
        "• {name} · {role} · since {date}",
        name=typed_name(voice, line.name),
        role=_role(line, voice),
        date=voice.day_of(line.since),
    )
    return (
        Spoken(f"{said}{voice.between}{voice.gettext(_REACH[line.reach])}") if line.reach in _REACH else said
    )


def _role(line: TeamLine, voice: Voice) -> Spoken:
    leads = line.lead and line.role == "focal_point"
    return voice.gettext("national focal point, lead") if leads else _asked(line.role, line.scope, voice)


def _asked(role: str, scope: str, voice: Voice) -> Spoken:
    """A role; of whoever clears a text, which of the clearances."""
    if role != "clearer":
        return role_name(voice, role)
    step = step_name(2 if scope == "2" else 1, voice)
    return voice.gettext("{role} ({step})", role=role_name(voice, role), step=step)


def _link(at: int, line: LinkLine, voice: Voice) -> Spoken:
    """A link by its place in the list: two of one day are told apart by it."""
    return voice.gettext(
        _LINKS[line.state],
        number=at,
        role=capital(_asked(line.role, line.scope, voice)),
        made=voice.day_of(line.made_at),
        until=voice.moment(line.until) if line.state == "open" else voice.day_of(line.until),
    )


def _team_rows(notice: CountryTeam, voice: Voice) -> Iterator[Row]:
    yield from _claim_rows(notice.claims, voice)
    for line in notice.people:
        yield (button(f"👤 {typed_name(voice, line.name)}", Did("person", str(line.place))),)
    for at, link in enumerate(notice.links, 1):
        if link.state == "taken_up":
            continue
        renew = voice.gettext("🔗 New link instead of {number}", number=at)
        yield (button(renew, Did("renew", str(link.id))),)
        if link.state == "open":
            close = voice.gettext("🔗 Close link {number}", number=at)
            yield (button(close, Did("close_link", str(link.id))),)
    invite = button(voice.gettext("Invite a focal point"), Did("invite", f"focal_point.{notice.country}"))
    told = button(voice.gettext("Who was told what"), Did("told", notice.country))
    yield keyboards.across(voice, [invite, told])
    yield (button(voice.gettext("All countries"), Did("people")),)


# --- a place ---------------------------------------------------------------------------------------------------------


def place(notice: PlaceCard, voice: Voice) -> Message:
    """One person's place, and what can be done; or the question whether it is to end."""
    text = [
        lines([bold(voice.country_name(notice.country)), plain(_who(notice.line, voice))]),
        _ending(notice, voice) if notice.ending else NOTHING,
    ]
    it = str(notice.line.place)
    if notice.ending:
        keys = [
            button(voice.gettext("Yes, end the place"), Did("end_place", f"{it}.yes")),
            button(voice.gettext("No, keep it"), Did("end_place", f"{it}.no")),
        ]
        return message(text, [keyboards.across(voice, keys)])
    return message(text, list(_place_rows(notice, it, voice)))


def _ending(notice: PlaceCard, voice: Voice) -> SafeHtml:
    if notice.line.role == "supporter":  # who has written nothing in any country's review
        follows = voice.gettext(
            "Access ends at once, and the person is told so courteously. Requests for support do not reach "
            "them any more. Coming back takes a new invitation."
        )
    else:
        follows = voice.gettext(
            "Access ends at once, and the person is told so courteously. What was written stays with the "
            "country. Coming back takes a new invitation."
        )
    name = typed_name(voice, notice.line.name)
    return lines([bold(voice.gettext("End the place of {name}?", name=name)), plain(follows)])


def _place_rows(notice: PlaceCard, it: str, voice: Voice) -> Iterator[Row]:
    if notice.line.role == "focal_point":
        if not notice.leads:
            yield (button(voice.gettext("Let this person lead"), Did("lead", it)),)
        yield (button(voice.gettext("A successor by link"), Did("replace", it)),)
    yield (button(voice.gettext("Who was told what"), Did("told_to", it)),)
    yield (button(voice.gettext("End this place"), Did("end_place", it)),)
    yield (button(voice.gettext("All of this country"), Did("people", notice.country)),)


def place_closed(notice: PlaceClosed, voice: Voice) -> Message:
    """To who leaves: thanks, what stays, and what remains open."""
    stays = N_("Thank you for your work. The answers stay with your country.")
    data = N_("Your details and the answers you wrote: {mydata}. To have your personal data erased: {erase}.")
    if notice.left == "supporter":  # who has no country and no answers in its review
        stays = N_("Thank you for your support. Requests for it do not reach you any more.")
        data = N_("What is kept about you: {mydata}. To have your personal data erased: {erase}.")
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("Your place in the review has ended: {country}.", country=country)),
        plain(voice.gettext(stays)),
        plain(voice.gettext("If this is a misunderstanding, please write to the secretariat.")),
        plain(voice.gettext(data, mydata=voice.command("mydata"), erase=voice.command("erase"))),
    ]
    return message(text)


def lead_passed(notice: LeadPassed, voice: Voice) -> Message:
    """Who leads from now on."""
    country = voice.country_name(notice.country)
    if not notice.name:
        text = [
            bold(voice.gettext("No focal point is left: {country}.", country=country)),
            plain(voice.gettext("What was written stays. You can invite somebody new.")),
        ]
        key = button(voice.gettext("All of this country"), Did("people", notice.country))
        return message(text, [(key,)])
    said = voice.gettext(
        "{name} now leads the focal points: {country}.", name=typed_name(voice, notice.name), country=country
    )
    return message([plain(said)])


# --- two who claim one place -----------------------------------------------------------------------------------------


def claim_waits(notice: ClaimWaits, voice: Voice) -> Message:
    """To who has come: the invitation is good, and the secretariat is asked."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("Your invitation has arrived: {country}.", country=country)),
        plain(
            voice.gettext(
                "Another person already takes part as focal point, with an invitation of their own."
            )
        ),
        plain(
            voice.gettext(
                "The secretariat is asked to confirm. Until then nothing is opened; you will hear here."
            )
        ),
        _own_data(voice),
    ]
    return message(text)


def claim_heard(notice: ClaimHeard, voice: Voice) -> Message:
    """To the focal points: somebody else has come, and the secretariat is asked."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("Another invitation as focal point has been opened: {country}.", country=country)),
        plain(
            voice.gettext(
                "The secretariat is asked to confirm. Until then that person sees nothing of your work."
            )
        ),
        plain(voice.gettext("Nothing changes for you; you will hear here what was decided.")),
    ]
    return message(text)


def claim_card(notice: ClaimCard, voice: Voice) -> Message:
    """Who has come and who is there, with the ways to decide."""
    name = typed_name(voice, notice.name)
    text = [
        bold(
            voice.gettext(
                "Two people came as focal point: {country}", country=voice.country_name(notice.country)
            )
        ),
        plain(voice.gettext("{name} has opened an invitation and waits outside.", name=name)),
        lines([plain(voice.gettext("Already in:")), *(plain(_who(line, voice)) for line in notice.others)]),
        plain(voice.gettext("Please ask the state whom it has named. Both have been told that you decide.")),
    ]
    it = str(notice.number)
    rows: list[Row] = [(button(voice.gettext("Both are focal points"), Did("claim", f"{it}.beside")),)]
    for line in notice.others:
        label = voice.gettext("In the place of {name}", name=typed_name(voice, line.name))
        rows.append((button(label, Did("claim", f"{it}.{line.place}")),))
    rows.append((button(voice.gettext("Do not let in"), Did("claim", f"{it}.refused")),))
    return message(text, rows)


def claim_settled(notice: ClaimSettled, voice: Voice) -> Message:
    """What was decided, in the same neutral words for all."""
    country = voice.country_name(notice.country)
    if notice.own:
        text = [
            plain(
                voice.gettext("The secretariat has confirmed other focal points: {country}.", country=country)
            ),
            plain(voice.gettext("Your invitation opens nothing more. Thank you for your readiness.")),
            _own_data(voice),
        ]
        return message(text)
    name = plain(typed_name(voice, notice.name)) if notice.name else NOTHING
    return message([plain(voice.gettext(_OUTCOMES[notice.outcome], country=country)), name])


def _own_data(voice: Voice) -> SafeHtml:
    """What somebody without a place may do all the same."""
    words = voice.gettext(
        "You may see what is kept about you with {mydata}, and have it erased with {erase}, at any time.",
        mydata=voice.command("mydata"),
        erase=voice.command("erase"),
    )
    return plain(words)


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {
    PeopleDesk: desk,
    CountryTeam: team,
    PlaceCard: place,
    PlaceClosed: place_closed,
    LeadPassed: lead_passed,
    ClaimWaits: claim_waits,
    ClaimHeard: claim_heard,
    ClaimCard: claim_card,
    ClaimSettled: claim_settled,
}
