"""The first review, from the concept note of 8 June 2020 to the forum of February 2021, day by day."""

from dataclasses import dataclass
from datetime import date

from tests.chats.test_whole_review import Walker
from tests.stories.telling import Somebody, Story, plainly
from workflows.cycle.calendar import Follows
from workflows.when import Exact

CYCLE = "gcm-arab-2020"
BEGINS = "2020-06-08"

SESSION_1 = "2020-06-25"
EID = ("2020-07-31", "2020-08-03")


@dataclass(frozen=True)
class Cast:
    """Who takes part: two of the secretariat, four countries, and somebody who helps one of them."""

    sam: Somebody
    hala: Somebody
    layla: Somebody
    mariem: Somebody
    salim: Somebody
    rania: Somebody
    karim: Somebody


async def test_the_first_review(story: Story) -> None:
    cast = Cast(
        sam=await story.arrives("Sam Rivers", "", "en", "secretariat"),
        hala=await story.arrives("Hala Mansour", "", "ar", "secretariat"),
        layla=await story.arrives("Layla Haddad", "LB", "ar"),
        mariem=await story.arrives("Mariem Diallo", "MR", "fr"),
        salim=await story.arrives("Salim Said", "OM", "en"),
        rania=await story.arrives("Rania Odeh", "JO", "ar"),
        karim=await story.arrives("Karim Aoun", "LB", "fr", "contributor"),
    )
    await the_invitation_is_answered(story, cast)
    await people_say_how_they_attend(story, cast)
    await two_groups_are_made(story, cast)
    await the_eve(story, cast)
    await the_session(story, cast)
    await afterwards(story, cast)
    await the_window_of_session_2_becomes_a_day(story, cast)
    await round_2_avoids_the_feast(story, cast)
    await reviews_are_written(story, cast)
    await the_forum_is_postponed(story, cast)
    await the_forum(story, cast)
    assert cast.rania.letters() == [], "who declined is not reminded"
    assert story.judges_letters() > 30


async def the_invitation_is_answered(story: Story, cast: Cast) -> None:
    """8 June: everybody reads the first session in Cairo's hours and in their own; one country says no."""
    for who, cairo, own in (
        (cast.layla, "من ١٠:٠٠ إلى ١٣:٠٠ (بتوقيت القاهرة)", "بتوقيتكم (لبنان): من ١١:٠٠ إلى ١٤:٠٠"),
        (cast.mariem, "de 10 h à 13 h (heure du Caire)", "Votre heure (Mauritanie) : de 8 h à 11 h"),
        (cast.salim, "10:00–13:00 (Cairo time)", "Your time (Oman): 12:00–15:00"),
    ):
        await story.says(who, "/calendar")
        who.reads(cairo, own)
        await story.follows(who, "calendar.1")
        who.sees("date not announced yet")
        await story.presses(who, "Do we take part?")
        await story.presses(who, "Yes, we take part")
    cast.hala.reads("عُمان")
    await story.says(cast.rania, "/calendar")
    await story.presses(cast.rania, "Do we take part?")
    await story.presses(cast.rania, "No, not this time")
    cast.sam.reads("Jordan does not take part in the review this time.")


async def people_say_how_they_attend(story: Story, cast: Cast) -> None:
    """14 to 18 June: from the office, remotely, with support; who has not said yet is asked a week before."""
    await story.comes_to("2020-06-14", "11:00")
    for who, way in ((cast.layla, "office"), (cast.mariem, "remote"), (cast.salim, "support")):
        await story.says(who, "/calendar")
        await story.follows(who, "event.session1")
        await story.follows(who, "attend.session1")
        who.sees("How will you attend?")
        if who is cast.salim:
            who.sees("There is no IOM office in your country from which you could attend.")
        await story.follows(who, f"attend.session1.{way}")
    cast.layla.reads("ستحضرون من مكتب المنظمة الدولية للهجرة في بيروت")
    cast.mariem.sees("✅ You attend remotely.")
    cast.salim.reads("You attend with individual support")
    await story.comes_to("2020-06-19")
    assert cast.karim.letter_days() == ["2020-06-18"]
    cast.karim.reads("dans 7 jours", "Votre heure (Liban) : de 11 h à 14 h")
    for who in (cast.layla, cast.mariem, cast.salim, cast.rania):
        assert who.letters() == [], "registered or declined: nothing to ask"
    await story.presses(cast.karim, "Say how we attend")
    await story.follows(cast.karim, "attend.session1.remote")


