"""``handouts init``: begins a clinic's own library over the shipped one."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli import helping
from generator.cli.context import Settings

if TYPE_CHECKING:
    from generator.own import Answers

QUESTIONS = {
    "name": "The clinic's name",
    "address": "Its address, in one line",
    "office_phone": "Telephone of the office",
    "nights_phone": "Telephone at night and on weekends",
    "emergency_phone": "Emergency number",
    "country": "Country, as two letters such as US",
    "time_zone": "Time zone, such as America/New_York",
    "paper": "Paper, letter or a4",
    "languages": "Languages, the original first ({languages})",
    "colour": "Brand colour, dark",
    "accent": "A second colour, dark",
    "logo": "Logo, an .svg or .png file (nothing: a plain one in your colour)",
}


def _hours(_: click.Context, __: click.Parameter, said: tuple[str, ...]) -> dict[str, str]:
    for one in said:
        if "=" not in one:
            raise click.BadParameter(f"write a language and its words, en=…, not '{one}'")
    return dict(one.split("=", 1) for one in said)


@helping.command(
    "init",
    short_help="Begin a clinic's own library.",
    epilog=helping.examples(
        "handouts init our-clinic",
        'handouts init our-clinic --yes --name "Sample Clinic" \\',
        '    --address "1 Sample Street" --office-phone 555-0100 \\',
        "    --nights-phone 555-0111 --emergency-phone 911 \\",
        "    --country US --time-zone America/New_York",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@helping.option("--name", metavar="NAME", help="The clinic's name.")
@helping.option("--address", metavar="ADDRESS", help="Its address, in one line.")
@helping.option("--office-phone", metavar="NUMBER", help="The office's telephone.")
@helping.option("--nights-phone", metavar="NUMBER", help="The telephone at night and on weekends.")
@helping.option("--emergency-phone", metavar="NUMBER", help="The emergency number.")
@helping.option(
    "--office-hours",
    metavar="LANGUAGE=WORDS",
    multiple=True,
    callback=_hours,
    help="When the office answers, once for each language.",
)
@helping.option("--country", metavar="CODE", help="Two letters; decides how dates are written.")
@helping.option("--time-zone", metavar="ZONE", help="Such as America/New_York.")
@helping.option(
    "--paper",
    metavar="PAPER",
    show_default="what is usual in the country",
    help="letter or a4.",
)
@helping.option("--languages", metavar="TAGS", show_default="en", help="Such as en,es.")
@helping.option(
    "--colour", metavar="#RRGGBB", show_default="the shipped one", help="The brand's colour, dark."
)
@helping.option(
    "--accent", metavar="#RRGGBB", show_default="the shipped one", help="A second one, dark."
)
@helping.option(
    "--logo",
    metavar="FILE",
    type=click.Path(path_type=Path),
    show_default="a plain one in your colour",
    help="An .svg or .png file to copy.",
)
@helping.option("--yes", is_flag=True, help="Ask nothing; for scripts.")
@click.pass_obj
def command(settings: Settings, /, folder: Path, yes: bool, **said: Any) -> None:
    """Begin a clinic's own library in DIR, a new folder.

    Asks for what is not given. The library that comes with the program stands beneath the new one;
    'handouts override' puts files of the clinic's in the place of its own.
    """
    from generator.library import shown
    from generator.own import begin, refuse_folder

    refuse_folder(folder)
    answers = _asked(said) if sys.stdin.isatty() and not yes else _given(said)
    begin(folder, answers, settings.clock)
    click.echo(shown(folder.resolve()))
    settings.say("\nThe clinic's own library is there. Next:")
    for line in _next(shown(folder.resolve()), answers):
        settings.say(f"  {line}")


def _next(folder: str, answers: Answers) -> tuple[str, ...]:
    library = f"handouts --library {shlex.quote(folder)}"
    plan = shlex.quote(f"{folder}/content/examples/plan.yaml")
    words = f"content/topics/when-to-call/{answers.languages[0]}.yaml"
    return (
        f"{library} list",
        f"{library} plan {plan} --allow-unreviewed",
        f"{library} override {words}",
    )


def _given(said: dict[str, Any]) -> Answers:
    """What the options say, when nobody is there to ask."""
    from generator.own import NEEDED

    lacking = [f"--{name.replace('_', '-')}" for name in NEEDED if not said[name]]
    if lacking:
        raise click.UsageError(f"nobody is there to ask, so these are needed: {', '.join(lacking)}")
    return _answers({name: value for name, value in said.items() if value})


def _asked(said: dict[str, Any]) -> Answers:
    """What the options say, and the answers to everything else."""
    from generator.own import office_hours, shipped

    shown = {"languages": ", ".join(shipped().languages)}
    known = {name: value for name, value in said.items() if value}
    for name, question in QUESTIONS.items():
        if name not in known:
            asked = question.format(**shown)
            known[name] = _ask(asked, _default(name, known), _judge(name, known))
    hours = dict(said["office_hours"])
    for tag in _answers(known).languages:
        if tag not in hours:
            question = f"When the office answers ({tag})"
            judge = _judge("office_hours", {**known, "office_hours": hours}, tag)
            hours[tag] = _ask(question, office_hours(tag) or "", judge)
    return _answers({**known, "office_hours": hours})


def _ask(question: str, default: str | None, judge: Callable[[str], str]) -> str:
    answer: str = click.prompt(
        question, default=default, show_default=bool(default), value_proc=judge, err=True
    )
    return answer


def _default(name: str, known: dict[str, Any]) -> str | None:
    from generator.own import DEFAULTS

    if name == "paper":
        return _answers(known).sheet
    return "" if name == "logo" else DEFAULTS.get(name)


def _judge(name: str, known: dict[str, Any], tag: str = "") -> Callable[[str], str]:
    """Takes an answer, or says why it is not taken; then the question comes again."""
    from generator.own import refusals, shipped

    def judge(value: str) -> str:
        given = {**known[name], tag: value} if tag else value
        why = refusals(_answers({**known, name: given}), shipped()).get(name)
        if why:
            raise click.UsageError(why)
        return value

    return judge


def _answers(known: dict[str, Any]) -> Answers:
    from generator.own import NEEDED, Answers

    said = dict.fromkeys(NEEDED, "") | {name: value for name, value in known.items() if value}
    if isinstance(said.get("languages"), str):
        said["languages"] = tuple(said["languages"].replace(",", " ").split())
    if isinstance(said.get("logo"), str):
        said["logo"] = Path(said["logo"]).expanduser()
    return Answers(**said)
