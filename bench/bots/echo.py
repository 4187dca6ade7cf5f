"""A bare echo on python-telegram-bot as it comes, polling or called at a port: what the framework alone costs."""

import asyncio
import json
import os

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

SECRET = "the-bench-calls-with-this"  # noqa: S105 - opens nothing


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same."""
    if update.effective_message is not None:
        await update.effective_message.reply_text(update.effective_message.text or "")


async def serve(builder: ApplicationBuilder, port: int) -> None:  # type: ignore[type-arg]
    """Take updates at a port, in a small web server of one's own as the library's examples have it."""
    application = builder.updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))

    async def take(request: Request) -> Response:
        update = Update.de_json(json.loads(await request.body()), application.bot)
        await application.update_queue.put(update)
        return Response()

    site = Starlette(routes=[Route("/updates", take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(site, port=port, log_level="warning", access_log=False))
    async with application:
        await application.start()
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0.01)
        await application.bot.set_webhook(
            f"http://127.0.0.1:{port}/updates", max_connections=100, secret_token=SECRET
        )
        await serving


def main() -> None:
    """Run until a signal ends it."""
    builder = (
        Application.builder().token(os.environ["BENCH_TOKEN"]).base_url(os.environ["BENCH_API"] + "/bot")
    )
    port = int(os.environ.get("BENCH_PORT") or 0)
    if port:
        asyncio.run(serve(builder, port))
        return
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