async def two_groups_are_made(story: Story, cast: Cast) -> None:
    """21 to 23 June: two groups, delegations together, one moved by a sentence."""
    await story.comes_to("2020-06-21", "11:00")
    await story.says(cast.sam, "/workshop")
    cast.sam.reads("Registered to attend: 4", "From an IOM office: 1", "With individual support: 1")
    cast.sam.reads("Countries that have not answered: 19")
    await story.presses(cast.sam, "Groups")
    await story.presses(cast.sam, "⚖️ Assign and balance")
    cast.sam.reads("Group 1: 2\n• Lebanon: 2", "Group 2: 2\n• Mauritania: 1\n• Oman: 1")
    await story.says(cast.sam, "move Oman to group 1")
    cast.sam.reads("Group 1: 3\n• Lebanon: 2\n• Oman: 1")
    await story.beats()
    for who, group in ((cast.layla, 1), (cast.karim, 1), (cast.mariem, 2), (cast.salim, 1)):
        who.sees("Your delegation is in discussion group {group}.", group=group)


async def the_eve(story: Story, cast: Cast) -> None:
    """24 June: a letter in everybody's morning, a question in French."""
    await story.comes_to("2020-06-24", "15:00")
    for who in (cast.layla, cast.mariem, cast.salim, cast.karim):
        at, text = who.letters()[-1]
        assert f"{at:%m-%d %H:%M}" == "06-24 09:00", "nine in the morning on their own clocks"
        assert who.words("tomorrow") in text
    cast.sam.reads("Capacity-building workshop, session 1: tomorrow")
    await story.presses(cast.mariem, "Agenda")
    cast.mariem.reads("de 10 h 45 à 12 h (de 8 h 45 à 10 h) · 75 minutes")
    await story.presses(cast.mariem, "All about it")
    await story.follows(cast.mariem, "attend.session1")
    await story.follows(cast.mariem, "ask_session.session1")
    await story.says(cast.mariem, "Que faut-il entendre par réformes à la question 2c ?")
    cast.mariem.sees("Your question is noted.")
    for officer in (cast.sam, cast.hala):
        officer.reads("Que faut-il entendre par réformes à la question 2c ?")


async def the_session(story: Story, cast: Cast) -> None:
    """25 June, 10:00 to 13:00 in Cairo: now and next, questions, offers, next steps, attendance."""
    await story.comes_to(SESSION_1, "09:45")
    for who, hour in ((cast.mariem, "07:00"), (cast.salim, "09:00"), (cast.layla, "09:00")):
        at, text = who.letters()[-1]
        assert f"{at:%m-%d %H:%M}" == f"06-25 {hour}", "before it begins"
        assert who.words("today") in text
    await story.comes_to(SESSION_1, "11:10")
    for who, now in (
        (cast.layla, "الآن: حوار مفتوح"),
        (cast.mariem, "Maintenant : Dialogue ouvert"),
        (cast.salim, "Now: Open dialogue"),
    ):
        await story.says(who, "/agenda")
        who.reads(now)
    cast.mariem.reads("🔜 de 12 h à 12 h 40 (de 10 h à 10 h 40)")
    cast.salim.reads("Left: 50 minutes", "• Policy and enabling environment: 20 minutes, left: 15 minutes")
    await story.says(cast.sam, "/workshop")
    await story.presses(cast.sam, "Questions: {count}", count=1)
    await story.presses(cast.sam, "Answer: {country}", country=cast.sam.speaks.country_name("MR"))
    await story.says(cast.sam, "Any change of law since 2018.")
    cast.mariem.sees("Your question has been answered.")
    await story.comes_to(SESSION_1, "12:20")
    await story.says(cast.sam, "/workshop")
    await story.presses(cast.sam, "Offers of support: {count}", count=0)
    await story.presses(cast.sam, "Note an offer")
    await story.says(cast.sam, "UNICEF: data for section II")
    await story.comes_to(SESSION_1, "12:45")
    await story.says(cast.hala, "/workshop")
    await story.presses(cast.hala, "Next steps: {count}", count=0)
    await story.presses(cast.hala, "Note a next step")
    await story.says(cast.hala, "إرسال النموذج إلى الوزارات؛ لبنان؛ ٣ تموز ٢٠٢٠")
    cast.layla.reads("إرسال النموذج إلى الوزارات", "الجمعة ٣ تموز ٢٠٢٠")
    await story.says(cast.sam, "/workshop")
    await story.presses(cast.sam, "Attendance")
    for label in ("Lebanon · Layla Haddad", "Mauritania · Mariem Diallo", "Lebanon · Karim Aoun"):
        await story.presses(cast.sam, f"▫️ {label}")
    cast.sam.reads("Present: 3 of 4")


