"""The cards of the talk: what stands on them, and which ways out they offer."""

from datetime import timedelta

import pytest

from bot.buttons import Did, read
from bot.render import Message, Voice, pages, render
from tests.render.samples import FIRST, TEMPLATE, budget, prompt_of
from tests.render.test_cutting import visible
from workflows.languages import LANGUAGES, Language
from workflows.notices import (
    Answered,
    Ask,
    AskField,
    Budget,
    Colleagues,
    CountryLine,
    EraseAsk,
    Explained,
    Hub,
    InviteWhom,
    Line,
    Notice,
    Privacy,
    QuestionLine,
    RecordCard,
    ReplaceWhom,
    Saved,
    SectionLine,
    SectionView,
    StatusList,
)
from workflows.notices.hands import Colleague
from workflows.review.events import Pressed, WentTo
from workflows.store import retention

ARABIC, ENGLISH, FRENCH = Voice.of("ar", "latn", "JO"), Voice.of("en"), Voice.of("fr")


def show(notice: Notice, voice: Voice = ENGLISH) -> Message:
    return render(notice, voice, TEMPLATE)


def text(notice: Notice, voice: Voice = ENGLISH) -> str:
    return visible(show(notice, voice).text).replace("\u00a0", " ")


def labels(message: Message) -> list[str]:
    return [button.label for row in message.keyboard for button in row]


def meanings(message: Message) -> list[object]:
    return [read(button.data) for row in message.keyboard for button in row]


def ask(prompt: str, **values: object) -> Ask:
    return Ask.model_validate({"turn": 17, "prompt": prompt, "position": 3, "total": 18, **values})


# --- asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ar", "القسم الأول: المنهجية · السؤال 3 من 18"),
        ("en", "Section I: Methodology · Question 3 of 18"),
        ("fr", "Section I : Méthodologie · Question 3 sur 18"),
    ],
)
def test_a_card_says_where_one_is(language: Language, heading: str) -> None:
    assert text(ask("1f.2"), Voice.of(language)).startswith(heading)


def test_a_question_has_its_number_in_the_readers_script() -> None:
    assert "1\N{NON-BREAKING HYPHEN}هـ. " in text(ask("1e.2"), ARABIC)
    assert "١\N{NON-BREAKING HYPHEN}هـ. " in text(ask("1e.2"), Voice.of("ar", "auto", "JO"))
    assert "1e. " in text(ask("1e.2"))


