"""A submitted review comes back with remarks; nothing of the state's text changes but by its own press; both count."""

import json

import pytest

from bot.sandbox import Person
from tests.chats.exchanging import TEXT, audited, last, newest, submitted, with_button, written
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    heard,
    labels_of,
    newest_file,
    said_by_bot,
    voice,
)
from workflows.languages import Language
from workflows.store.values_clearance import Edition
from workflows.store.values_exchange import RemarkCount

ANSWER, PROPOSED = "We met twice.", "The committee met twice in 2020, in Beirut."
STALE = "This button belongs to an earlier message. Please use the newest one."
UNKNOWN = "Rafiq does not know this command."


async def two_sides(region: Region, language: Language = "en") -> tuple[Person, Person, Edition]:
    """A focal point whose review is submitted, and an officer."""
    layla = await region.focal_point("LB", language)
    sam = await region.officer("en")
    await written(region, TEXT, ANSWER)
    return layla, sam, await submitted(region)


async def remarks(
    region: Region, sam: Person, edition: Edition, kind: str, text: str, prompt: str = TEXT
) -> None:
    """The officer remarks on an answer."""
    await region.forges(sam, said_by_bot(sam)[-1].message_id, f"do.remark.{kind}.{edition.id}.{prompt}")
    await region.says(sam, text)


async def returns(region: Region, sam: Person, edition: Edition) -> None:
    """The officer returns the review with what was collected."""
    await region.forges(sam, with_button(sam, "review_return").message_id, f"do.review_return.{edition.id}")
    await region.presses(sam, "Yes, return it")


async def returned(region: Region, language: Language = "en") -> tuple[Person, Person, Edition]:
    """A review that came back with one proposed wording."""
    layla, sam, edition = await two_sides(region, language)
    await remarks(region, sam, edition, "wording", PROPOSED)
    await returns(region, sam, edition)
    return layla, sam, edition


