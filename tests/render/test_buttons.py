"""The code on a button: what is written is read back, what was not written by us is told apart."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import LIMIT, Did, Forged, Written, read, write
from workflows.languages import LANGUAGES
from workflows.notices.assessment import MARKS
from workflows.people.requests import KINDS
from workflows.people.roles import OFFICES
from workflows.review.events import Act, Pressed, WentTo
from workflows.review.judge import judge, load_template
from workflows.review.template import Template

TURN, RECORD = 9_999_999, 999
"""Far above what a talk reaches, also once a backup was restored: no button grows too long in its last days."""

IDS = st.from_regex(r"[a-z0-9_.]{1,16}", fullmatch=True)
OPTIONS = st.from_regex(r"[a-z0-9_]{1,20}", fullmatch=True)
FIELDS = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)
MILESTONES = st.from_regex(r"[a-z][a-z0-9_]{0,23}", fullmatch=True)
NUMBERS = st.integers(0, 9999).map(str)
NUMBERED = st.integers(1, 10**12 - 1)
ARGUMENTS: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(("option", "tick", "untick", "row"), OPTIONS),
    **dict.fromkeys(("record", "remove", "removed", "join", "page"), NUMBERS),
    **dict.fromkeys(("field", "blank"), st.builds("{}:{}".format, NUMBERS, FIELDS)),
    "status": st.builds("{}:{}".format, OPTIONS, OPTIONS),
    "value": st.builds("{}:{}:{}{}".format, NUMBERS, FIELDS, st.sampled_from(["", "+", "-"]), OPTIONS),
    "menu": st.sampled_from(["main", "other", "adapt", "clear"]),
    "state": st.sampled_from(["not_applicable", "declined", "not_known"]),
    "place": IDS,
    "restore": st.one_of(st.just(""), IDS),
}


@st.composite
def presses(draw: st.DrawFn) -> Pressed:
    act: Act = draw(st.sampled_from(get_args(Act)))
    arg = draw(ARGUMENTS[act]) if act in ARGUMENTS else ""
    return Pressed(draw(st.integers(0, TURN)), act, arg)


MEANINGS: st.SearchStrategy[Written] = st.one_of(
    presses(),
    st.sampled_from(["hub", "continue", "held"]).map(WentTo),
    st.builds(
        lambda kind, name: WentTo(f"{kind}:{name}"), st.sampled_from(["section", "question", "prompt"]), IDS
    ),
    st.builds(Did, st.just("language"), st.sampled_from(["ar", "en", "fr"])),
    st.builds(Did, st.just("clock"), st.sampled_from(["24", "12"])),
    st.builds(Did, st.just("digits"), st.sampled_from(["auto", "latn", "arab"])),
    st.builds(
        lambda turn, word: Did("erase", f"{turn}.{word}"),
        st.integers(0, TURN),
        st.sampled_from(["yes", "no"]),
    ),
    st.builds(Did, st.just("calendar"), st.sampled_from(["", "0", "7", "-1", "-12"])),
    st.builds(Did, st.just("hijri"), st.sampled_from(["on", "off"])),
    st.builds(Did, st.sampled_from(["event", "ics", "agenda", "schedule"]), MILESTONES),
    st.builds(lambda name: Did("agenda", f"{name}.again"), MILESTONES),
    st.builds(Did, st.sampled_from(["ics", "agenda", "schedule"])),
    st.builds(
        lambda name, what: Did("reschedule", f"{name}.{what}"),
        MILESTONES,
        st.sampled_from(["date", "place", "open", "online", "in_person", "take_back", "end.YE"]),
    ),
    st.builds(lambda number: Did("schedule_page", number), NUMBERS),
    st.builds(
        lambda number, at: Did("proposal", f"{number}.{at}"), st.integers(1, 10**12 - 1), st.integers(0, 9)
    ),
    st.builds(
        lambda number, word: Did("move", f"{number}.{word}"),
        st.integers(1, 10**12 - 1),
        st.sampled_from(["do", "not"]),
    ),
    st.builds(Did, st.just("glossary"), st.sampled_from(["", "terms.0", "organizations.12"])),
    st.builds(Did, st.just("tagged"), st.one_of(st.just(""), OPTIONS)),
    st.builds(lambda name, page: Did("tagged", f"{name}.{page}"), OPTIONS, NUMBERS),
    st.builds(Did, st.just("earlier"), IDS),
    st.builds(lambda number, place: Did("take_earlier", f"{number}:{place}"), NUMBERED, IDS),
    st.builds(Did, st.just("earlier_review"), st.sampled_from(["", "pdf"])),
    st.builds(Did, st.just("received"), IDS),
    st.builds(
        lambda number, seen, place: Did("received_add", f"{number}:{seen}:{place}"),
        NUMBERED,
        st.integers(0, 99_999),
        IDS,
    ),
    st.builds(
        lambda name, what: Did("floor", f"{name}.{what}"),
        MILESTONES,
        st.sampled_from(["ask", "back", "card"]),
    ),
    st.builds(lambda name: Did("speakers", f"{name}.card"), MILESTONES),
    st.builds(
        lambda number, what: Did("speaker", f"{number}.{what}"),
        NUMBERED,
        st.sampled_from(["give", "done", "remove", "1", "22"]),
    ),
    st.builds(lambda name, group: Did("point_add", f"{name}.{group}"), MILESTONES, st.integers(0, 9)),
    st.builds(
        lambda number, what: Did("point", f"{number}{what}"),
        NUMBERED,
        st.sampled_from(["", ".said", ".tool", ".remove"]),
    ),
    st.builds(
        lambda name, what: Did("points_go", f"{name}.{what}"), MILESTONES, st.sampled_from(["on", "off"])
    ),
    st.builds(Did, st.sampled_from(["points", "points_file", "attendance_file"]), MILESTONES),
    st.builds(Did, st.just("taking_part"), st.sampled_from(["", "yes", "no"])),
    st.builds(Did, st.just("assess"), st.one_of(st.just(""), OPTIONS)),
    st.builds(
        lambda name, act, seen: Did("assess", f"{name}.{act}.{seen}"),
        OPTIONS,
        st.sampled_from([*MARKS, "none", "no_note"]),
        st.integers(0, 10**9 - 1),
    ),
    st.builds(
        lambda sort, name: Did("assess_support", f"{sort}.{name}"),
        st.sampled_from(["principle", "section"]),
        OPTIONS,
    ),
    st.builds(
        lambda what, token: Did("call", f"{what}.{token}"),
        st.sampled_from(["ar", "en", "fr", "go_ar", "go_en", "go_fr"]),
        st.from_regex(r"[A-Za-z0-9_-]{43}", fullmatch=True),
    ),
    st.builds(
        lambda number, act: Did("input", f"{number}.{act}"),
        NUMBERED,
        st.sampled_from(
            [
                "category",
                "category.media",
                "send.3",
                "careful.0",
                "agree",
                "agree_named",
                "unnamed",
                "secretariat",
                "name",
                "no_name",
                "text",
                "anew",
                "consent",
                "withdraw",
                "withdraw_yes",
                "take_down",
                "whole",
            ]
        ),
    ),
    st.builds(Did, st.just("input"), st.sampled_from(["", "new", "7"])),
    st.builds(
        Did,
        st.just("inputs"),
        st.sampled_from(
            ["", "call", "call.any", "call.media.never", "end.2", "end_yes.2", "table", "public"]
        ),
    ),
    st.builds(lambda name, page: Did("input_list", f"{name}.{page}"), OPTIONS, NUMBERS),
    st.builds(lambda number: Did("input_read", str(number)), NUMBERED),
    st.builds(
        lambda number, back: Did("input_publish", f"{number}{back}"), NUMBERED, st.sampled_from(["", ".back"])
    ),
    st.builds(Did, st.sampled_from(["assess_areas", "assess_outline"])),
    st.builds(Did, st.just("ask"), st.one_of(st.just(""), IDS)),
    st.builds(lambda kind, place: Did("ask_kind", f"{kind}.{place}"), st.sampled_from(KINDS), IDS),
    st.builds(lambda number, kind: Did("ask_send", f"{number}.{kind}"), NUMBERED, st.sampled_from(KINDS)),
    st.builds(lambda number, name: Did("ask_entry", f"{number}.{name}"), NUMBERED, MILESTONES),
    st.builds(lambda number: Did("is_answer", str(number)), NUMBERED),
    st.builds(lambda number, name: Did("ask_term", f"{number}.{name}"), NUMBERED, MILESTONES),
    st.builds(lambda number, to: Did("request_pass", f"{number}.{to}"), NUMBERED, st.sampled_from(OFFICES)),
    st.builds(
        lambda verb, number: Did(verb, str(number)),
        st.sampled_from(["ask_person", "ask_fits", "my_request", "request", "request_take", "answered"]),
        NUMBERED,
    ),
    st.builds(Did, st.just("requests"), st.sampled_from(["", "JO", "all", "JO.2", "all.0"])),
    st.builds(lambda office: Did("supporter_link", f"{office}.all"), st.sampled_from(OFFICES)),
    st.builds(Did, st.just("supporters"), st.sampled_from(["", *OFFICES])),
    st.builds(
        Did, st.just("invite"), st.sampled_from(["", "secretariat", "focal_point.JO", "contributor.MA"])
    ),
    st.builds(
        lambda verb, number, switch: Did(verb, f"{number}.{switch}"),
        st.sampled_from(["announce_ready", "announce_template"]),
        NUMBERED,
        st.sampled_from(["on", "off"]),
    ),
    st.builds(
        lambda verb, number, language: Did(verb, f"{number}.{language}"),
        st.sampled_from(["announce_in", "announce_anew", "announce_without"]),
        NUMBERED,
        st.sampled_from(LANGUAGES),
    ),
    st.builds(
        lambda number, one, other, since: Did("announce_move", f"{number}.{one}.{other}.{since}"),
        NUMBERED,
        st.sampled_from(LANGUAGES),
        st.sampled_from(LANGUAGES),
        NUMBERED,
    ),
    st.builds(lambda number: Did("replace", str(number)), st.integers(1, 10**9)),
    st.builds(Did, st.just("replace"), st.sampled_from(["JO", "MA"])),
    st.builds(
        Did, st.sampled_from(["help", "privacy", "settings", "languages", "mydata", "progress", "status"])
    ),
)


@given(MEANINGS)
def test_what_is_written_is_read_back(meaning: Written) -> None:
    data = write(meaning)
    assert len(data.encode()) <= LIMIT
    assert data.isascii()
    assert read(data) == meaning


@given(st.one_of(st.text(max_size=80), st.binary(max_size=80).map(lambda raw: raw.decode("latin-1"))))
def test_whatever_comes_is_read_without_an_error(data: str) -> None:
    meaning = read(data)
    assert meaning == Forged(data) or write(meaning) == data  # type: ignore[arg-type]  # a Forged is equal before


@given(MEANINGS, st.integers(0, 63), st.characters())
def test_a_changed_byte_is_another_meaning_or_forged(meaning: Written, place: int, letter: str) -> None:
    data = write(meaning)
    changed = data[:place] + letter + data[place + 1 :]
    found = read(changed)
    assert isinstance(found, Forged) or write(found) == changed


@pytest.mark.parametrize(
    "data",
    [
        "", ".", "17", "17.", "17.option", "17.option.", "17.option.YES", "17.option.yes.no", "017.back", "-1.back",
        "+1.back", "1e3.back", "١٧.back", "17.back.x", "17.done.1", "17.explode", "17.page.-1", "17.page.01",
        "17.menu.root", "17.state.answered", "17.status.6", "17.status.6:", "17.value.3:kind", "17.value.3:kind:=x",
        "17.value.3:kind:+-x", "17.field.3", "17.removed.x", "9999999999.back", "17.back\n", "17 .back", "go.", "go",
        "go.hub.x", "go.section", "go.section:", "go.section:a b", "go.prompt:1A", "do", "do.", "do.language",
        "do.language.de", "do.language.ar.", "do.erase.17", "do.erase.17.maybe", "do.erase.-1.yes", "do.help.me",
        "do.replace", "do.replace.0", "do.replace.x", "do.replace.jo", "do.replace.JOR",
        "do.invite.focal_point", "do.invite.focal_point.jo",
        "do.invite.owner.JO", "do.drop_tables",
        "do.calendar.-0", "do.calendar.007", "do.calendar.+1", "do.calendar.100",
        "do.earlier", "do.earlier.1F", "do.take_earlier.0:1f.2", "do.take_earlier.7", "do.take_earlier.1f.2",
        "do.earlier_review.docx", "do.received", "do.received_add.7:1h.2", "do.received_add.0:1:1h.2",
        "do.point", "do.point.7.no", "do.point_add.session1", "do.points_go.session1",
        "do.floor.session1", "do.floor.session1.give", "do.speaker.7", "do.speaker.7.0", "do.speaker.0.give",
        "do.move.0.do", "do.move.7", "do.move.7.yes", "do.proposal.7.10", "do.reschedule.forum",
        "do.reschedule.forum.end",
        "do.reschedule.forum.end.ye", "do.reschedule.forum.burn", "do.schedule_page",
        "do.ask.1F", "do.ask_kind", "do.ask_kind.money", "do.ask_send.0.data", "do.ask_send.7", "do.ask_entry.7",
        "do.ask_entry.7.No", "do.request", "do.request.x", "do.request_pass.7.unicef", "do.requests.jo",
        "do.requests.all.x", "do.supporters.unicef", "do.supporter_link.escwa", "do.supporter_link.escwa.jo",
        "do.my_requests.-1", "do.offer_take.7", "do.answered", "do.request_take.7.8",
        "do.announce_send.7", "do.announce_send.7.later", "do.announce_at.7.1", "do.announce_in.7.de",
        "do.announce_to.7", "do.announce_anew.7", "do.announce_move.7.ar.fr", "do.announce_move.7.ar.fr.0",
        "do.announcement", "do.announcement.0", "do.claim.7", "do.claim.7.maybe", "do.people.jo", "do.told.jo",
        "do.end_place.7.perhaps", "do.renew.-1",
        "do.hijri", "do.hijri.maybe", "do.event", "do.event.Session1", "do.event.1", "do.event.a.b", "do.ics.a-b",
        "do.agenda.session1.now", "do.agenda..again", "do.taking_part.maybe", "do.taking_part.yes.no",
        "17.tick." + "a" * 60, "17.tick.é",
        "999999999.value.99999:" + "f" * 20 + ":+" + "o" * 25,
    ],
)  # fmt: skip
def test_a_forged_code_is_told_apart(data: str) -> None:
    assert read(data) == Forged(data)


@pytest.mark.parametrize(
    "meaning",
    [
        Pressed(-1, "back"),
        Pressed(17, "back", "1"),
        Pressed(17, "option"),
        Pressed(17, "option", "Yes"),
        Pressed(17, "status", "a" * 25 + ":" + "b" * 40),
        Pressed(999_999_999, "value", "99999:" + "f" * 20 + ":+" + "o" * 25),
        WentTo("moon"),
        WentTo("prompt:" + "1" * 17),
        Did("drop_tables"),
        Did("language", "de"),
    ],
)
def test_a_button_that_could_not_be_read_back_is_not_written(meaning: Written) -> None:
    with pytest.raises(ValueError, match="no button can say"):
        write(meaning)


def test_every_act_has_a_button() -> None:
    missing = [act for act in get_args(Act) if act not in ARGUMENTS and read(f"1.{act}") != Pressed(1, act)]
    assert not missing


def every_button_of(template: Template) -> list[Written]:
    """Each button that a template can need, with a turn and other numbers as long as they can get."""
    found: list[Written] = []
    for prompt in template.prompts:
        options = [option.value for option in template.options_of(prompt)]
        scale = [option.value for option in template.scale_of(prompt)]
        found += [WentTo(f"prompt:{prompt}"), Pressed(TURN, "place", prompt)]
        found += [
            Pressed(TURN, act, value) for value in options for act in ("option", "tick", "untick", "row")
        ]
        found += [Pressed(TURN, "status", f"{row}:{status}") for row in options for status in scale]
        for field in template.fields_of(prompt):
            here = f"{RECORD}:{field.id}"
            found += [Pressed(TURN, "field", here), Pressed(TURN, "blank", here)]
            values = [option.value for option in template.field_options(prompt, field)]
            signs = ("+", "-") if field.type == "choices" else ("",)
            found += [Pressed(TURN, "value", f"{here}:{sign}{value}") for value in values for sign in signs]
    found += [WentTo(f"question:{question}") for question in template.questions]
    found += [Pressed(TURN, "restore", question) for question in template.questions]
    for section in template.sections:
        prompts = [prompt.id for question in section.questions for prompt in question.prompts]
        found += [Did("agree", f"{TURN}.publish.sure.99.{section.id}:{prompt}") for prompt in prompts]
    return found + [WentTo(f"section:{section.id}") for section in template.sections]


SHIPPED = sorted((Path(__file__).parents[2] / "workflows" / "data" / "templates").glob("*.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_button_of_a_shipped_template_fits(file: Path) -> None:
    buttons = every_button_of(load_template(file))
    assert len(buttons) > 500
    assert {meaning: read(write(meaning)) for meaning in buttons} == {meaning: meaning for meaning in buttons}


TINY = (Path(__file__).parents[1] / "templates" / "tiny.yaml").read_text("utf-8")
ROW, SHELVES, SECTION = '- value: "3"', "- id: shelves\n        label", "- id: shelves\n    number"
JOINED = {
    "a row and its status": (
        "option_sets.shelves[2].value",
        (("- value: poor", "- value: " + "s" * 24), (ROW, "- value: " + "r" * 24)),
    ),
    "a field and what is ticked in it": (
        "option_sets.shelves[2].value",
        ((SHELVES, SHELVES.replace("shelves", "f" * 20)), (ROW, "- value: " + "o" * 24)),
    ),
    "a section and a prompt in its consent": (
        "sections[1].questions[1].prompts[0].id",
        ((SECTION, SECTION.replace("shelves", "s" * 24)), ('- id: "2b.1"', "- id: " + "p" * 6)),
    ),
}
"""Two ids that stand on one button, as long as they may be, and where the second is."""


@pytest.mark.parametrize("name", JOINED)
def test_what_is_called_good_fits_on_every_button_and_one_letter_more_is_refused(name: str) -> None:
    place, exchanged = JOINED[name]
    text = TINY
    for old, new in exchanged:
        assert text.count(old) == 1
        text = text.replace(old, new)
    good = judge(text)
    assert isinstance(good, Template)
    assert max(len(write(meaning)) for meaning in every_button_of(good)) == LIMIT
    longer = judge(text.replace(new, new + new[-1]))
    assert not isinstance(longer, Template)
    (fault,) = longer
    assert fault.place.startswith(f"{place} (line ")
    assert "cannot be carried by a button together with" in fault.fault
    assert "both together have at most" in fault.remedy