def test_the_whole_question_stands_at_its_first_prompt_only() -> None:
    whole = TEMPLATE.questions["1a"].text.en
    assert whole in text(ask("1a.1"))
    assert whole not in text(ask("1a.2"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("prompt", "above"), [("2b.2", "2b.1"), ("3c.5", "3c.4"), ("3b.2", "3b.1")])
def test_a_prompt_that_follows_upon_another_shows_it_above(
    language: Language, prompt: str, above: str
) -> None:
    voice = Voice.of(language)
    first, second = (TEMPLATE.prompts[name].words(language) for name in (above, prompt))
    shown = visible(show(ask(prompt), voice).text)
    assert first[:120] in shown
    assert shown.index(first[:120]) < shown.index(second)
    assert f"<i>{first[:40]}" in show(ask(prompt), voice).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prompt_without_a_condition_is_not_longer_for_it(language: Language) -> None:
    for prompt, found in TEMPLATE.prompts.items():
        if found.when is None and TEMPLATE.type_of(prompt).kind != "guidance":
            question = TEMPLATE.question_of[prompt]
            others = [other for other in question.prompts if other.id != prompt]
            shown = show(ask(prompt), Voice.of(language)).text
            assert not any(
                f"<i>{other.words(language)[:60]}" in shown for other in others if other.type != "guidance"
            )


def test_a_list_that_goes_on_below_has_no_keys() -> None:
    closed = Answered(prompt="1a.2", state="answered", records=3)
    assert meanings(show(closed)) == [WentTo("prompt:1a.2")]
    passed = show(closed.model_copy(update={"superseded": True}))
    assert passed.keyboard == ()
    assert "3 entries" in visible(passed.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_in_a_list_ends_with_a_whole_word(language: Language) -> None:
    voice = Voice.of(language)
    for section in TEMPLATE.sections:
        line = SectionLine(id=section.id, settled=0, total=9, words=0, limit=500)
        questions = tuple(QuestionLine(id=question.id, state="open") for question in section.questions)
        shown = visible(show(SectionView(section=section.id, line=line, questions=questions), voice).text)
        for cut in (words for words in shown.splitlines() if words.endswith("…")):
            kept = cut.removesuffix("…").split(". ", 1)[1]
            whole = next(
                words
                for question in section.questions
                if (words := voice.published(question.words(language))).startswith(kept)
            )
            assert not whole[len(kept)].isalnum()


def test_the_secretariats_ways_on_are_its_own() -> None:
    for code in ("command_unknown", "no_answers_here", "photo"):
        found = meanings(show(Explained.model_validate({"code": code, "role": "secretariat"})))
        assert found == [Did("status"), Did("invite")]
    assert WentTo("hub") in meanings(show(Explained(code="command_unknown", role="focal_point")))


@pytest.mark.parametrize("notice", [InviteWhom(replacing=True), InviteWhom(replacing=True, given="x")])
def test_asking_where_somebody_takes_over_invites_nobody(notice: InviteWhom) -> None:
    found = meanings(show(notice))
    assert len(found) == 22
    assert all(isinstance(key, Did) and key.verb == "replace" for key in found)
    assert "In which country does a successor take over?" in text(notice)


def test_colleagues_are_named_with_what_they_were_asked_for() -> None:
    team = (
        Colleague(place=1, name="Layla Haddad", role="focal_point", lead=True),
        Colleague(place=2, name="Karim", role="contributor", scope="1f", written=2),
    )
    notice = Colleagues(country="LB", people=team)
    assert (
        "• Layla Haddad · national focal point, lead\n• Karim · contributor · question 1f · 2 answers written"
        in text(notice)
    )
    assert meanings(show(notice)) == [Did("colleague", "2"), Did("scope")]


def test_privacy_says_what_the_store_does() -> None:
    kept = {rule.name: rule.after for rule in retention.RULES}
    assert kept["outbox.payload"] == timedelta(hours=pages.SENT_HOURS)
    assert kept["dead_letter.payload"] == timedelta(hours=pages.FAILED_HOURS)
    assert kept["outbox"] == kept["dead_letter.parked"] == timedelta(days=pages.ROW_DAYS)
    assert kept["written_input.draft"] == timedelta(days=pages.DRAFT_DAYS)
    assert kept["reminder"] == timedelta(days=pages.REMINDER_MONTHS * 365 / 12)
    shown = text(Privacy(role="focal_point"))
    for said in ("about 24 hours", "about 48 hours", "up to 90 days", "for 24 months"):
        assert said in shown


def test_a_question_of_one_prompt_is_said_once() -> None:
    assert text(ask("1c.1")).count(TEMPLATE.prompts["1c.1"].text.en) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_is_said_once(language: Language) -> None:
    hint = TEMPLATE.prompts["3d.2"].words(language)
    assert text(ask("3d.1"), Voice.of(language)).count(hint) == 1


def test_the_corrected_arabic_is_shown() -> None:
    shown = text(ask("1a.1"), ARABIC)
    assert "أنشأتم" in shown
    assert "هل أنشأت آليةً" not in shown


def test_the_states_own_wording_is_marked_and_the_templates_stays() -> None:
    shown = text(ask("1c.1", wording="Which bodies took part?"))
    assert "In your country's own words:\nWhich bodies took part?" in shown
    assert TEMPLATE.prompts["1c.1"].text.en in shown


def test_yes_and_no_stand_side_by_side_in_reading_order() -> None:
    assert [button.label for button in show(ask("1a.1")).keyboard[0]] == ["Yes", "No"]
    assert [button.label for button in show(ask("1a.1"), ARABIC).keyboard[0]] == ["لا", "نعم"]


def test_a_given_answer_is_marked() -> None:
    message = show(ask("1a.1", state="answered", chosen=("no",)))
    assert [button.label for button in message.keyboard[0]] == ["Yes", "✅ No"]
    assert "✔ Recorded: No" in visible(message.text)


def test_the_23_objectives_stand_in_two_columns_and_set_what_they_say() -> None:
    message = show(ask("1g.2", state="answered", chosen=("6",)))
    rows = message.keyboard[:12]
    assert [len(row) for row in rows] == [2] * 11 + [1]
    found = [read(button.data) for row in rows for button in row]
    expected = [Pressed(17, "untick" if number == 6 else "tick", str(number)) for number in range(1, 24)]
    assert found == expected
    assert labels(message)[5] == "✅ 6. Recruitment and decent work"
    assert Pressed(17, "done") in meanings(message)


def test_arabic_columns_begin_on_the_right() -> None:
    row = show(ask("1g.2"), ARABIC).keyboard[0]
    assert [read(button.data) for button in row] == [Pressed(17, "tick", "2"), Pressed(17, "tick", "1")]


def test_the_chosen_objectives_come_first_in_the_matrix() -> None:
    message = show(ask("3a.3", rows_first=("8", "6")))
    assert meanings(message)[:3] == [
        Pressed(17, "row", "6"),
        Pressed(17, "row", "8"),
        Pressed(17, "row", "1"),
    ]


def test_the_matrix_says_its_statuses_in_short_lines() -> None:
    cells = {"1": "planned", "3": "planned", "2": "in_progress"}
    shown = text(ask("3a.3", cells=cells, state="answered"))
    assert "Planned: 1, 3" in shown
    assert "In progress: 2" in shown
    assert "Not reviewed" not in shown


def test_a_row_offers_its_statuses() -> None:
    message = show(ask("3a.3", cells={"6": "planned"}, row="6"))
    assert Pressed(17, "status", "6:in_progress") in meanings(message)
    assert "✅ Planned" in labels(message)
    assert meanings(message)[-1] == Pressed(17, "menu", "main")


def test_records_are_keys_and_long_lists_have_pages() -> None:
    lines = tuple(Line(id=str(at), text=f"Ministry {at}") for at in range(1, 31))
    first, second = (show(ask("1a.2", records=lines, state="answered", page=page)) for page in (0, 1))
    assert labels(first)[:2] == ["1. Ministry 1", "2. Ministry 2"]
    assert Pressed(17, "page", "1") in meanings(first)
    assert labels(second)[:2] == ["25. Ministry 25", "26. Ministry 26"]
    assert Pressed(17, "page", "0") in meanings(second)
    assert "30 entries so far" in visible(first.text)


def test_an_empty_list_has_no_done() -> None:
    assert Pressed(17, "done") not in meanings(show(ask("1a.2")))


def test_a_text_says_what_is_left() -> None:
    shown = text(ask("1f.2", budget=budget(123)), ARABIC)
    assert "بقيت 377 كلمةً من أصل 500 في هذا القسم." in shown


def test_a_text_already_given_can_go_on_or_be_replaced() -> None:
    message = show(ask("1f.2", state="answered", excerpt="Few data.", budget=budget(2)))
    assert meanings(message)[:2] == [Pressed(17, "next"), Pressed(17, "replace")]
    assert "Written so far (2 words):\nFew data." in visible(message.text)


@pytest.mark.parametrize("state", ["open", "answered"])
def test_the_menu_holds_the_other_answers(state: str) -> None:
    found = meanings(show(ask("1f.2", menu="other", state=state)))
    for reason in ("not_applicable", "not_known", "declined"):
        assert Pressed(17, "state", reason) in found
    assert (Pressed(17, "menu", "clear") in found) == (state == "answered")
    assert WentTo("hub") in found
    assert Pressed(17, "menu", "main") in found


def test_the_wording_can_be_restored_where_there_is_one() -> None:
    assert Pressed(17, "restore") in meanings(show(ask("1f.2", menu="adapt", wording="Own words")))
    assert Pressed(17, "restore") not in meanings(show(ask("1f.2", menu="adapt")))


@pytest.mark.parametrize(
    "notice",
    [
        Ask(turn=0, prompt="1f.2", position=1, total=18, problem="empty"),
        Saved(turn=0, prompt="1f.2", parts=1, budget=budget(5)),
        RecordCard(turn=0, prompt="1a.2", record=3, number=3, fields={"name": "Ministry"}),
        AskField(turn=0, prompt="1a.2", record=3, field="name"),
    ],
)
def test_a_card_outside_the_turn_has_only_keys_that_are_never_stale(notice: Notice) -> None:
    assert all(isinstance(meaning, WentTo) for meaning in meanings(show(notice)))


# --- receipts and closing --------------------------------------------------------------------------------------------


def test_a_receipt_counts_what_is_there_and_what_is_left() -> None:
    shown = text(Saved(turn=17, prompt="1f.2", parts=1, budget=budget(123)), ARABIC)
    assert shown.startswith("✅ حُفظ. في الإجابة 1‑و: 123 كلمةً. بقيت 377 كلمةً من أصل 500 في القسم الأول.")


def test_a_receipt_offers_the_next_question() -> None:
    message = show(Saved(turn=17, prompt="1f.2", parts=1, budget=budget(123)))
    assert meanings(message) == [Pressed(17, "next"), Pressed(17, "replace"), WentTo("hub")]


def test_a_warning_is_kind_and_comes_only_near_the_limit() -> None:
    near = Saved(turn=17, prompt="1f.2", parts=1, budget=budget(460), warned=True)
    far = Saved(turn=17, prompt="1f.2", parts=1, budget=budget(10))
    assert "close to the limit of section I" in text(near)
    assert "limit of section" not in text(far)


def test_over_the_limit_nothing_is_refused_and_the_longest_answers_are_named() -> None:
    over = Budget(section=FIRST, here=300, used=612, limit=500)
    message = show(
        Saved(
            turn=17, prompt="1f.2", parts=2, budget=over, heaviest=(("1f.2", 300), ("1g.3", 200)), warned=True
        )
    )
    shown = visible(message.text)
    assert "✅ Saved." in shown
    assert "112 words over the limit of 500 in section I." in shown
    assert "nothing is refused" in shown
    assert labels(message)[:2] == ["1f · 300 words", "1g · 200 words"]
    assert meanings(message)[:2] == [WentTo("prompt:1f.2"), WentTo("prompt:1g.3")]


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"prompt": "1a.1", "state": "answered", "chosen": ("yes",)}, "✔ Yes"),
        ({"prompt": "1a.2", "state": "answered", "records": 1}, "✔ 1 entry"),
        ({"prompt": "1f.2", "state": "answered", "words": 123}, "✔ 123 words"),
        ({"prompt": "3a.3", "state": "answered", "rows": 7}, "✔ Status given: 7 of 23"),
        ({"prompt": "1f.2", "state": "declined"}, "✔ Prefer not to answer"),
        ({"prompt": "1f.2", "state": "open"}, "Left open. You can come back to it at any time."),
    ],
)
def test_a_closed_card_says_what_was_recorded_and_leads_back(values: dict[str, object], answer: str) -> None:
    notice = Answered.model_validate(values)
    message = show(notice)
    assert visible(message.text).split("\n")[1] == answer
    assert meanings(message) == [WentTo(f"prompt:{notice.prompt}")]


