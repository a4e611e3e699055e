"""What our faces can print is known before a page is laid out."""

from __future__ import annotations

import pytest

from generator.errors import MachineError
from generator.fonts import coverage
from generator.fonts import faces as fonts
from generator.fonts.coverage import cure_for, unprintable


@pytest.mark.parametrize(
    "text",
    [
        "Testa Exampleperson · 12 × 3 µg – “quoted”",
        "Ángela Ñandú, Đặng Thị Ánh, Łukasz Żółć, Özgür Şık",
        "Тест Примерова",
        "تجربة المثال، ١٢٣؟",
        "测试，示例。",
        "테스트 예제",
        "テスト例",
        "",
    ],
)
def test_the_letters_of_our_readers_are_there(text: str) -> None:
    assert unprintable(text) == ""


def test_what_no_face_has_is_named_once_and_in_order() -> None:
    assert unprintable("Testa \U0001f600 ꮿ\U0001f600 x") == "\U0001f600ꮿ"


def test_without_the_extra_its_letters_are_missing_and_the_cure_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only = tuple(face for face in fonts.FACES if not face.extra)
    monkeypatch.setattr(coverage, "faces", lambda: only)
    assert unprintable("测试 Testa") == "测试"
    absent = fonts.Face("Noto Sans SC", "not_installed_at_all", extra="cjk")
    monkeypatch.setattr(coverage, "FACES", (*only, absent))
    assert cure_for("测") == "install the fonts for it: pip install 'handout-press[cjk]'"
    assert cure_for("\U0001f600") == "write it another way"


def test_an_extra_that_is_missing_takes_nothing_else_away(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = fonts.Face("Noto Sans SC", "not_installed_at_all", extra="cjk")
    needed = fonts.Face("Noto Sans", "not_installed_either")
    monkeypatch.setattr(fonts, "FACES", (fonts.FACES[0], absent, needed))
    assert fonts.faces() == (fonts.FACES[0], needed)
    with pytest.raises(MachineError, match="pip install not-installed-either"):
        assert needed.folder