async def test_a_remark_is_made_while_reading_and_goes_out_with_the_return(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    before = len(said_by_bot(layla))
    await region.says(sam, "/review Lebanon")
    await region.presses(sam, "📖 Section I: Methodology")
    for _ in range(9):
        if ANSWER in bare(sam.last_message.text):
            break
        await region.presses(sam, "Next page ▶")
    await region.forges(sam, sam.last_message.message_id, f"do.review_answer.{edition.id}.{TEXT}")
    assert "🚫 not to be published" in last(sam)
    await region.presses(sam, "💬 Comment")
    await region.says(sam, "When did it meet?")
    assert "✅ Your remark is noted. The country has not received it yet." in last(sam)
    await region.says(sam, "And where?")
    assert "When did it meet?\nAnd where?" in last(sam)
    await region.forges(sam, sam.last_message.message_id, f"do.review_answer.{edition.id}.{TEXT}")
    await region.presses(sam, "✍️ Propose a wording")
    await region.says(sam, PROPOSED)
    assert len(said_by_bot(layla)) == before, "nothing has gone out"
    await region.presses(sam, "↩️ Return with 2 remarks")
    assert "Return version 1 of Lebanon?" in last(sam)
    await region.presses(sam, "Yes, return it")
    assert (await newest(region)).state == "returned"
    assert heard(layla, "The secretariat has 2 remarks on it.")
    assert heard(layla, "When did it meet?\nAnd where?")
    cards = [message for message in said_by_bot(layla) if "do.remark_explain" in "".join(data_of(message))]
    assert len(cards) == 2
    assert all(ANSWER in card.text for card in cards)
    assert ("LB", f"edition/{edition.id}", "returned") in await audited(region, "reopen")


async def test_a_typed_yes_to_a_decision_is_not_added_to_a_remark(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    await remarks(region, sam, edition, "comment", "When did it meet?")
    await region.presses(sam, "↩️ Return with 1 remark")
    await region.says(sam, "yes")
    await region.presses(sam, "Yes, return it")
    assert heard(layla, "When did it meet?")
    assert "yes" not in everything([layla])


@pytest.mark.parametrize("command", ["review", "review Lebanon", "remarks", "remarks Lebanon"])
async def test_what_is_typed_after_another_list_is_not_added_to_a_remark(
    region: Region, command: str
) -> None:
    _, sam, edition = await two_sides(region)
    await remarks(region, sam, edition, "comment", "When did it meet?")
    await region.says(sam, f"/{command}")
    await region.says(sam, "thanks")
    async with region.store.reading() as work:
        (kept,) = await work.remarks.of_edition(edition.id)
    assert kept.text == "When did it meet?"


async def test_no_remark_is_open_once_the_next_version_is_submitted(region: Region) -> None:
    layla, sam, _ = await returned(region)
    await region.says(sam, "/review Lebanon")
    assert "Round 1: remarks 1, open 1" in last(sam)
    await written(region, TEXT, "We met three times.")
    await submitted(region)
    for command in ("/review Lebanon", "/remarks", "/remarks Lebanon"):
        await region.says(sam, command)
        assert "Round 1: remarks 1, open 0" in last(sam), command
    await region.says(layla, "/remarks")
    assert "Round 1: remarks 1, open 0" in last(layla)


async def test_a_reason_stays_where_the_answer_is_edited_after_it(region: Region) -> None:
    layla, _, _ = await returned(region)
    await region.presses(layla, "💬 Explain")
    await region.says(layla, "It met in two places.")
    await region.presses(layla, "✏️ Edit the answer")
    await region.says(layla, "/remarks")
    assert "It met in two places." in last(layla)


async def test_case_24_a_wording_becomes_the_answer_by_the_states_press_alone(region: Region) -> None:
    layla, sam, edition = await returned(region)
    assert await region.text(TEXT) == ANSWER
    await region.presses(layla, "✅ Accept the wording")
    assert await region.text(TEXT) == PROPOSED
    assert heard(layla, "✅ The wording is your answer now.")
    async with region.store.reading() as work:
        actor = (await work.people.of_country(CYCLE, "LB"))[0].actor
        assert actor is not None
        first, second = await work.drafts.revisions(actor, "LB", TEXT)
        assert await work.remarks.counts(CYCLE) == {"LB": [RemarkCount(1, edition.id, accepted=1)]}
    assert getattr(first.answer and first.answer.value, "text", "") == ANSWER
    assert (second.author_name, second.source) == ("Layla Haddad", "remark:1")
    assert heard(sam, "Lebanon has taken up every remark of round 1.")
    assert ANSWER not in "".join(m.text for m in said_by_bot(sam)[-1:])
    assert (
        await region.forges(layla, layla.last_message.message_id, "do.remark_accept.1") == "Already recorded."
    )
    assert ("LB", "remark/1", "accepted") in await audited(region, "answer_remark")


async def test_an_answer_that_has_changed_meanwhile_is_not_replaced_unasked(region: Region) -> None:
    layla, _, _ = await returned(region)
    await written(region, TEXT, "We met three times.")
    await region.presses(layla, "✅ Accept the wording")
    assert await region.text(TEXT) == "We met three times."
    card = with_button(layla, "remark_accept.1.sure")
    assert "⚠️ Your answer has changed since it was submitted." in bare(card.text)
    assert "Replace your present answer by the proposed wording?" in bare(card.text)
    await region.presses(layla, "No, keep my answer")
    assert "✅ You have changed the answer." in last(layla)
    assert await region.text(TEXT) == "We met three times."
    await region.presses(layla, "✅ Accept the wording")
    await region.presses(layla, "Yes, replace it")
    assert await region.text(TEXT) == PROPOSED


async def test_a_yes_replaces_only_the_answer_that_it_was_asked_about(region: Region) -> None:
    layla, _, _ = await returned(region)
    await written(region, TEXT, "We met three times.")
    await region.presses(layla, "✅ Accept the wording")
    card = with_button(layla, "remark_accept.1.sure")
    assert "As it is now:" in bare(card.text)
    assert "We met three times." in bare(card.text)
    await written(region, TEXT, "We met three times. Omar adds: and once in Tripoli.")
    for old in ("do.remark_accept.1.sure", data_of(card)[0]):
        await region.forges(layla, card.message_id, old)
        assert await region.text(TEXT) == "We met three times. Omar adds: and once in Tripoli."
    asked = bare(with_button(layla, "remark_accept.1.sure").text)
    assert "Your answer has changed once more since you were asked. It was not replaced." in asked
    assert "Omar adds: and once in Tripoli." in asked
    await region.presses(layla, "Yes, replace it")
    assert await region.text(TEXT) == PROPOSED


async def test_an_explanation_reaches_the_secretariat_and_the_answer_stays(region: Region) -> None:
    layla, sam, _ = await returned(region)
    await region.presses(layla, "💬 Explain")
    await region.says(layla, "…")
    assert "⚠️ No words were found" in last(layla)
    await region.says(layla, "The minutes are not public.")
    assert "✅ Your reason is noted. Your answer stays as it is." in last(layla)
    assert await region.text(TEXT) == ANSWER
    await region.says(sam, "/remarks لبنان")
    assert "💬 explained" in last(sam)
    assert "The minutes are not public." in last(sam)
    await region.says(layla, "and this is no reason")
    assert await region.text(TEXT) == ANSWER
    async with region.store.reading() as work:
        kept = await work.remarks.get(1)
    assert kept is not None
    assert kept.reply == "The minutes are not public."


async def test_editing_opens_the_question_and_the_next_version_shows_it(region: Region) -> None:
    layla, sam, _ = await returned(region)
    await region.presses(layla, "✏️ Edit the answer")
    assert any(".replace" in data for data in data_of(layla.last_message))
    await region.presses(layla, "🔄 Replace the text")
    await region.says(layla, "We met twice, in May and June.")
    await region.says(layla, "/remarks")
    assert "✅ answer changed" in last(layla)
    await region.says(sam, "/remarks LB")
    assert "✏️ being edited" in last(sam), "a draft is not seen before it is submitted"
    assert "in May and June" not in everything([sam])
    second = await submitted(region)
    await region.says(sam, "/remarks LB")
    assert "✅ answer changed" in last(sam)
    assert "Round 1: remarks 1, open 0" in last(sam)
    await remarks(region, sam, second, "comment", "Thank you. In which city?")
    await returns(region, sam, second)
    await region.says(layla, "/remarks")
    assert "Round 1: remarks 1, open 0\nRound 2: remarks 1, open 1" in last(layla)


async def test_a_remark_that_was_left_says_so_after_the_next_version(region: Region) -> None:
    layla, sam, _ = await returned(region)
    card = with_button(layla, "remark_accept").message_id
    await submitted(region)
    await region.says(sam, "/remarks LB")
    assert "▫️ answer left as it was" in last(sam)
    for data in ("do.remark_accept.1", "do.remark_edit.1", "do.remark_explain.1"):
        assert await region.forges(layla, card, data) == STALE, "the review is on its way again"
    assert await region.text(TEXT) == ANSWER


async def test_a_kept_remark_can_be_removed_and_none_means_no_return(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    before = len(said_by_bot(layla))
    await remarks(region, sam, edition, "comment", "…")
    assert "⚠️ No words were found" in last(sam)
    await region.says(sam, "Why so?")
    await region.presses(sam, "🗑 Remove this remark")
    assert "Why so?" not in last(sam)
    card = sam.last_message.message_id
    assert await region.forges(sam, card, f"do.review_return.{edition.id}") == STALE
    assert await region.forges(sam, card, f"do.review_return.{edition.id}.sure") == STALE
    assert (await newest(region)).state == "submitted"
    assert len(said_by_bot(layla)) == before


async def test_a_review_is_accepted_and_both_sides_hear_of_it(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    rana = await region.officer("fr", "Rana Diab")
    await remarks(region, sam, edition, "comment", "not sent after all")
    await region.says(sam, "/review LB")
    await region.presses(sam, "✅ Accept the review")
    assert "1 remark that was not sent will be dropped." in last(sam)
    await region.presses(sam, "Yes, accept it")
    assert (await newest(region)).state == "accepted"
    assert heard(layla, "Your review, version 1, has been accepted. Thank you.")
    assert heard(rana, "la version 1 a été acceptée.")
    assert "not sent after all" not in everything([layla])
    card = sam.last_message.message_id
    for data in (f"do.review_accept.{edition.id}.sure", f"do.remark.comment.{edition.id}.{TEXT}"):
        assert await region.forges(sam, card, data) == STALE
    await region.says(sam, "/review LB")
    await region.presses(sam, "🔓 Open it again")
    await region.presses(sam, "Yes, open it")
    assert (await newest(region)).state == "reopened"


async def test_nobody_else_sees_or_settles_a_countrys_remarks(region: Region) -> None:
    layla, _, edition = await returned(region)
    karim = await region.contributor("LB", "en")
    omar = await region.focal_point("JO", "en")
    keys = ("card", "edit", "explain", "accept", "drop")
    for other in (omar, karim):
        card = first_card(other).message_id
        for verb in keys:
            assert await region.forges(other, card, f"do.remark_{verb}.1") == STALE, verb
            assert await region.forges(other, card, f"do.remark_{verb}.999") == STALE, verb
        assert await region.forges(other, card, f"do.remark.comment.{edition.id}.{TEXT}") == STALE
        assert PROPOSED not in everything([other])
        assert ANSWER not in everything([other])
    await region.says(karim, "/remarks")
    assert last(karim).startswith(UNKNOWN)
    await region.says(omar, "/remarks")
    assert "There are no remarks." in last(omar)
    assert await region.text(TEXT) == ANSWER
    assert (
        await region.forges(layla, first_card(layla).message_id, f"do.review_accept.{edition.id}.sure")
        == STALE
    )
    assert ("LB", "remark/1", "denied") in await audited(region, "answer_remark")


async def test_a_wording_of_several_messages_is_accepted_whole(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    first, second = "كلمة " * 700, "=1+1 word " * 300
    await remarks(region, sam, edition, "wording", first)
    await region.says(sam, second)
    await returns(region, sam, edition)
    await region.presses(layla, "✅ Accept the wording")
    given = await region.text(TEXT)
    assert given.split() == f"{first}\n{second}".split()
    assert heard(layla, "✅ The wording is your answer now.")


async def test_two_officers_do_not_decide_twice(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    rana = await region.officer("en", "Rana Diab")
    await remarks(region, sam, edition, "comment", "When?")
    await remarks(region, rana, edition, "comment", "Where?")
    assert "↩️ Return with 2 remarks" in labels_of(rana.last_message)
    await returns(region, sam, edition)
    assert heard(rana, "Lebanon: version 1 has been returned with 2 remarks.")
    card = with_button(rana, "review_return").message_id
    for data in (f"do.review_return.{edition.id}", f"do.review_return.{edition.id}.sure", "do.remark_drop.1"):
        assert await region.forges(rana, card, data) == STALE
    assert sum("has come back" in message.text for message in said_by_bot(layla)) == 1
    await region.says(rana, "typed after the return")
    assert "typed after the return" not in everything([layla])


async def test_a_look_at_the_remarks_leaves_the_open_question_open(region: Region) -> None:
    layla, _, _ = await returned(region)
    await region.opens(layla, "3b.1")
    await region.says(layla, "/remarks")
    await region.presses(layla, "1. 1f · What difficulties did you face in obtaining data?")
    await region.says(layla, "this belongs to 3b")
    assert await region.text("3b.1") == "this belongs to 3b"


async def test_own_words_about_remarks_are_in_the_copy_of_ones_data(region: Region) -> None:
    layla, sam, _ = await returned(region)
    await region.presses(layla, "💬 Explain")
    await region.says(layla, "The minutes are not public.")
    copies = {}
    for person in (layla, sam):
        await region.says(person, "/mydata")
        document = newest_file(person)
        copies[person.name] = json.loads(document.content)
    assert [each["text"] for each in copies[sam.name]["remarks_made"]] == [PROPOSED]
    assert copies[sam.name]["remarks_answered"] == []
    assert copies[layla.name]["remarks_made"] == []
    (said,) = copies[layla.name]["remarks_answered"]
    assert (said["outcome"], said["reason"]) == ("explained", "The minutes are not public.")


@pytest.mark.parametrize(
    ("language", "heading", "accept", "done"),
    [
        ("ar", "تقترح الأمانة صياغة لإجابتكم", "✅ قبول الصياغة", "أصبحت الصياغة إجابتكم"),
        (
            "fr",
            "Le secrétariat propose une formulation",
            "✅ Accepter la formulation",
            "désormais votre réponse",
        ),
    ],
)
async def test_a_proposal_reads_well_in_each_language(
    region: Region, language: Language, heading: str, accept: str, done: str
) -> None:
    layla, _, _ = await returned(region, language)
    assert heard(layla, heading)
    assert heard(layla, PROPOSED)
    assert accept in labels_of(with_button(layla, "remark_accept"))
    assert voice(language, "LB").gettext("💬 Explain") in labels_of(with_button(layla, "remark_accept"))
    await region.presses(layla, accept)
    assert heard(layla, done)
    assert await region.text(TEXT) == PROPOSED


async def test_nothing_is_accepted_over_a_newer_text(region: Region) -> None:
    layla, sam, edition = await returned(region)
    await written(region, TEXT, "Newer words.")
    await region.says(layla, "/submit")
    await region.forges(layla, layla.last_message.message_id, "do.freeze")
    accept = f"do.review_accept.{edition.id}.sure"
    await region.forges(sam, said_by_bot(sam)[-1].message_id, accept)
    assert "Lebanon is preparing a newer text in the place of version 1." in everything([sam])
    async with region.store.reading() as work:
        first, second = await work.clearance.of_country(CYCLE, "LB")
    assert (first.state, second.state) == ("returned", "cleared")
    await region.forges(layla, layla.last_message.message_id, f"do.recall.{second.id}")
    await region.forges(sam, said_by_bot(sam)[-1].message_id, accept)
    assert (await newest(region)).state == "accepted"
    assert (await region.draft()).locked


async def test_opening_again_tells_of_remarks_that_were_kept(region: Region) -> None:
    layla, sam, edition = await two_sides(region)
    await remarks(region, sam, edition, "comment", "When did it meet?")
    await region.forges(sam, said_by_bot(sam)[-1].message_id, f"do.reopen.{edition.id}")
    assert (await newest(region)).state == "submitted"
    assert "1 remark that was not sent will be dropped." in everything([sam])
    await region.presses(sam, "Yes, open it")
    assert heard(sam, "1 remark that had not been sent was dropped.")
    assert not heard(layla, "had not been sent")
    async with region.store.reading() as work:
        (remark,) = await work.remarks.of_edition(edition.id)
        (after,) = await work.clearance.of_country(CYCLE, "LB")
    assert (remark.state, after.state) == ("withdrawn", "reopened")