# --- records ---------------------------------------------------------------------------------------------------------


def test_a_record_shows_dates_and_choices_in_words() -> None:
    prompt = next(prompt for prompt, found in TEMPLATE.prompts.items() if found.checks)
    objectives = {field.id: field for field in TEMPLATE.fields_of(prompt)}["objectives"]
    assert objectives.type == "choices"
    card = RecordCard(
        turn=17,
        prompt=prompt,
        record=3,
        number=2,
        fields={"title": "Law 5", "date": "2019-06", "objectives": "6 23"},
        cautions=("early_date",),
    )
    shown = text(card)
    assert "2. Law 5" in shown
    assert "June 2019" in shown
    assert "6. Recruitment and decent work, 23. International cooperation" in shown
    assert "since December 2018; this date is earlier" in shown


def test_removing_a_record_is_asked_first() -> None:
    card = RecordCard(
        turn=17, prompt="1a.2", record=3, number=2, fields={"name": "Ministry"}, confirm_removal=True
    )
    assert meanings(show(card)) == [Pressed(17, "removed", "3"), Pressed(17, "record", "3")]


def test_the_name_of_a_record_cannot_be_emptied() -> None:
    named = AskField(turn=17, prompt="1a.2", record=3, field="name", value="Ministry")
    role = AskField(turn=17, prompt="1a.2", record=3, field="role", value="chair")
    assert Pressed(17, "blank", "3:name") not in meanings(show(named))
    assert Pressed(17, "blank", "3:role") in meanings(show(role))


