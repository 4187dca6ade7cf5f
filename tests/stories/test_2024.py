"""The second review, from May 2024 on: a conference on two days in summer time, a feast, and windows that stay open."""

from dataclasses import dataclass

from tests.stories.telling import Somebody, Story

CYCLE = "gcm-arab-2024"
BEGINS = "2024-05-06"


@dataclass(frozen=True)
class Cast:
    """Who takes part: the secretariat and three countries, from the west of the region to its east."""

    sam: Somebody
    layla: Somebody
    mariem: Somebody
    salim: Somebody

    @property
    def states(self) -> tuple[Somebody, ...]:
        return self.layla, self.mariem, self.salim


async def test_the_second_review(story: Story) -> None:
    cast = Cast(
        sam=await story.arrives("Sam Rivers", "", "en", "secretariat"),
        layla=await story.arrives("Layla Haddad", "LB", "ar"),
        mariem=await story.arrives("Mariem Diallo", "MR", "fr"),
        salim=await story.arrives("Salim Said", "OM", "en"),
    )
    await what_is_known_in_may(story, cast)
    await the_hours_are_set(story, cast)
    await the_feast_is_left_in_peace(story, cast)
    await the_conference(story, cast)
    await the_outcome_document(story, cast)
    await what_is_to_come(story, cast)
    assert story.judges_letters() > 20


async def what_is_known_in_may(story: Story, cast: Cast) -> None:
    """6 May: two days without hours, windows with their own words, a deadline that nobody has set."""
    for who, conference, plenary in (
        (cast.layla, "الأربعاء والخميس ٣ و٤ تموز ٢٠٢٤", "النصف الثاني من عام ٢٠٢٤ (يُؤكَّد لاحقاً)"),
        (cast.mariem, "mercredi 3 et jeudi 4 juillet 2024\n", "second semestre de 2024 (à confirmer)"),
        (cast.salim, "Wednesday and Thursday, 3 and 4 July 2024\n", "second half of 2024 (to be confirmed)"),
    ):
        await story.says(who, "/calendar")
        assert conference.strip() in who.newest.split("\n"), "no hour is made up"
        who.reads(plenary)
        await story.follows(who, "calendar.1")
        who.sees("date not announced yet")
        await story.presses(who, "Do we take part?")
        await story.presses(who, "Yes, we take part")


async def the_hours_are_set(story: Story, cast: Cast) -> None:
    """28 May: 10:00 in Cairo, where it is summer time, is 07:00 in Nouakchott and 11:00 in Muscat."""
    await story.comes_to("2024-05-28", "10:00")
    await story.says(cast.sam, "/schedule conference 3-4 July 2024 10:00-17:00")
    cast.sam.reads("3 and 4 July 2024, 10:00–17:00 each day (Cairo time)")
    await story.presses(cast.sam, "✅ Do it")
    await story.beats()
    for who, own, spoken in (
        (cast.layla, "من ١٠:٠٠ إلى ١٧:٠٠ يومياً (بتوقيت القاهرة، وهو توقيتكم أيضاً)", "مع ترجمة فورية"),
        (cast.mariem, "Votre heure (Mauritanie) : de 7 h à 14 h", "interprétation simultanée"),
        (cast.salim, "Your time (Oman): 11:00–18:00", "Languages: Arabic, English, French"),
    ):
        who.reads(own)
        await story.presses(who, "All about it")
        who.reads(own, spoken)
        await story.presses(who, "📅 Calendar file")
        assert who.last.document is not None
        assert b"DTSTART;TZID=Africa/Cairo:20240703T100000" in who.last.document.content


async def the_feast_is_left_in_peace(story: Story, cast: Cast) -> None:
    """June: a deadline for inputs whose fortnight begins on the feast; the letter waits, the deadline stays."""
    await story.says(cast.sam, "/schedule")
    await story.follows(cast.sam, "schedule.submission")
    await story.says(cast.sam, "30 June 2024")
    cast.sam.reads("Sunday, 30 June 2024")
    await story.presses(cast.sam, "✅ Do it")
    await story.comes_to("2024-06-20", "15:00")
    for who in (cast.sam, *cast.states):
        assert not [day for day in who.letter_days() if "2024-06-15" <= day <= "2024-06-17"]
    for who in (cast.sam, cast.layla, cast.salim):
        assert "2024-06-18" not in who.letter_days()
    for who, words in (
        (cast.layla, "الأحد ٣٠ حزيران ٢٠٢٤"),
        (cast.mariem, "dimanche 30 juin 2024"),
        (cast.salim, "Sunday, 30 June 2024"),
    ):
        waited = [(at, text) for at, text in who.letters("2024-06-14") if words in text]
        assert len(waited) == 1
        assert f"{waited[0][0]:%m-%d %H:%M}" in {"06-18 09:00", "06-19 09:00"}
        await story.presses(who, "Why this?")
    cast.salim.reads("16 June 2024 is a holiday in your country, so it was moved to a working day.")
    cast.salim.reads("It comes 14 days before.")


