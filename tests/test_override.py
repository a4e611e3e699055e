"""A clinic's files in the place of shipped ones: said aloud, kept by updates, never in silence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.errors import ContentError, ExitCode
from generator.library import load_library, shipped_library
from generator.model.canonical import digest_of
from tests.clinics import FASTING, clinic, rewrite, shipped_copy
from tests.conftest import Result, Run

CLINIC = "content/clinic.yaml"
LEDGER = "handouts/hip-replacement/signoffs.yaml"
OTHER = "content/topics/washing/en.yaml"
OWN = """\
title: {en: Our own page}
audience: {en: For everybody}
version: "1.0"
written: {by: A. Example, role: Test writer, on: 2026-11-23}
contents: [topic: fasting]
"""
NO_DIGEST = f"sha256:{'0' * 64}"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return shipped_copy(tmp_path / "shipped", monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, shipped: Path) -> Path:
    """A clinic's own library over a copy of the shipped one."""
    assert shipped_library() == shipped
    return clinic(tmp_path / "clinic")


def digest(file: Path) -> str:
    return digest_of(file.read_bytes())


def entry(file: str, of: str) -> str:
    return f"    - file: {file}\n      of: {of}\n"


def listing(folder: Path, *entries: tuple[str, str]) -> None:
    """List overridden files as a person would."""
    lines = "".join(entry(file, of) for file, of in entries)
    with (folder / CLINIC).open("a") as stream:
        stream.write(f"  overrides:\n{lines}")


def whose(run: Run) -> dict[tuple[str, str], str]:
    found = json.loads(run("list", "--json").out)
    return {(one["id"], one["language"]): one["from"] for one in found}


def test_a_shipped_file_is_copied_and_listed(run: Run, folder: Path, shipped: Path) -> None:
    before = (folder / CLINIC).read_text()
    assert run("override", FASTING, OTHER) == Result(0, f"{FASTING}\n{OTHER}\n", "")
    for file in (FASTING, OTHER):
        assert (folder / file).read_bytes() == (shipped / file).read_bytes()
    entries = "".join(entry(file, digest(shipped / file)) for file in (FASTING, OTHER))
    assert (folder / CLINIC).read_text() == f"{before}  overrides:\n{entries}"


def test_what_was_done_is_told_to_programs_in_one_way(run: Run, shipped: Path) -> None:
    now = digest(shipped / FASTING)
    said = [{"file": FASTING, "of": now, "now": now, "stale": False}]
    for arguments in ((FASTING,), (), (FASTING, "--seen")):
        assert json.loads(run("override", *arguments, "--json").out) == said


def test_the_clinics_words_are_printed_in_the_place_of_the_shipped_ones(
    run: Run, folder: Path
) -> None:
    run("override", FASTING)
    rewrite(folder / FASTING, "Your stomach must be empty", "Your stomach has to be empty")
    assert run("build", "hip-replacement", "--lang", "en", "--format", "txt").code == 0
    said = (folder / "out" / "hip-replacement.en.txt").read_text()
    assert "Your stomach has to be empty" in said


def test_a_page_of_the_clinics_own_needs_no_listing(run: Run, folder: Path, shipped: Path) -> None:
    own = folder / "content" / "topics" / "naps" / "en.yaml"
    own.parent.mkdir(parents=True)
    own.write_text((shipped / FASTING).read_text().replace("When to stop eating", "When to nap"))
    run("override", "handouts/orthopedic-oncology/handout.yaml")
    definition = folder / "handouts" / "orthopedic-oncology" / "handout.yaml"
    rewrite(definition, "contents:\n", "contents:\n  - topic: naps\n")
    first = load_library(folder).handout("orthopedic-oncology", "en").sections[0]
    assert first.words.title == "When to nap and drinking"
    assert [one.file for one in load_library(folder).overridden] == [
        "handouts/orthopedic-oncology/handout.yaml"
    ]
    assert run("list").code == 0