async def afterwards(story: Story, cast: Cast) -> None:
    """26 to 30 June: who was there is asked for three taps, who was not gets the material."""
    await story.comes_to("2020-06-26", "15:00")
    cast.layla.sees("How was it? Three taps are enough, and a remark is welcome.")
    assert cast.layla.letters()[-1][0].strftime("%m-%d") == "06-26", "a Friday, on which Beirut works"
    await story.presses(cast.layla, "Give marks")
    for mark in ("usefulness.5", "pace.3", "clarity.4"):
        await story.follows(cast.layla, f"evaluate.session1.{mark}")
    assert cast.layla.has_read(cast.layla.words("Thank you, your evaluation is noted."))
    await story.comes_to("2020-06-28", "12:00")
    await story.says(cast.sam, "/workshop session1")
    await story.presses(cast.sam, "Send the material to everybody")
    await story.beats()
    cast.salim.sees("The material is ready for you.")
    assert cast.salim.letter_days()[-1] == SESSION_1, "he was not recorded as there, so he is asked nothing"


async def the_window_of_session_2_becomes_a_day(story: Story, cast: Cast) -> None:
    """Early or mid July: the secretariat fixes the day, and everybody is told once, with their own hours."""
    await story.comes_to("2020-07-01", "10:00")
    assert not any("session2" in each.milestone for each in await story.log_of(cast.layla))
    await story.says(cast.sam, "/schedule session 2: 15 July 2020 10:00")
    cast.sam.reads("Nothing has been done yet.", "Wednesday, 15 July 2020, 10:00–12:30 (Cairo time)")
    await story.presses(cast.sam, "✅ Do it")
    await story.beats()
    for who, words in (
        (cast.layla, "الأربعاء ١٥ تموز ٢٠٢٠، من ١٠:٠٠ إلى ١٢:٣٠ (بتوقيت القاهرة)"),
        (cast.mariem, "Votre heure (Mauritanie) : de 8 h à 10 h 30"),
        (cast.salim, "Your time (Oman): 12:00–14:30"),
    ):
        who.reads(words)
    await story.comes_to("2020-07-09", "15:00")
    for who in (cast.layla, cast.mariem, cast.salim, cast.karim):
        step = ["2020-07-03"] if who is cast.layla else []  # the next step of Lebanon, to its focal point
        assert who.letter_days("2020-07-01") == [*step, "2020-07-08"]
        await story.presses(who, "Say how we attend")
        await story.follows(who, "attend.session2.remote")
    await story.presses(cast.mariem, "We present")
    await story.presses(cast.salim, "We present")
    cast.salim.reads("25 minutes", "Your time (Oman): 12:35")
    await story.comes_to("2020-07-17", "12:00")


async def round_2_avoids_the_feast(story: Story, cast: Cast) -> None:
    """Round 2 may be in late July or early August: not on the feast, and nobody is reminded on it."""
    await story.says(cast.sam, "/schedule")
    await story.follows(cast.sam, "schedule.round2")
    await story.says(cast.sam, "2 August 2020 10:00")
    cast.sam.reads("Day off in: ")
    await story.presses(cast.sam, "Not now")
    await story.says(cast.sam, "5 August 2020 10:00-12:00")
    assert "Day off" not in cast.sam.newest
    await story.presses(cast.sam, "✅ Do it")
    await story.comes_to("2020-08-06", "15:00")
    for who in story.people:
        assert not [day for day in who.letter_days("2020-07-17") if EID[0] <= day <= EID[1]]
    for who in (cast.layla, cast.mariem, cast.salim):
        assert who.letters("2020-07-17"), "before the feast or after it"


