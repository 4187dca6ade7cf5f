"""What can be done at the command line; each refusal is one line with its place and its remedy, and exit code 2."""

import typer

from bot.commands import auditing, cycles, doctor, inviting, keeping, living, looking, parking, preparing

app = typer.Typer(
    name="rafiq",
    help="Rafiq accompanies the national review of the Global Compact for Migration in a Telegram chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("poll")(living.poll)
app.command("serve")(living.serve)
app.command("sandbox", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    living.sandbox
)
app.command("demo")(living.demo)
app.command("migrate")(preparing.migrate)
app.command("key")(preparing.key)
app.command("rotate")(preparing.rotate)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("drill")(keeping.drill)
app.command("pause")(keeping.pause)
app.command("resume")(keeping.resume)
app.command("check")(preparing.check)
app.add_typer(cycles.cycle, name="cycle")
app.add_typer(auditing.audit, name="audit")
app.add_typer(parking.aside, name="aside")
app.command("invite")(inviting.invite)
app.command("status")(looking.status)
app.command("doctor")(doctor.doctor)
app.command("probe")(doctor.probe)

__all__ = ["app"]