def test_a_handout_says_whose_it_is(run: Run, folder: Path) -> None:
    assert set(whose(run).values()) == {"shipped"}
    run("override", FASTING, "handouts/amputation/handout.yaml")
    (folder / "handouts" / "our-own").mkdir()
    (folder / "handouts" / "our-own" / "handout.yaml").write_text(OWN)
    found = whose(run)
    assert found["our-own", "en"] == "clinic"
    assert found["amputation", "en"] == found["hip-replacement", "en"] == "shipped, overridden"
    assert found["orthopedic-oncology", "en"] == "shipped"
    heads, *rows = run("list").out.splitlines()
    assert heads.endswith("FROM")
    assert any(row.startswith("hip-replacement ") and "shipped, overridden" in row for row in rows)


@pytest.mark.parametrize("file", [FASTING, "templates/print.css", "content/figures/logo.svg"])
def test_silent_shadowing_is_refused_and_listing_it_is_the_cure(
    run: Run, folder: Path, shipped: Path, file: str
) -> None:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    mine = (shipped / file).read_bytes() + b"\n"
    (folder / file).write_bytes(mine)
    refused = run("list")
    assert refused == Result(
        ExitCode.CONTENT,
        "",
        f"handouts: {file}: the shipped library has this file as well ({shipped / file}); list it "
        f"under beneath.overrides in content/clinic.yaml ('handouts override {file}' does), or "
        "remove it\n1 problem to mend; nothing was printed.\n",
    )
    assert run("override", file).code == 0
    assert (folder / file).read_bytes() == mine
    assert run("list").code == 0


def test_a_link_inside_the_library_shadows_as_well(run: Run, folder: Path, shipped: Path) -> None:
    mine = folder / "content" / "mine"
    shutil.copytree(shipped / "content" / "topics" / "fasting", mine)
    (folder / "content" / "topics").mkdir()
    (folder / "content" / "topics" / "fasting").symlink_to(mine)
    assert f"\n{FASTING}: the shipped library has this file as well" in run("list").err


REFUSED = [
    (FASTING, f"is not in this library; run 'handouts override {FASTING}', or take the entry out"),
    (
        "content/topics/naps/en.yaml",
        "is not in the shipped library (any more); take the entry out: your file stays",
    ),
    (CLINIC, "is always the clinic's own, and never taken from beneath; take the entry out"),
    (LEDGER, "is always the clinic's own, and never taken from beneath; take the entry out"),
    (
        "content/examples/plan.yaml",
        "is always the clinic's own, and never taken from beneath; take the entry out",
    ),
    (
        "../clinic.yaml",
        "must be the path of a file such as content/topics/fasting/en.yaml, not '../clinic.yaml'",
    ),
    (
        "content/../../clinic.yaml",
        "must be the path of a file such as content/topics/fasting/en.yaml, "
        "not 'content/../../clinic.yaml'",
    ),
]


@pytest.mark.parametrize(("file", "why"), REFUSED, ids=[file for file, _ in REFUSED])
def test_an_entry_that_covers_nothing_is_refused(
    run: Run, folder: Path, file: str, why: str
) -> None:
    listing(folder, (file, NO_DIGEST))
    line = (folder / CLINIC).read_text().splitlines().index(f"    - file: {file}") + 1
    assert run("list") == Result(
        ExitCode.CONTENT,
        "",
        f"handouts: {CLINIC}:{line}:7: beneath, override 1, file: {why}\n"
        "1 problem to mend; nothing was printed.\n",
    )


def test_an_entry_without_its_file_is_mended_as_its_message_says(
    run: Run, folder: Path, shipped: Path
) -> None:
    listing(folder, (FASTING, NO_DIGEST))
    assert f"run 'handouts override {FASTING}'" in run("list").err
    assert run("override", FASTING).code == 0
    (entry,) = load_library(folder).overridden
    assert (entry.of, entry.stale) == (digest(shipped / FASTING), False)
    assert (folder / FASTING).read_bytes() == (shipped / FASTING).read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "library: shipped",
            "library: ours",
            "beneath, library: must be 'shipped', not 'ours'",
        ),
        ("library: shipped", "overrides: []", "beneath: 'library' is missing; add it"),
    ],
)
def test_what_is_beneath_is_the_shipped_library(
    run: Run, folder: Path, old: str, new: str, why: str
) -> None:
    rewrite(folder / CLINIC, old, new)
    assert why in run("list").err


