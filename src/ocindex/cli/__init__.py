"""The command line: arguments in, exit code out; each group of commands is loaded when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from ocindex.errors import OcindexError

_COMMANDS = {
    "add": ("ocindex.cli.sources", "Add a document to the raw folder."),
    "build": ("ocindex.cli.building", "Build the dataset of a raw folder."),
    "check": ("ocindex.cli.building", "Check a published dataset again: schemas, keys, hashes, quotes."),
    "compare": ("ocindex.cli.comparison", "Compare two editions of a country."),
    "conflicts": ("ocindex.cli.conflicts", "Say where the documents on a country disagree."),
    "diff": ("ocindex.cli.releasing", "Compare two releases: what changed, what it means, why."),
    "evaluate": ("ocindex.cli.evaluation", "Measure the attribution on labelled text."),
    "fetch": ("ocindex.cli.sources", "Fetch the official workbook into the cache."),
    "find": ("ocindex.cli.answers", "Search indicators, evidence, spans and columns."),
    "fit": ("ocindex.cli.evaluation", "Fit the attribution on labelled text."),
    "flows": ("ocindex.cli.movements", "List a country's routes: from where, through where, to where."),
    "quote": ("ocindex.cli.answers", "Print a sentence with its source."),
    "rank": ("ocindex.cli.comparison", "Rank countries by a score, or by its change."),
    "release": ("ocindex.cli.releasing", "Release the dataset: build, compare, number, describe, publish."),
    "schema": ("ocindex.cli.building", "Render the Table Schemas and the data dictionary."),
    "show": ("ocindex.cli.answers", "Show a country, or one of its indicators with the evidence."),
}


class _LazyGroup(click.Group):
    """Knows its commands' names and help lines; imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in sorted(_COMMANDS.items())])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _param, value: _version(ctx, value=value),
)
def cli() -> None:
    """Country-risk assessments of the Global Organized Crime Index as checked, tidy tables.

    Exit codes: 0 done (or same), 1 the data says no, 2 the command could not do its work.
    """


def main() -> None:
    """Run the command line; errors of the package are one message and exit code 2."""
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = 2
    except OcindexError as error:
        click.echo(f"Error: {error}", err=True)
        code = 2
    except (BrokenPipeError, SystemExit):
        # The reader (head, less) went away, which click and rich take for an exit with 1;
        # nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _version(ctx: click.Context, *, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    import ocindex
    from ocindex.dataset.load import read_descriptor
    from ocindex.vocabulary.bundled import bundled_folder

    click.echo(f"ocindex {ocindex.__version__}, bundled dataset {read_descriptor(bundled_folder('dist'))[0]}")
    ctx.exit(0)
