"""An override taken back: the shipped words count again, and no word of the clinic's is lost."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from generator.errors import ExitCode
from generator.library import load_library
from tests.clinics import FASTING, clinic, rewrite, shipped_copy
from tests.conftest import Result, Run
from tests.test_override import CLINIC, LEDGER, OTHER, digest, entry, listing

KEPT = f"content/.undone/{FASTING}"
SPANISH = FASTING.replace("en.yaml", "es.yaml")
SIGNED = "No sign-off was touched; 'handouts list' says which of them stand now.\n"
MINE = ("Do not hide it.", "Tell us.")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return shipped_copy(tmp_path / "shipped", monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, shipped: Path) -> Path:
    """A clinic's own library over a copy of the shipped one, in two languages."""
    assert shipped.exists()
    return clinic(tmp_path / "clinic", languages=("en", "es"))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_file_that_was_not_changed_leaves_nothing_behind(run: Run, folder: Path) -> None:
    (folder / "templates" / "README.md").unlink()
    before = everything(folder)
    run("override", FASTING, "templates/print.css")
    assert run("override", FASTING, "templates/print.css", "--undo") == Result(
        0,
        "SHIPPED AGAIN                   YOURS\n"
        f"{FASTING}  had nothing of its own\n"
        "templates/print.css             had nothing of its own\n",
        SIGNED,
    )
    assert everything(folder) == before
    assert not (folder / "content" / "topics").exists()
    assert (folder / "templates").is_dir()
    assert run("list").code == 0


def test_words_of_the_clinics_are_kept_where_nothing_is_read(
    run: Run, folder: Path, shipped: Path
) -> None:
    untouched = everything(folder)
    run("override", FASTING)
    rewrite(folder / FASTING, *MINE)
    mine = (folder / FASTING).read_bytes()
    result = run("override", FASTING, "--undo")
    assert result.out == f"SHIPPED AGAIN                   YOURS\n{FASTING}  kept as {KEPT}\n"
    assert everything(folder) == {**untouched, KEPT: mine}
    library = load_library(folder)
    assert library.layers.find(FASTING) == shipped / FASTING
    assert "Tell us." not in library.topics["fasting", "en"].model_dump_json()
    assert run("check").code == ExitCode.OK


def test_what_was_kept_can_be_put_back(run: Run, folder: Path) -> None:
    run("override", FASTING)
    rewrite(folder / FASTING, *MINE)
    before = everything(folder)
    run("override", FASTING, "--undo")
    (folder / FASTING).parent.mkdir(parents=True)
    (folder / KEPT).rename(folder / FASTING)
    assert run("override", FASTING).code == 0
    assert everything(folder) == before


def test_words_that_were_kept_before_are_not_written_over(run: Run, folder: Path) -> None:
    for words in ("Tell us.", "Ask us."):
        run("override", FASTING)
        rewrite(folder / FASTING, "Do not hide it.", words)
        before = everything(folder)
        result = run("override", FASTING, "--undo")
    assert result == Result(
        ExitCode.USAGE,
        "",
        f"handouts: {KEPT} has other words of yours, from the last time; move it away first.\n",
    )
    assert everything(folder) == before
    (folder / KEPT).write_bytes((folder / FASTING).read_bytes())
    assert run("override", FASTING, "--undo").code == 0


def test_what_an_update_left_as_it_was_is_the_clinics_alone(
    run: Run, folder: Path, shipped: Path
) -> None:
    """Nobody has the earlier shipped words any more, and a clinic may have held on to them."""
    run("override", FASTING)
    mine = (folder / FASTING).read_bytes()
    rewrite(shipped / FASTING, *MINE)
    assert f"kept as {KEPT}" in run("override", FASTING, "--undo").out
    assert (folder / KEPT).read_bytes() == mine
    assert not list((folder / "content" / ".beneath").iterdir())


def test_an_entry_whose_file_is_gone_is_taken_out(run: Run, folder: Path) -> None:
    before = (folder / CLINIC).read_bytes()
    run("override", FASTING)
    (folder / FASTING).unlink()
    assert run("list").code == ExitCode.CONTENT
    assert run("override", FASTING, "--undo").code == 0
    assert (folder / CLINIC).read_bytes() == before
    assert run("list").code == 0


def test_other_overrides_and_what_people_wrote_stay(run: Run, folder: Path, shipped: Path) -> None:
    """Comments, and the entries before and after."""
    said = {file: entry(file, digest(shipped / file)) for file in (OTHER, FASTING, SPANISH)}
    with (folder / CLINIC).open("a") as stream:
        stream.write("  # ours\n  overrides:\n" + "    # by the board\n\n".join(said.values()))
        stream.write("# the end\n")
    run("override", *said)
    before = (folder / CLINIC).read_text()
    assert run("override", FASTING, "--undo").code == 0
    assert (folder / CLINIC).read_text() == before.replace(said[FASTING], "")
    assert [one.file for one in load_library(folder).overridden] == [OTHER, SPANISH]
    kept = {file.name for file in (folder / "content" / ".beneath").iterdir()}
    assert kept == {f"{digest(shipped / file)[7:23]}.yaml" for file in (OTHER, SPANISH)}
    assert run("override", OTHER, SPANISH, "--undo").code == 0
    assert "overrides" not in (folder / CLINIC).read_text()
    assert "# the end" in (folder / CLINIC).read_text()