def test_a_file_is_listed_once(run: Run, folder: Path, shipped: Path) -> None:
    run("override", FASTING)
    with (folder / CLINIC).open("a") as stream:
        stream.write(entry(FASTING, digest(shipped / FASTING)))
    assert f"beneath, override 2: '{FASTING}' is listed twice; keep one" in run("list").err


def test_the_shipped_library_stands_on_none(run: Run, shipped: Path) -> None:
    with (shipped / CLINIC).open("a") as stream:
        stream.write("beneath:\n  library: shipped\n")
    said = run("--library", str(shipped), "list").err
    why = "this is the shipped library itself, which stands on none; remove this block"
    assert f": beneath: {why}" in said


def test_an_update_is_told_and_shown_and_touches_no_file_of_the_clinics(
    run: Run, folder: Path, shipped: Path
) -> None:
    run("override", FASTING, OTHER)
    rewrite(folder / FASTING, "Do not hide it.", "Tell us.")
    mine = (folder / FASTING).read_bytes()
    assert "changed since" not in run("list").err
    rewrite(shipped / FASTING, "If you have no plan, ask us.", "If you have no plan, call us.")

    told = run("list").err
    assert f"{FASTING}: the shipped file changed since this one took its place." in told
    assert f"What changed: handouts override {FASTING} --diff" in told
    assert OTHER not in told
    line = (folder / CLINIC).read_text().splitlines().index(f"    - file: {FASTING}") + 2
    found = [line for line in run("check").out.splitlines() if "override-stale" in line]
    assert found == [
        f"{CLINIC}:{line}:7: warning override-stale: beneath, override 1, of: the shipped file "
        f"changed since {FASTING} took its place; look at 'handouts override {FASTING} --diff', "
        "then say so with --seen"
    ]
    assert "override-stale" in run("check", "hip-replacement").out
    assert [one["stale"] for one in json.loads(run("override", "--json").out)] == [True, False]
    assert f"{FASTING}  the shipped file changed since" in run("override").out

    shown = run("override", FASTING, "--diff")
    changed = [line for line in shown.out.splitlines() if line[:1] in "+-"]
    assert changed == [
        f"--- {FASTING} (shipped, then)",
        f"+++ {FASTING} (shipped, now)",
        "-      - Your own plan says when to stop. If you have no plan, ask us.",
        "+      - Your own plan says when to stop. If you have no plan, call us.",
    ]
    again = run("override", FASTING)
    assert again.code == ExitCode.USAGE
    assert "the shipped file changed since. Look at it with --diff" in again.err
    assert (folder / FASTING).read_bytes() == mine

    assert run("override", FASTING, "--seen").code == 0
    assert (folder / FASTING).read_bytes() == mine
    assert "changed since" not in run("list").err
    kept = {file.name for file in (folder / "content" / ".beneath").iterdir()}
    assert kept == {f"{digest(shipped / file)[7:23]}.yaml" for file in (FASTING, OTHER)}


def test_without_an_update_the_difference_is_the_clinics_own(run: Run, folder: Path) -> None:
    run("override", FASTING)
    assert run("override", FASTING, "--diff").out == "nothing\n"
    rewrite(folder / FASTING, "Do not hide it.", "Tell us.")
    shown = run("override", FASTING, "--diff")
    assert "what yours has other than the shipped file" in shown.err
    assert "+      - If you eat or drink too late by mistake, call us. Tell us." in shown.out


def test_a_picture_is_not_shown_as_text(run: Run, shipped: Path) -> None:
    drawing = "content/figures/hip-implant.svg"
    run("override", drawing)
    (shipped / drawing).write_bytes(b"\x89PNG")
    assert "no text; look at " in run("override", drawing, "--diff").out


def test_shipped_words_that_nobody_overrode_are_updated(
    run: Run, folder: Path, shipped: Path
) -> None:
    rewrite(shipped / FASTING, "Do not hide it.", "Tell us.")
    topic = load_library(folder).topics["fasting", "en"]
    assert "Tell us." in topic.model_dump_json()
    assert whose(run)["hip-replacement", "en"] == "shipped"