def test_several_choices_of_a_detail_are_set_and_unset() -> None:
    prompt = prompt_with_choices()
    card = AskField(turn=17, prompt=prompt, record=3, field="objectives", value="6")
    found = meanings(show(card))
    assert Pressed(17, "value", "3:objectives:-6") in found
    assert Pressed(17, "value", "3:objectives:+7") in found


def prompt_with_choices() -> str:
    return next(
        prompt
        for prompt in TEMPLATE.prompts
        if any(field.id == "objectives" and field.type == "choices" for field in TEMPLATE.fields_of(prompt))
    )


# --- places and people -----------------------------------------------------------------------------------------------


def test_the_hub_begins_with_the_next_question_while_one_is_open() -> None:
    sections = tuple(
        SectionLine(id=section.id, settled=0, total=5, words=0, limit=section.word_limit)
        for section in TEMPLATE.sections
    )
    assert meanings(show(Hub(country="JO", sections=sections, next="1a.1")))[0] == WentTo("continue")
    assert meanings(show(Hub(country="JO", sections=sections)))[0] == WentTo("section:methodology")


def test_case_21_status_names_countries_in_alphabetical_order_and_ranks_none() -> None:
    settled = {"YE": 60, "JO": 1, "EG": 30}
    lines = tuple(
        CountryLine(country=code, state="begun", focal_points=1, settled=count, total=64, words=(0,) * 5)
        for code, count in settled.items()
    )
    shown = text(StatusList(filter="all", countries=lines, limits=(500,) * 5, total=3))
    assert shown.index("Egypt") < shown.index("Jordan") < shown.index("Yemen")