def test_a_comment_directly_above_an_entry_goes_with_it_and_is_shown(
    run: Run, folder: Path, shipped: Path
) -> None:
    """It says why this file is overridden, and would say so of the next one."""
    said = {file: entry(file, digest(shipped / file)) for file in (OTHER, FASTING, SPANISH)}
    why = "    # wider doors\n", "# apart\n    # by the board,\n    # in March\n", "    # hers\n"
    text = "".join(part for pair in zip(why, said.values(), strict=True) for part in pair)
    with (folder / CLINIC).open("a") as stream:
        stream.write(f"  # ours\n  overrides:\n{text}")
    run("override", *said)
    before = (folder / CLINIC).read_text()
    result = run("override", FASTING, "--undo")
    assert result.err.splitlines()[:2] == [
        f"Gone from {CLINIC} with its entry: # by the board,",
        f"Gone from {CLINIC} with its entry: # in March",
    ]
    gone = f"    # by the board,\n    # in March\n{said[FASTING]}"
    assert gone in before
    assert (folder / CLINIC).read_text() == before.replace(gone, "")
    run("override", OTHER, SPANISH, "--undo")
    assert (folder / CLINIC).read_text().endswith("library: shipped\n  # ours\n# apart\n")


def test_a_shipped_text_that_another_override_needs_is_kept(run: Run, shipped: Path) -> None:
    (shipped / OTHER).write_bytes((shipped / FASTING).read_bytes())
    run("override", FASTING, OTHER)
    run("override", FASTING, "--undo")
    rewrite(shipped / OTHER, *MINE)
    assert "what changed in the shipped file since" in run("override", OTHER, "--diff").err


def test_the_other_languages_of_a_page_stay_and_are_named(run: Run, folder: Path) -> None:
    run("override", FASTING, SPANISH, OTHER)
    rewrite(folder / FASTING, *MINE)
    spanish = (folder / SPANISH).read_bytes()
    result = run("override", FASTING, "--undo")
    said = f"{SPANISH} is still yours: look whether it says what the shipped words say.\n"
    assert result.err == said + SIGNED
    assert (folder / SPANISH).read_bytes() == spanish
    assert run("override", SPANISH, "--undo").err == SIGNED


def test_a_file_that_is_no_page_has_no_languages_beside_it(run: Run) -> None:
    run("override", "templates/print.css", "templates/plan.html")
    assert run("override", "templates/print.css", "--undo").err == SIGNED


def test_a_handouts_definition_that_stays_is_named(run: Run, folder: Path) -> None:
    """Only where it holds the page; one that cannot be read, or is gone, is no reason to stop."""
    definitions = [f"handouts/{name}/handout.yaml" for name in ("hip-replacement", "limb-salvage")]
    procedure = "content/procedures/hip-replacement/en.yaml"
    run("override", FASTING, procedure, OTHER, "content/glossary.en.yaml", *definitions)
    hip, limb = (
        f"{file} is still yours: raise its version before the shipped words are signed.\n"
        for file in definitions
    )
    assert run("override", "content/glossary.en.yaml", "--undo").err == SIGNED
    assert run("override", procedure, "--undo").err == hip + SIGNED
    assert run("override", FASTING, "--undo").err == hip + limb + SIGNED
    (folder / definitions[0]).write_text("contents: fasting\n")
    (folder / definitions[1]).unlink()
    assert run("override", OTHER, "--undo").err == SIGNED


def test_the_shipped_words_are_signed_under_a_higher_version(run: Run, folder: Path) -> None:
    """As docs/clinic.md says it, whether the definition is overridden yet or not."""
    definition = "handouts/hip-replacement/handout.yaml"
    signer = ("--by", "R. Sampleton", "--role", "Test surgeon", "--yes")
    approve = ("review", "approve", "hip-replacement", "--lang", "en", *signer)
    for raised in ("1.0", "1.1"):
        run("override", FASTING)
        rewrite(folder / FASTING, *MINE)
        assert run(*approve).code == 0
        run("override", FASTING, "--undo")
        (folder / KEPT).unlink()
        refused = run(*approve)
        assert (refused.code, "Raise 'version' in" in refused.err) == (ExitCode.SIGN_OFF, True)
        run("override", definition)
        text = (folder / definition).read_text()
        version = re.search(r'^version: "(.*)"$', text, re.MULTILINE)
        assert version
        rewrite(folder / definition, version[0], f'version: "{raised}"')
        assert run(*approve).code == 0
        rewrite(folder / definition, f'version: "{raised}"', f'version: "{raised}.5"')


