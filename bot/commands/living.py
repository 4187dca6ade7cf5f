"""Commands that stay: receiving by polling or by webhook, the sandbox, the demo."""

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.commands.refusing import courteous, done

TakeOver = Annotated[bool, typer.Option("--take-over", help="Take the updates over from another deployment.")]


def poll(*, take_over: TakeOver = False) -> None:
    """Receive updates by asking Telegram; needs nothing but a way out."""
    _run("poll", take_over=take_over)


def serve(*, take_over: TakeOver = False) -> None:
    """Receive updates by webhook at RAFIQ_WEBHOOK_URL, listening at RAFIQ_LISTEN_HOST and _PORT."""
    _run("serve", take_over=take_over)


def _run(receive: Literal["poll", "serve"], *, take_over: bool) -> None:
    import secrets  # noqa: PLC0415 - the whole bot is loaded only to run it

    from bot import app, failpoints, logs  # noqa: PLC0415 - the same
    from bot.handlers import Doors  # noqa: PLC0415 - the same
    from bot.settings import Settings  # noqa: PLC0415 - the same

    with courteous():
        settings = Settings.read()
        if settings.backup_folder is not None:
            settings.for_backups()
        failpoints.arm(os.environ.get("RAFIQ_FAILPOINT", ""))
        if receive == "serve":
            settings.for_serving()
    os.umask(0o077)
    logs.configure(settings.log_level)
    logs.keep_secret(settings.secrets(), settings.key.get_secret_value())
    raise SystemExit(
        done(app.run(settings, receive, Doors(secrets.token_bytes, settings.file_limit), take_over=take_over))
    )


def sandbox(context: typer.Context) -> None:
    """A pretend Telegram with a chat page, on this machine only; takes the options of bot.sandbox."""
    from bot.sandbox.__main__ import main  # noqa: PLC0415 - the sandbox is loaded for this command only

    raise SystemExit(main(context.args))


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of the chat page.")] = 8088,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = Path(".demo"),
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what an earlier demo has kept.")] = False,
) -> None:
    """The bot and a pretend Telegram with three people: no token, no account, no internet."""
    from bot.commands import demo as stage  # noqa: PLC0415 - the sandbox is loaded for the demo only

    with courteous():
        raise SystemExit(stage.play(port, folder, fresh=fresh))
