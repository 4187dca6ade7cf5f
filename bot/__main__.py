"""The command line: `python -m bot COMMAND`."""

from bot.commands import app


def main() -> None:
    """Run the command that the arguments name."""
    app()


if __name__ == "__main__":
    main()