def test_a_sign_off_stays_in_its_ledger_and_covers_the_words_that_were_signed(
    run: Run, folder: Path
) -> None:
    def state() -> str:
        (found,) = [
            one
            for one in json.loads(run("list", "--json").out)
            if (one["id"], one["language"]) == ("hip-replacement", "en")
        ]
        return f"{found['state']}, {found['from']}"

    run("override", FASTING)
    rewrite(folder / FASTING, *MINE)
    signer = ("--by", "R. Sampleton", "--role", "Test surgeon", "--yes")
    approved = run("review", "approve", "hip-replacement", "--lang", "en", *signer)
    assert approved.code == 0, approved.err
    ledger = (folder / LEDGER).read_bytes()
    assert state() == "stands, shipped, overridden"
    run("override", FASTING, "--undo")
    assert (folder / LEDGER).read_bytes() == ledger
    assert state() == "changed since sign-off, shipped"


def test_what_was_undone_is_told_to_programs(run: Run, folder: Path) -> None:
    run("override", FASTING, OTHER)
    rewrite(folder / FASTING, *MINE)
    result = run("override", FASTING, OTHER, FASTING, "--undo", "--json")
    assert json.loads(result.out) == [
        {"file": FASTING, "kept": KEPT},
        {"file": OTHER, "kept": None},
    ]


def test_what_is_not_overridden_cannot_be_undone_and_nothing_else_is(
    run: Run, folder: Path
) -> None:
    run("override", FASTING)
    before = everything(folder)
    assert run("override", FASTING, OTHER, "--undo") == Result(
        ExitCode.USAGE,
        "",
        f"handouts: {OTHER} is not overridden, so there is nothing to undo.\n",
    )
    assert run("override", CLINIC, "--undo").code == ExitCode.USAGE
    assert run("override", "content/topics/naps/en.yaml", "--undo").code == ExitCode.USAGE
    assert everything(folder) == before


def test_a_page_in_a_language_that_the_clinic_gave_up_can_be_undone(run: Run, folder: Path) -> None:
    run("override", SPANISH)
    rewrite(folder / CLINIC, "languages: [en, es]", "languages: [en]")
    assert run("override", SPANISH, "--undo").code == 0
    assert "overrides" not in (folder / CLINIC).read_text()
    assert "is not a language of the clinic" in run("override", SPANISH).err


@pytest.mark.parametrize("old", ["\n", "beneath:\n  library: shipped\n"])
def test_the_list_is_taken_from_however_the_file_is_written(
    run: Run, folder: Path, old: str
) -> None:
    file = folder / CLINIC
    new = {"\n": "\r\n"}.get(old, "beneath:\n      library: shipped\n\n# the end")
    file.write_bytes(file.read_bytes().decode().replace(old, new).encode())
    run("override", FASTING, OTHER)
    for each in (FASTING, OTHER):
        assert run("override", each, "--undo").code == 0
    assert file.read_bytes().decode().rstrip().endswith(("library: shipped", "# the end"))
    assert load_library(folder).overridden == ()


def test_a_list_on_one_line_is_left_to_whoever_wrote_it(
    run: Run, folder: Path, shipped: Path
) -> None:
    run("override", FASTING, OTHER)
    said = ", ".join(f"{{file: {f}, of: '{digest(shipped / f)}'}}" for f in (FASTING, OTHER))
    text = (folder / CLINIC).read_text()
    (folder / CLINIC).write_text(f"{text[: text.index('  overrides:')]}  overrides: [{said}]\n")
    before = everything(folder)
    assert run("override", FASTING, "--undo") == Result(
        ExitCode.USAGE,
        "",
        f"handouts: {CLINIC} is written in a way that the program does not change. Take the entry "
        f"of {FASTING} out of its list 'overrides', under 'beneath', and move that file of yours "
        "away.\n",
    )
    assert everything(folder) == before


def test_a_link_that_leads_out_of_the_library_is_not_followed(
    run: Run, folder: Path, shipped: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "en.yaml").write_text("x")
    (folder / "content" / "topics").mkdir()
    (folder / "content" / "topics" / "fasting").symlink_to(tmp_path / "elsewhere")
    listing(folder, (FASTING, digest(shipped / FASTING)))
    assert "leads out of the library" in run("override", FASTING, "--undo").err
    assert (tmp_path / "elsewhere" / "en.yaml").read_text() == "x"


@pytest.mark.parametrize("at", [1, 2])
def test_a_full_disk_loses_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Whichever file it is that cannot be written, the command can be given again."""
    run("override", FASTING)
    rewrite(folder / FASTING, *MINE)
    before, written = everything(folder), list[int]()

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) >= 2 * at - 1:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert run("override", FASTING, "--undo").code == ExitCode.OUTPUT
    assert len(written) == 2 * at - 1
    assert everything(folder) | before == everything(folder)
    assert run("list").code == 0
    assert run("override", FASTING, "--undo").code == 0


def test_a_file_that_cannot_be_removed_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("override", FASTING)

    def locked(*_: object, **__: object) -> None:
        raise OSError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", locked)
        result = run("override", FASTING, "--undo")
    assert (result.code, result.err) == (
        ExitCode.OUTPUT,
        f"handouts: {FASTING} could not be removed: Permission denied. Remove it: the shipped file "
        "counts again then.\n",
    )
    assert "the shipped library has this file as well" in run("list").err