@pytest.mark.parametrize(
    ("language", "codes"),
    [("en", ["DZ", "EG", "JO", "YE"]), ("fr", ["DZ", "EG", "JO", "YE"]), ("ar", ["JO", "DZ", "EG", "YE"])],
)
def test_countries_are_offered_in_the_alphabet_of_the_reader(language: Language, codes: list[str]) -> None:
    found = [
        meaning.arg
        for meaning in meanings(show(InviteWhom(), Voice.of(language)))
        if isinstance(meaning, Did)
    ]
    order = [arg.partition(".")[2] for arg in mirrored(found, language)]
    assert [code for code in order if code in codes] == codes


def mirrored(args: list[str], language: Language) -> list[str]:
    """The keys in reading order: pairs are turned round where reading begins on the right."""
    if language != "ar":
        return args
    return [arg for at in range(0, len(args), 2) for arg in reversed(args[at : at + 2])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_keeps_its_promises_in_every_language(language: Language) -> None:
    shown = text(Privacy(role="focal_point"), Voice.of(language))
    for fact in ("48", "24", "/mydata", "/erase"):
        assert fact in shown


def test_erasing_is_asked_with_a_button_for_each_answer() -> None:
    assert meanings(show(EraseAsk(turn=17, answers=2))) == [Did("erase", "17.yes"), Did("erase", "17.no")]


def test_a_successor_takes_a_place_or_comes_beside() -> None:
    message = show(ReplaceWhom(country="JO", people=(Line(id="12", text="A. Person"),)))
    assert meanings(message) == [Did("replace", "12"), Did("invite", "focal_point.JO")]


def test_kinds_of_the_template_are_all_asked() -> None:
    for kind in ("yes_no", "choice", "choices", "text", "record", "records", "matrix"):
        assert text(ask(prompt_of(kind)))