def test_an_update_that_takes_an_overridden_file_away(
    run: Run, folder: Path, shipped: Path
) -> None:
    run("override", OTHER)
    listed = (folder / CLINIC).read_text()
    (shipped / OTHER).unlink()
    assert run("override") == Result(0, "FILE  BENEATH\n", "")
    assert "take the entry out: your file stays" in run("list").err
    (folder / CLINIC).write_text(listed[: listed.index("  overrides:")])
    assert run("list").code == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (
            ("content/topics/fastin/en.yaml",),
            f"the shipped library has no file content/topics/fastin/en.yaml. "
            f"Did you mean {FASTING}?",
        ),
        (
            ("CONTENT/TOPICS/FASTING/EN.YAML",),
            f"the shipped library has no file CONTENT/TOPICS/FASTING/EN.YAML. "
            f"Did you mean {FASTING}?",
        ),
        (("x",), "the shipped library has no file x. Its files are in {shipped}."),
        (
            ("../../shipped/content",),
            "the shipped library has no file ../../shipped/content. Its files are in {shipped}.",
        ),
        ((CLINIC,), f"{CLINIC} is always the clinic's own; there is nothing to override."),
        ((LEDGER,), f"{LEDGER} is always the clinic's own; there is nothing to override."),
        (
            ("content/topics/fasting/es.yaml",),
            "content/topics/fasting/es.yaml is in 'es', which is not a language of the clinic "
            "(en). Add that to content/clinic.yaml first.",
        ),
        (
            ("content/glossary.ar.yaml",),
            "content/glossary.ar.yaml is in 'ar', which is not a language of the clinic (en). "
            "Add that to content/clinic.yaml first.",
        ),
        (
            (OTHER, "--seen"),
            f"{OTHER} is not overridden, so there is nothing to see.",
        ),
        ((OTHER, "--diff"), f"{OTHER} is not overridden; it is the shipped file."),
        ((FASTING,), f"{FASTING} is overridden already; change {FASTING}."),
        ((OTHER, FASTING), f"{FASTING} is overridden already; change {FASTING}."),
    ],
)
def test_what_cannot_be_overridden(
    run: Run, folder: Path, shipped: Path, arguments: tuple[str, ...], why: str
) -> None:
    run("override", FASTING)
    before = (folder / CLINIC).read_bytes()
    message = f"handouts: {why.format(shipped=shipped)}\n"
    assert run("override", *arguments) == Result(ExitCode.USAGE, "", message)
    assert (folder / CLINIC).read_bytes() == before
    assert not (folder / OTHER).exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--diff",), "--diff, --seen and --undo need a FILE: one that is overridden"),
        (("--seen",), "--diff, --seen and --undo need a FILE: one that is overridden"),
        (("--undo",), "--diff, --seen and --undo need a FILE: one that is overridden"),
        ((FASTING, "--diff", "--seen"), "--diff only shows: leave --seen, --undo and --json out"),
        ((FASTING, "--diff", "--undo"), "--diff only shows: leave --seen, --undo and --json out"),
        ((FASTING, "--diff", "--json"), "--diff only shows: leave --seen, --undo and --json out"),
        (
            (FASTING, "--seen", "--undo"),
            "--seen keeps your FILE and --undo takes it away; give one",
        ),
    ],
)
def test_options_that_do_not_go_together(run: Run, options: tuple[str, ...], why: str) -> None:
    result = run("override", *options)
    assert result.code == ExitCode.USAGE
    assert result.err.endswith(f"Error: {why}\n")


def test_a_library_on_its_own_overrides_nothing(run: Run, shipped: Path) -> None:
    for arguments in ((), (FASTING,)):
        result = run("--library", str(shipped), "override", *arguments)
        assert result.code == ExitCode.USAGE
        assert "this is the library that came with the program" in result.err


def test_a_file_may_be_named_by_its_path(run: Run, folder: Path, shipped: Path) -> None:
    assert run("override", str(shipped / FASTING)).out == f"{FASTING}\n"
    assert load_library(folder).overridden[0].file == FASTING


