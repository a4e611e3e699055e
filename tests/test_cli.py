"""The command line as a script sees it: exit codes, what goes where, what is left on disk."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import ExitCode, nearest
from generator.library.cross_check import unknown
from tests.clinics import rewrite
from tests.conftest import REPO, Run

PLAN = "content/examples/plan.yaml"
HEAVY = {"weasyprint", "jinja2", "babel", "rich", "pikepdf", "fontTools"}
BUT_FONTS = HEAVY - {"fontTools"}  # a tenth of a second: which letters our faces have


def test_success(run: Run) -> None:
    listed = run("list")
    assert (listed.code, listed.out.splitlines()[0].split()[0]) == (0, "HANDOUT")
    built = run("build", "other")
    assert built.code == 0
    assert "out/other.en.pdf" in built.out
    assert run("schema", "plan").code == 0
    assert run("doctor").code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "nothing"),
        ("build", "other", "--lang", "fr"),
        ("build", "--paper", "a3"),
        ("build", "--format", "doc"),
        ("schema", "nothing"),
        ("plan", "nowhere.yaml"),
        ("plan",),
        ("nothing",),
        ("list", "--colour"),
        ("--colour", "list"),
        ("--as-of", "08/12/2026", "list"),
        ("--library", "nowhere", "list"),
        ("--library", "content", "list"),
    ],
)
def test_usage(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert result.err


@pytest.mark.parametrize("said", ["tomorrow", "08/12/2026", "2026-02-30", "2026-12-08T7h", ""])
def test_a_day_to_act_on_is_asked_for_as_it_is_written(run: Run, said: str) -> None:
    wanted = f"write it as 2026-12-08 or 2026-12-08T07:30, not '{said}'"
    assert run("--as-of", said, "list").err.endswith(
        f"Error: Invalid value for '--as-of': {wanted}\n"
    )
    for day in ("2026-12-08", "2026-12-08T07:30"):
        assert run("--as-of", day, "list").code == 0


def test_an_unknown_handout_is_answered_with_those_there_are(run: Run) -> None:
    assert run("build", "nothing").err == (
        "handouts: no handout is called 'nothing'. There are: other, sample.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("buidl",), "build"),
        (("List",), "list"),
        (("review", "aprove"), "approve"),
        (("build", "smaple"), "sample"),
        (("review", "log", "Other"), "other"),
    ],
)
def test_a_slip_in_a_name_is_answered_with_what_was_meant(
    run: Run, arguments: tuple[str, ...], meant: str
) -> None:
    result = run(*arguments)
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert f" '{arguments[-1]}'. Did you mean '{meant}'?" in result.err


def test_large_letters_and_small_are_one_slip(run: Run, folder: Path) -> None:
    """Wherever a name may have been meant: in what is typed, in a file, between two files."""
    rewrite(folder / "content/topics/sample-topic/en.yaml", "title:", "TITLE:")
    assert "'TITLE' is not a known key (did you mean 'title'?)" in run("list").err
    assert unknown("picture", "SAMPLE", ["sample"]) == (
        "there is no picture 'SAMPLE'; did you mean 'sample'?"
    )
    assert nearest("ZH-HANS", ["en", "zh-Hans"]) == "zh-Hans"


def test_a_name_that_is_like_no_other_is_answered_with_no_guess(run: Run) -> None:
    for arguments in (("nothing",), ("build", "nothing")):
        assert "Did you mean" not in run(*arguments).err


def test_unsigned_words_are_refused_before_anything_is_written(run: Run, folder: Path) -> None:
    result = run("plan", PLAN)
    assert result.code == ExitCode.SIGN_OFF
    assert "sample (en): draft" in result.err
    assert "--allow-unreviewed" in result.err
    assert not (folder / "out").exists()


def test_unsigned_words_are_printed_when_that_is_asked_for(run: Run, folder: Path) -> None:
    result = run("plan", PLAN, "--allow-unreviewed")
    assert result.code == 0
    (packet,) = (folder / "out").iterdir()
    assert packet.name in result.out
    assert "Testa" not in result.out + result.err + packet.name


@pytest.mark.parametrize(
    ("template", "said"),
    [("{{ section.titel }}", "titel"), ("{% if %}", "Expected an expression")],
)
def test_a_broken_template(run: Run, folder: Path, template: str, said: str) -> None:
    (folder / "templates" / "topic.html").write_text(f"<p>\n{template}</p>")
    result = run("build", "other")
    assert result.code == ExitCode.TEMPLATE
    assert "topic.html:2: " in result.err
    assert said in result.err
    assert not (folder / "out").exists()


def test_a_page_that_came_out_wrong(run: Run, folder: Path) -> None:
    topic = folder / "content" / "topics" / "sample-topic" / "en.yaml"
    topic.write_text(topic.read_text().replace("You may drink", "x" * 200))
    result = run("build", "other")
    assert result.code == ExitCode.LAYOUT
    assert "other: page 1, block sample-topic/only: 'xxx" in result.err
    assert "past the right margin; shorten it or break it up" in result.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize("asked", [("build", "other"), ("plan", PLAN, "--allow-unreviewed")])
@pytest.mark.parametrize("owner", ["content", "handouts", "templates", "content/topics/new"])
def test_nothing_is_printed_into_the_library(
    run: Run, folder: Path, asked: tuple[str, ...], owner: str
) -> None:
    before = set(folder.rglob("*"))
    result = run(*asked, "-o", owner)
    assert result.code == ExitCode.OUTPUT
    assert "choose another folder with -o" in result.err
    assert set(folder.rglob("*")) == before


def test_a_link_into_the_library_is_the_library(run: Run, folder: Path) -> None:
    (folder / "link").symlink_to(folder / "content")
    assert run("build", "other", "-o", "link").code == ExitCode.OUTPUT


def test_an_output_that_cannot_be_written(run: Run, folder: Path) -> None:
    (folder / "out").write_text("a file where a folder is wanted")
    result = run("build", "other", "-o", "out/deeper")
    assert result.code == ExitCode.OUTPUT
    assert "out/deeper/other.en.pdf could not be written: Not a directory" in result.err


def test_a_full_disk_leaves_nothing_behind(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.output.os.fsync", full)
    result = run("build", "other")
    assert result.code == ExitCode.OUTPUT
    assert "No space left on device" in result.err
    assert not list((folder / "out").iterdir())


def test_a_bug_says_so_without_a_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object) -> None:
        raise RuntimeError("Testa Exampleperson")

    monkeypatch.setattr("generator.review.standings", bug)
    result = run("list")
    assert result.code == ExitCode.BUG
    assert "this is a bug in the handout press: RuntimeError" in result.err
    assert "Traceback" not in result.err
    assert "Testa" not in result.err


def test_a_bug_shows_its_trace_when_that_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(*_: object) -> None:
        raise RuntimeError("this very bug")

    monkeypatch.setattr("generator.review.standings", bug)
    with pytest.raises(RuntimeError, match="this very bug"):
        run("-v", "list")


def test_a_machine_or_library_that_lacks_something_is_no_success(run: Run, folder: Path) -> None:
    (folder / "content" / "clinic.yaml").write_text("name: x\n")
    result = run("doctor")
    assert result.code == ExitCode.OUTPUT
    assert "'handouts list' names them" in result.out


def test_a_reader_of_the_results_who_leaves_early_is_no_bug(folder: Path) -> None:
    command = [sys.executable, "-m", "generator", "--library", str(folder), "list", "--json"]
    with subprocess.Popen(
        command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        said = program.stderr.read()
    assert (program.returncode, said) == (ExitCode.OUTPUT, "")


def test_results_go_to_stdout_and_messages_to_stderr(run: Run) -> None:
    loud, quiet = run("list"), run("-q", "list")
    assert "2 of 2 may not go to a patient yet" in loud.err
    assert quiet.err == ""
    assert quiet.out == loud.out


def test_json_says_what_the_table_says(run: Run) -> None:
    listed = json.loads(run("list", "--json").out)
    assert [(h["id"], h["state"], h["due"]) for h in listed] == [
        ("other", "draft", None),
        ("sample", "draft", None),
    ]
    assert all(h["digest"].startswith("sha256:") for h in listed)
    (made,) = json.loads(run("build", "other", "--json").out)
    assert made == {
        "id": "other",
        "language": "en",
        "state": "draft",
        "version": "1.0",
        "pages": 1,
        "file": "out/other.en.pdf",
    }


def test_json_of_a_packet_does_not_name_the_patient(run: Run) -> None:
    result = run("plan", PLAN, "--allow-unreviewed", "--json")
    (made,) = json.loads(result.out)
    assert set(made) == {"id", "language", "state", "version", "pages", "file"}
    assert (made["state"], made["version"]) == ("draft", None)
    assert not any(word in result.out for word in ("Testa", "Exampleperson", "EX-000123"))


def test_an_error_is_said_even_when_quiet(run: Run) -> None:
    assert run("-q", "build", "nothing").err.startswith("handouts: no handout is called")


def test_a_handout_named_twice_is_printed_once(run: Run) -> None:
    assert len(json.loads(run("build", "other", "other", "--json").out)) == 1


def test_only_its_owner_may_read_what_was_printed(run: Run, folder: Path) -> None:
    run("plan", PLAN, "--allow-unreviewed")
    (packet,) = (folder / "out").iterdir()
    assert stat.S_IMODE(packet.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "out").stat().st_mode) == 0o700


def test_the_environment_names_a_library_too(folder: Path) -> None:
    command = [sys.executable, "-m", "generator", "list"]
    result = subprocess.run(
        command,
        cwd=REPO,
        env={"HANDOUTS_LIBRARY": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Another handout" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"pydantic", "yaml", *HEAVY}),
        (["build", "--help"], {"pydantic", "yaml", *HEAVY}),
        (["plan", "--help"], {"pydantic", "yaml", *HEAVY}),
        (["list"], HEAVY),
        (["check"], BUT_FONTS),
        (["check", "--pemat", "amputation"], BUT_FONTS),
        (["schema", "plan"], HEAVY),
    ],
)
def test_quick_commands_import_nothing_heavy(arguments: list[str], unwanted: set[str]) -> None:
    code = (
        "import sys; from generator.cli import main; sys.argv[0] = 'handouts'\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('IMPORTED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    command = [sys.executable, "-c", code, *arguments]
    result = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)
    imported = set(result.stdout.rpartition("IMPORTED")[2].split())
    assert "click" in imported
    assert not imported & unwanted