async def the_conference(story: Story, cast: Cast) -> None:
    """3 and 4 July: reminded before it begins on one's own clock, the day before where that would be night."""
    await story.comes_to("2024-07-02", "23:00")
    today = "This is the day by which the reviews are to be submitted."
    at, text = cast.layla.letters("2024-06-28")[0]
    assert f"{at:%m-%d}" == "06-28", "the deadline is a Sunday, on which Beirut does not work"
    assert cast.layla.words(today) not in text
    at, text = cast.salim.letters("2024-06-30")[0]
    assert f"{at:%m-%d}" == "06-30", "a Sunday is a working day in Muscat"
    assert today in text
    at, text = cast.mariem.letters()[-1]
    assert f"{at:%m-%d %H:%M}" == "07-02 09:00", "07:00 in Nouakchott is too early for a letter before it"
    assert "de 7 h à 14 h" in text
    await story.comes_to("2024-07-03", "09:45")
    for who, own in ((cast.salim, "Your time (Oman): 11:00–18:00"), (cast.layla, "وهو توقيتكم أيضاً")):
        at, text = who.letters()[-1]
        assert f"{at:%m-%d %H:%M}" == "07-03 09:00"
        assert own in text
        assert who.words("today") in text
    await story.comes_to("2024-07-05", "10:00")
    await story.says(cast.salim, "/calendar")
    assert "Conference" not in cast.salim.newest, "it lies behind"


async def the_outcome_document(story: Story, cast: Cast) -> None:
    """By September: a window with its own words, of which no state is reminded until the secretariat fixes the day."""
    for who, words in (
        (cast.layla, "بحلول أيلول ٢٠٢٤ (يُؤكَّد لاحقاً)"),
        (cast.mariem, "d'ici à septembre 2024 (à confirmer)"),
        (cast.salim, "by September 2024 (to be confirmed)"),
    ):
        await story.says(who, "/calendar")
        who.reads(words)
    of_sam = [each.content for each in await story.log_of(cast.sam) if each.milestone == "outcome"]
    assert of_sam == ["fix_day"], "the secretariat is to be told before September that there is no day"
    assert not [each for each in await story.log_of(cast.layla) if each.milestone == "outcome"]
    await story.comes_to("2024-08-12", "10:00")
    await story.says(cast.sam, "/schedule")
    await story.follows(cast.sam, "schedule.outcome")
    await story.says(cast.sam, "10 September 2024")
    await story.presses(cast.sam, "✅ Do it")
    states = {who.person.name: len(who.letters()) for who in cast.states}
    await story.comes_to("2024-09-11", "10:00")
    assert cast.sam.letter_days("2024-08-12") == ["2024-08-27", "2024-09-05"]
    assert "The secretariat is to hand it over by then." in cast.sam.letters()[-1][1]
    assert {who.person.name: len(who.letters()) for who in cast.states} == states, (
        "it is not theirs to hand over"
    )


async def what_is_to_come(story: Story, cast: Cast) -> None:
    """The General Assembly in the second half of 2024, the review forum in 2026."""
    for who, plenary, forum in (
        (cast.layla, "النصف الثاني من عام ٢٠٢٤", "عام ٢٠٢٦ (يُؤكَّد لاحقاً)"),
        (cast.mariem, "second semestre de 2024", "2026 (à confirmer)"),
        (cast.salim, "second half of 2024", "2026 (to be confirmed)"),
    ):
        await story.says(who, "/calendar")
        who.reads(plenary, forum)
    await story.says(cast.sam, "/schedule")
    await story.follows(cast.sam, "schedule.plenary")
    await story.says(cast.sam, "12 November 2024")
    await story.presses(cast.sam, "✅ Do it")
    await story.comes_to("2024-11-13", "10:00")
    for who in cast.states:
        assert len(who.letters("2024-09-11")) == 1, "the notice of the date, two weeks before"
    await story.jumps_to("2025-12-01")
    await story.says(cast.layla, "/calendar")
    cast.layla.reads("عام ٢٠٢٦ (يُؤكَّد لاحقاً)")
