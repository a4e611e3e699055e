"""Words in another script than their page's: in a box of their own, named by script."""

from __future__ import annotations

import re

import pytest

from generator.markup.scripts import set_apart


def latin(text: str) -> str:
    return f'<span lang="und-Latn" dir="ltr">{text}</span>'


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("خذ Warfarin 5 mg مع الماء", f"خذ {latin('Warfarin 5 mg')} مع الماء"),
        ("دواء Warfarin (Coumadin) غدا", f"دواء {latin('Warfarin (Coumadin)')} غدا"),
        ("دواء (Coumadin) غدا", f"دواء ({latin('Coumadin')}) غدا"),
        ("خذ 5 mg غدا", f"خذ {latin('5 mg')} غدا"),
        ("عند Smith &amp; Sons غدا", f"عند {latin('Smith &amp; Sons')} غدا"),
        ("أقل &lt;من&gt; ذلك", "أقل &lt;من&gt; ذلك"),
        ("اتصل 555-0100 الآن", 'اتصل <span dir="ltr">555-0100</span> الآن'),
        ("اتصل (212) 555-0100", 'اتصل <span dir="ltr">(212) 555-0100</span>'),
        ("اتصل +1 212 555 0100", 'اتصل <span dir="ltr">+1 212 555 0100</span>'),
        ("2 إلى 4 ساعات، 911 و 7:30", "2 إلى 4 ساعات، 911 و 7:30"),
    ],
)
def test_in_a_line_from_the_right(text: str, apart: str) -> None:
    assert set_apart(f"<body><p>{text}</p>", "ar", "rtl") == f"<body><p>{apart}</p>"


@pytest.mark.parametrize(
    ("language", "text", "apart"),
    [
        ("en", "Dr. Łukasz Ñandú, 555-0100", "Dr. Łukasz Ñandú, 555-0100"),
        ("en", "Mr. 测试 示例, born", 'Mr. <span lang="und-Hani">测试 示例</span>, born'),
        (
            "en",
            "Ms. تجربة مثال (لا), born",
            'Ms. <span lang="und-Arab" dir="rtl">تجربة مثال (لا)</span>, born',
        ),
        ("ru", "Варфарин (Warfarin) 5 мг", 'Варфарин (<span lang="und-Latn">Warfarin</span>) 5 мг'),
        ("zh-Hans", "服用 Warfarin。", '服用 <span lang="und-Latn">Warfarin</span>。'),
        ("ko", "약 Warfarin", '약 <span lang="und-Latn">Warfarin</span>'),
        ("ht", "Pran Warfarin", "Pran Warfarin"),
    ],
)
def test_in_a_line_from_the_left(language: str, text: str, apart: str) -> None:
    assert set_apart(f"<body><p>{text}</p>", language, "ltr") == f"<body><p>{apart}</p>"


def test_attributes_and_the_title_stay_bare() -> None:
    html = '<title>Plan خطة</title><body><img alt="Logo of خطة"><a href="https://x.example/خ">y</a>'
    assert set_apart(html, "en", "ltr") == html


def test_no_character_is_lost() -> None:
    text = "a &amp; b ) ( 测试 (تجربة) 5% тест-тест 12/8/26 &lt;b&gt; ) 한국어 ひらがな ü"
    for language, direction in (("en", "ltr"), ("ar", "rtl"), ("zh-Hans", "ltr"), ("he", "rtl")):
        apart = set_apart(f"<body>{text}", language, direction)
        assert re.sub("</?span[^>]*>", "", apart) == f"<body>{text}"
