"""The help desk in an office's group: requests in the topic of who asks, and quiet lines."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.headings import N_, listed
from bot.render.markup import NOTHING, SafeHtml, bold, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.support_desk import NEWS, involved
from bot.render.support_words import LONGEST, heading, office_name, spoken
from bot.render.voice import Spoken, Voice
from workflows.notices.support_group import GroupNews, GroupRequest, GroupTold
from workflows.review.template import Template

TOPIC_NAME: Final = 100
"""So long the name of a topic may be, in UTF-16 units; Telegram takes 128 characters."""

_NEWS: Final[Mapping[GroupNews, str]] = {
    **{news: NEWS[news] for news in ("new", "passed", "silent", "more", "again", "closed", "taken")},
    "answered": N_("✅ A request was answered elsewhere"),
    "gone": N_("A request has passed on to: {office}"),
}
_IN_SHORT: Final = frozenset({"taken", "answered", "closed", "gone"})
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "may_connect": (
        N_(
            "Rafiq can bring requests for support into this group, a topic for each person who asks. "
            "To connect the group: {connect}"
        ),
        N_("Everybody in this group will then read the requests of {country} to: {office}."),
        N_("Without that, Rafiq leaves the group."),
    ),
    "needs_topics": (
        N_("This group has no topics, so Rafiq has not connected it."),
        N_(
            "Please turn topics on in the settings of the group, let Rafiq be an administrator who may manage topics, "
            "and send {connect} again."
        ),
    ),
    "connected": (
        N_(
            "This group is connected: requests for support now arrive here, a topic for each person who asks."
        ),
        N_("Everybody in this group will read the requests of {country} to: {office}."),
        N_("Name and role of who asks stand beside them; answers of a review never do."),
        N_(
            "Requests sent before any group read them stay in your own chats: who asked could not know of a group."
        ),
        N_("To open the topics, Rafiq has to be an administrator who may manage topics."),
        N_("To close a request: {close}. To end the connection: {disconnect}."),
    ),
    "no_rights": (
        N_("Rafiq may not open topics here, so requests arrive outside them."),
        N_("Please let Rafiq be an administrator who may manage topics."),
    ),
    "disconnected": (
        N_("The connection has ended: no request arrives here any more."),
        N_("Requests reach the people of the office in their own chats, as before."),
    ),
    "ended": (
        N_("The connection has ended, because the person who made it no longer has that place."),
        N_("Somebody of the office can connect the group anew: {connect}"),
    ),
    "lost": (
        N_("Rafiq can no longer write into the group that read the requests of {country} to: {office}."),
        N_("Requests reach you here, as before. To connect a group anew: {connect} in that group."),
    ),
    "sent": (N_("✅ Request {number}: your answer has gone out, under the name of: {office}."),),
    "not_open": (N_("Nothing was sent: no request that you can answer belongs to this message."),),
    "which": (
        N_(
            "Which request is meant? Please write {close} in reply to its message, or with its number. "
            "Open here: {numbers}"
        ),
    ),
    "only_text": (N_("Nothing was sent: only text can be an answer here."),),
    "too_long": (N_("Nothing was sent: this is more than fits into one answer."),),
    "closed": (N_("Nothing was sent: request {number} is closed. Who asked can open it again at any time."),),
    "closed_before": (N_("Request {number} was closed before. Who asked can open it again at any time."),),
    "none_to_close": (N_("Nothing was closed: no request that you can answer is meant by this."),),
    "held": (
        N_("Nothing was changed: this group already reads the requests of {country} to: {office}."),
        N_("Somebody of that office, or of the secretariat, can end that connection first: {disconnect}"),
    ),
    "helps": (
        N_("To answer a request, reply to its message here."),
        N_("To close a request: {close}. To end the connection: {disconnect}."),
        N_("For everything else, please write to Rafiq in your own chat."),
    ),
    "not_theirs": (
        N_("Nothing was sent: only people of this office whom Rafiq knows can answer here: {office}."),
    ),
    "edited": (N_("Your earlier words have gone out already. To correct them, please reply again."),),
}


def request(notice: GroupRequest, voice: Voice, template: Template | None) -> Message:
    """A request with what was said, in short where only its state is new, and how it is answered."""
    office = notice.request.office if notice.news == "gone" else notice.former
    text: list[SafeHtml] = [
        bold(voice.gettext(_NEWS[notice.news], office=office_name(voice, office)))
        if notice.news
        else NOTHING,
        lines([heading(voice, template, notice.request, country=True), *involved(notice, voice)]),
    ]
    if notice.news == "answered" and not notice.whole:
        text += spoken(voice, notice.words[-1:])
    if notice.whole or notice.news not in _IN_SHORT:
        text += [quoted(notice.request.text), *spoken(voice, notice.words, LONGEST)]
        text.append(_attached(voice) if notice.attached else NOTHING)
    keys = _keys(notice, voice)
    if keys and notice.request.state != "closed":
        words = voice.gettext(
            "To answer, reply to this message: your words go to who asks, under the name of your office. "
            "Everything else that is written here stays here."
        )
        text.append(plain(words))
    return message(text, keys)


def _attached(voice: Voice) -> SafeHtml:
    words = voice.gettext(
        "An answer of the review is attached. It is not shown in a group: {command} in your own chat shows it.",
        command=voice.command("requests"),
    )
    return plain(words)


def _keys(notice: GroupRequest, voice: Voice) -> list[Row]:
    """What is safe in a group: each press is judged by who presses. By its keys a reply finds the request of a card."""
    if notice.news == "gone":
        return []
    number, keys = str(notice.request.id), list[Button]()
    if notice.request.state == "closed":
        return [_shown(voice, notice.request.id)]
    if notice.request.state == "open":
        keys.append(button(voice.gettext("👤 Take it"), Did("request_take", number)))
    keys.append(button(voice.gettext("Close it"), Did("request_close", number)))
    return [keyboards.across(voice, keys)]


def _shown(voice: Voice, request: int) -> Row:
    return (button(voice.gettext("📄 Show the request"), Did("request", str(request))),)


def told(notice: GroupTold, voice: Voice) -> Message:
    """A line or a few, the first of them set off where there are several."""
    country = voice.country_name(notice.country) if notice.country else voice.gettext("every country")
    values: dict[str, Any] = {
        "country": country,
        "office": office_name(voice, notice.office),
        "numbers": listed(voice, [voice.number(each) for each in notice.requests]),
        "number": voice.number(notice.requests[0]) if notice.requests else "",
        **{name: voice.command(name) for name in ("connect", "disconnect", "close")},
    }
    first, *others = [voice.gettext(words, **values) for words in _TOLD[notice.code]]
    keys = [_shown(voice, notice.requests[0])] if notice.code in ("sent", "closed", "closed_before") else []
    return message([bold(first) if others else plain(first), *map(plain, others)], keys)


def topic_name(voice: Voice, name: str, country: str) -> str:
    """How the topic of somebody is called in the list of topics."""
    parts = [voice.country_name(country), Spoken(name)] if name else [voice.country_name(country)]
    return str(clipped_at_word(voice.joined(parts), TOPIC_NAME))


RENDERED_WITH_TEMPLATE: Final[Mapping[type[Any], Callable[[Any, Voice, Template | None], Message]]] = {
    GroupRequest: request,
}
RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {GroupTold: told}
"""What renders each of these notices; the template gives a question its number."""