def test_overriding_works_while_the_library_is_broken(run: Run, folder: Path) -> None:
    (folder / "content" / "topics" / "naps").mkdir(parents=True)
    assert run("list").code == ExitCode.CONTENT
    assert run("override", FASTING).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("beneath:\n  library: shipped\n", "beneath:\n  library: shipped"),
        ("  library: shipped\n", "  library: shipped\n  overrides: []\n"),
        ("  library: shipped\n", "  overrides: []\n  library: shipped\n"),
        ("beneath:\n  library: shipped\n", "beneath:\n      library: shipped\n\n# the end\n"),
        ("\n", "\r\n"),
        ("time_zone: America/New_York\n", "time_zone: 'America/New_York'  # the coast\n"),
    ],
)
def test_the_list_is_added_to_however_the_file_is_written(
    run: Run, folder: Path, old: str, new: str
) -> None:
    file = folder / CLINIC
    written = file.read_bytes().decode().replace(old, new)
    file.write_bytes(written.encode())
    assert run("override", FASTING).code == 0
    assert run("override", OTHER).code == 0
    assert [one.file for one in load_library(folder).overridden] == [FASTING, OTHER]
    now = file.read_bytes().decode()
    kept = [line for line in written.splitlines() if "overrides: []" not in line]
    assert [line for line in now.splitlines() if line in kept] == kept
    assert ("\r\n" in now) == ("\r\n" in written)


def test_a_file_that_the_program_cannot_change_is_left_alone(
    run: Run, folder: Path, shipped: Path
) -> None:
    rewrite(folder / CLINIC, "beneath:\n  library: shipped\n", "beneath: {library: shipped}\n")
    before = (folder / CLINIC).read_bytes()
    result = run("override", FASTING)
    assert result == Result(
        ExitCode.USAGE,
        "",
        f"handouts: {CLINIC} is written in a way that the program does not change. Write under "
        f"'beneath', in its list 'overrides':\n  - file: {FASTING}\n"
        f"    of: {digest(shipped / FASTING)}\n",
    )
    assert (folder / CLINIC).read_bytes() == before
    assert not (folder / FASTING).exists()
    said = f"overrides: [{{file: {FASTING}, of: '{digest(shipped / FASTING)}'}}]"
    rewrite(folder / CLINIC, "{library: shipped}", f"{{library: shipped, {said}}}")
    assert run("override", FASTING).code == 0
    assert load_library(folder).overridden[0].file == FASTING


def test_a_template_is_overridden(run: Run, folder: Path) -> None:
    template = "templates/blocks/text.html"
    assert run("override", template).code == 0
    with (folder / template).open("a") as stream:
        stream.write("<p>OUR OWN LOOK</p>")
    assert run("build", "hip-replacement", "--lang", "en", "--format", "html").code == 0
    assert "OUR OWN LOOK" in (folder / "out" / "hip-replacement.en.html").read_text()


def test_a_broken_template_is_named_wherever_it_is(run: Run, folder: Path, shipped: Path) -> None:
    run("override", "templates/topic.html")
    (folder / "templates" / "topic.html").write_text("\n{{ section.titel }}")
    assert "topic.html:2: " in run("build", "hip-replacement").err
    (shipped / "templates" / "section.html").write_text("\n\n{{ section.titel }}")
    assert "section.html:3: " in run("build", "orthopedic-oncology").err


def test_the_clinics_own_look_is_part_of_what_a_run_is_made_from(
    run: Run, folder: Path, shipped: Path
) -> None:
    from generator.assembly.fingerprint import look_of

    def look() -> str:
        library = load_library(folder)
        return look_of(library.templates, library.clinic, ())

    looks = [look()]
    rewrite(shipped / "templates" / "plan.html", "\n", "\n\n")
    looks.append(look())
    run("override", "templates/plan.html")
    looks.append(look())
    rewrite(shipped / "templates" / "plan.html", "\n\n", "\n")
    assert look() == looks[-1]
    rewrite(folder / "templates" / "plan.html", "\n\n", "\n")
    looks.append(look())
    assert len(set(looks)) == 4


def test_labels_are_written_into_the_clinics_own_catalogs_alone(run: Run, shipped: Path) -> None:
    catalog = "templates/locale/es.po"
    before = (shipped / catalog).read_bytes()
    result = run("i18n", "update", "es")
    assert result == Result(
        ExitCode.USAGE,
        "",
        f"handouts: {catalog} is the shipped library's, and an update would undo what is written "
        f"there. Make it the clinic's own first: handouts override {catalog}\n",
    )
    assert run("i18n", "update") == Result(0, "", "")
    assert run("i18n", "update", "pt").out == "templates/locale/pt.po\n"
    run("override", catalog)
    assert run("i18n", "update").out == f"{catalog}\ntemplates/locale/pt.po\n"
    assert (shipped / catalog).read_bytes() == before
    assert run("i18n", "status").code == 0