async def reviews_are_written(story: Story, cast: Cast) -> None:
    """August to October: a deadline that hangs on the forum; who is done hears nothing more of it."""
    await story.comes_to("2020-08-17", "10:00")
    calendar = await story.calendar()
    deadline = calendar.by_id["submission"].model_copy(
        update={
            "when": Exact(first=date(2020, 11, 15), last=date(2020, 11, 15)),
            "follows": Follows(milestone="forum", days=-16),
        }
    )
    await story.loads(calendar.with_milestone(deadline))
    await story.comes_to("2020-09-02", "11:00")
    await Walker(story.region, cast.layla.person, cast.layla.speaks, "LB", "no").walks()
    await story.comes_to("2020-11-09", "15:00")
    for who in (cast.layla, cast.karim):
        assert who.letters("2020-09-02") == [], "Lebanon is done"
    assert cast.salim.letter_days("2020-09-02") == ["2020-10-04", "2020-10-18", "2020-11-01", "2020-11-08"]
    assert cast.mariem.letter_days("2020-09-02") == ["2020-10-05", "2020-10-19", "2020-11-02", "2020-11-09"]
    cast.salim.reads("15 November 2020", "in 7 days")
    told = "{country}: nothing has been entered for 13 working days."
    silent = [name for name in ("Oman", "Lebanon", "Jordan") if cast.sam.has_read(told.format(country=name))]
    assert silent == ["Oman"], "neither who is done nor who declined"


async def the_forum_is_postponed(story: Story, cast: Cast) -> None:
    """10 November: from 1-2 December in Beirut to 24-25 February 2021 online, in one act; the deadline moves along."""
    await story.comes_to("2020-11-10", "10:00")
    answered = len((await story.region.review("LB")).answers)
    await story.says(cast.hala, "/schedule")
    await story.says(cast.hala, "أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً")
    cast.hala.reads("ولم يُنفَّذ شيء بعد", "24 و25 شباط/فبراير 2021", "8 شباط/فبراير 2021")
    await story.presses(cast.hala, "✅ Do it")
    await story.beats()
    for who, old, new, deadline in (
        (cast.layla, "١ و٢ كانون الأول ٢٠٢٠", "٢٤ و٢٥ شباط ٢٠٢١", "٨ شباط ٢٠٢١"),
        (cast.mariem, "1er et 2 décembre 2020", "mercredi 24 et jeudi 25 février 2021", "8 février 2021"),
        (cast.salim, "1 and 2 December 2020", "24 and 25 February 2021", "8 February 2021"),
    ):
        assert len([each for each in who.person.messages if each.from_bot and new in plainly(each.text)]) == 1
        who.reads(old, new, deadline)
        assert old in who.struck_out()
        assert new not in who.struck_out()
        assert who.last.document is not None
        assert b"DTSTART;VALUE=DATE:20210224" in who.last.document.content
        assert await story.open_reminders(who, "20201201") == await story.open_reminders(who, "20201115") == 0
        await story.says(who, "/calendar")
        who.reads(old, new)
    cast.salim.reads("1 and 2 December 2020 · moved on 10 November 2020")
    assert len((await story.region.review("LB")).answers) == answered, "what was answered stays"
    await story.comes_to("2020-12-20", "10:00")
    for who in story.people:
        assert who.letters("2020-11-10") == [], (
            "nothing is due before the end of December, nobody is silent again"
        )


async def the_forum(story: Story, cast: Cast) -> None:
    """December to February: the new deadline, three weeks of sleep in between, and the forum online."""
    await story.comes_to("2020-12-29", "15:00")
    for who in (cast.mariem, cast.salim):
        assert who.letter_days("2020-11-10") == ["2020-12-28"], "six weeks before the new day"
    await story.presses(cast.mariem, "Continue")
    await story.presses_label(cast.mariem, "Oui")
    await story.comes_to("2021-01-08", "10:00")
    await story.jumps_to("2021-01-27", "10:00")
    for who in (cast.mariem, cast.salim):
        assert len(who.letters("2020-12-29")) == 1, "one letter after three weeks, not one for each reminder"
    cast.mariem.reads("dans 12 jours")
    cast.mariem.reads("Points réglés : 1 sur 38")
    await story.comes_to("2021-02-09", "15:00")
    for who in (cast.layla, cast.karim):
        assert who.letters("2020-11-10") == [], "Lebanon is done, under the new date too"
    assert len(cast.salim.letters("2021-01-28")) == 3, "a week before, two working days before, on the day"
    await story.comes_to("2021-02-24", "15:00")
    for who, words in (
        (cast.layla, "٢٤ و٢٥ شباط ٢٠٢١"),
        (cast.mariem, "mercredi 24 et jeudi 25 février 2021"),
        (cast.salim, "24 and 25 February 2021"),
        (cast.karim, "mercredi 24 et jeudi 25 février 2021"),
        (cast.sam, "24 and 25 February 2021"),
    ):
        at, text = who.letters()[-1]
        assert f"{at:%Y-%m-%d}" == "2021-02-24"
        assert words in text
        assert who.words("today") in text