def test_both_have_figures_and_none_hides_another(run: Run, folder: Path, shipped: Path) -> None:
    library = load_library(folder)
    assert library.pictures["hip-implant"].path == shipped / "content/figures/hip-implant.svg"
    assert library.logo.path == folder / "content/figures/clinic-logo.svg"
    figures = folder / "content/figures/figures.yaml"
    with figures.open("a") as stream:
        stream.write("  hip-implant: {file: clinic-logo.svg, creator: X, license: MIT}\n")
    said = "the shipped library has a figure of this name as well; rename 'hip-implant'"
    assert f"content/figures/figures.yaml:8:3: figures, hip-implant: {said}" in run("list").err


def test_notes_are_no_pages(folder: Path) -> None:
    for place in ("handouts", "content/topics", "content/topics/fasting", "templates/blocks"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "README.md").write_text("what goes here")
    assert load_library(folder).handout("hip-replacement", "en")
    (folder / "content" / "topics" / "naps").mkdir()
    (folder / "content" / "topics" / "naps" / "README.md").write_text("what goes here")
    with pytest.raises(ContentError, match="naps: holds no file"):
        load_library(folder)


def test_a_translation_of_the_shipped_words_is_none_of_the_clinics(
    tmp_path: Path, shipped: Path, run: Run
) -> None:
    both = clinic(tmp_path / "both", languages=("en", "es"))
    spanish = FASTING.replace("en.yaml", "es.yaml")
    assert shipped.exists()
    assert run("--library", str(both), "override", FASTING).code == 0
    signer = ("--by", "R. Sampleton", "--role", "Test surgeon", "--yes")
    approve = ("--library", str(both), "review", "approve", "hip-replacement", *signer)
    assert "still translates" not in run("--library", str(both), "check").out
    rewrite(both / FASTING, "\npurpose: ", "\npurpose: Not so. ")
    assert run(*approve, "--lang", "en").code == 0
    refused = run(*approve, "--lang", "es")
    assert refused.code == ExitCode.SIGN_OFF
    said = f"{spanish} translates the shipped {FASTING}, and yours says something else."
    assert said in refused.err
    told = run("--library", str(both), "check", "hip-replacement").out
    assert f"{spanish} still translates the shipped words" in told
    assert run("--library", str(both), "override", spanish).code == 0
    assert run(*approve, "--lang", "es").code == 0
    assert "still translates" not in run("--library", str(both), "check").out


def test_the_list_of_figures_is_not_overridden(folder: Path, run: Run) -> None:
    result = run("--library", str(folder), "override", "content/figures/figures.yaml")
    assert result.code == ExitCode.USAGE
    assert "read together with the shipped list" in result.err
    assert run("--library", str(folder), "list").code == 0


def test_a_figure_of_the_clinics_is_a_file_of_the_clinics(folder: Path, run: Run) -> None:
    figures = folder / "content" / "figures" / "figures.yaml"
    entry = "  our-knee: {file: hip-implant.svg, creator: X, license: MIT}\n"
    figures.write_text(f"{figures.read_text().rstrip()}\n{entry}")
    result = run("--library", str(folder), "list")
    assert result.code == ExitCode.CONTENT
    assert "hip-implant.svg cannot be read" in result.err


def test_an_override_is_not_written_through_a_link(folder: Path, run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "content" / "topics").mkdir(exist_ok=True)
    (folder / "content" / "topics" / "fasting").symlink_to(elsewhere)
    result = run("--library", str(folder), "override", FASTING)
    assert result.code != 0
    assert not list(elsewhere.iterdir())


def test_seen_needs_a_file_that_is_there(folder: Path, run: Run) -> None:
    assert run("--library", str(folder), "override", FASTING).code == 0
    (folder / FASTING).unlink()
    result = run("--library", str(folder), "override", FASTING, "--seen")
    assert "is not overridden, so there is nothing to see" in result.err
