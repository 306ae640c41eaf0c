"""From bytes to text, whatever the page declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text import decode, sniff_declared
from tawatur.text.charset_labels import codec_of

NEWS = (
    "أعلنت وزارة الخارجية اليوم أن المحادثات بين الطرفين ستستأنف الأسبوع المقبل في العاصمة، وقال المتحدث باسمها إن "
    "الوفدين اتفقا على جدول الأعمال. وأضاف أن بلاده تأمل في الوصول إلى حل يرضي الجميع وينهي معاناة المدنيين."
)
PAGE = f"<html><head><title>خبر</title></head><body><p class='lead'>{NEWS}</p></body></html>"
ARABIC_CHARSETS = ["utf-8", "windows-1256", "iso-8859-6", "utf-16le", "utf-16be"]
WORDS = sorted(set(NEWS.replace(".", "").replace("،", "").split()))
DECLARATIONS = [None, "utf-8", "windows-1256", "iso-8859-6", "windows-1252", "iso-8859-1", "koi8-r", "no-such-charset"]

sentences = st.lists(st.sampled_from(WORDS), min_size=12, max_size=60).map(" ".join)


@pytest.mark.parametrize("charset", ARABIC_CHARSETS)
@pytest.mark.parametrize("declared", DECLARATIONS)
def test_a_page_is_read_whatever_it_declares(charset: str, declared: str | None) -> None:
    decoded = decode(PAGE.encode(codec_of(charset)), declared=[declared])
    assert decoded.text == PAGE
    assert decoded.charset == charset


@given(sentences, st.sampled_from(ARABIC_CHARSETS), st.sampled_from(DECLARATIONS))
def test_enough_arabic_in_any_charset_is_read(text: str, charset: str, declared: str | None) -> None:
    assert decode(text.encode(codec_of(charset)), declared=[declared]).text == text


@given(st.binary(max_size=300), st.lists(st.none() | st.text(max_size=12) | st.sampled_from(DECLARATIONS)))
def test_any_bytes_give_a_text(data: bytes, declared: list[str | None]) -> None:
    decoded = decode(data, declared=declared)
    assert isinstance(decoded.text, str)
    sniff_declared(data)


@given(st.text())
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    data = text.encode("utf-8")
    if b"\x00" not in data and data.count(6) == 0 and not data.startswith((b"\xef\xbb\xbf",)):
        decoded = decode(data)
        assert decoded.text == text or any("repaired" in problem for problem in decoded.problems)


def test_a_byte_order_mark_is_believed_before_the_declaration() -> None:
    assert decode(b"\xef\xbb\xbf" + PAGE.encode(), declared=["windows-1256"]).text == PAGE
    assert decode(b"\xff\xfe" + PAGE.encode("utf-16le"), declared=["utf-8"]).text == PAGE


def test_a_declaration_that_is_overruled_is_noted() -> None:
    assert decode(NEWS.encode("cp1256"), declared=["utf-8"]).problems == ("declared utf-8, read as windows-1256",)


def test_a_page_in_french_stays_french() -> None:
    text = "Le président a déclaré être très déçu à l’issue de la réunion de Genève."
    assert decode(text.encode("cp1252")).text == text
    assert decode(text.encode("cp1252"), declared=["windows-1256"]).text == text


def test_a_declared_charset_of_another_language_is_kept() -> None:
    text = "Президент заявил, что переговоры продолжатся на следующей неделе в столице."
    assert decode(text.encode("cp1251"), declared=["windows-1251"]).text == text


def test_an_accent_on_an_english_page_is_no_arabic_letter() -> None:
    assert decode("Beyoncé café".encode("latin-1"), declared=["iso-8859-1"]).text == "Beyoncé café"


def test_the_cut_end_of_a_page_loses_one_character_only() -> None:
    decoded = decode(NEWS.encode()[:-2])
    assert decoded.text == NEWS[:-2]
    assert decoded.problems == ("cut in the middle of a character",)


def test_a_few_bad_bytes_are_replaced_and_noted() -> None:
    decoded = decode(NEWS[:40].encode() + b"\xff" + NEWS[40:].encode())
    assert decoded.text.replace("\ufffd", "") == NEWS
    assert decoded.problems == ("bad bytes replaced",)


def test_a_part_pasted_in_from_windows_1256_is_read_too() -> None:
    data = (NEWS + "\n").encode() + "خبر عاجل من القاهرة".encode("cp1256") + ("\n" + NEWS).encode()
    decoded = decode(data)
    assert decoded.text == f"{NEWS}\nخبر عاجل من القاهرة\n{NEWS}"
    assert decoded.problems == ("a part was in windows-1256",)


@pytest.mark.parametrize("read_as", ["cp1252", "cp1256", "latin-1"])
def test_utf_8_saved_through_a_wrong_charset_is_repaired(read_as: str) -> None:
    spoilt = "".join(bytes([byte]).decode(read_as, "ignore") or chr(byte) for byte in NEWS.encode())
    decoded = decode(spoilt.encode())
    assert decoded.text == NEWS
    assert "repaired" in decoded.problems[0]


def test_a_spoilt_headline_is_repaired_and_the_sound_body_left_alone() -> None:
    spoilt = "الخرطوم تعلن وقف إطلاق النار".encode("cp1256").decode("cp1252")
    assert (
        decode(f"<h1>{spoilt}</h1><p>{NEWS}</p>".encode()).text == f"<h1>الخرطوم تعلن وقف إطلاق النار</h1><p>{NEWS}</p>"
    )


def test_arabic_words_full_of_tah_and_zah_are_not_taken_for_spoilt() -> None:
    text = "ظل الطفل يطوف بالطرق وظهرت طائرات تطلق الطلقات فوق ظفار وطبرق وطنطا."
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("windows-1256", "windows-1256"),
        ("cp1256", "windows-1256"),
        ("x-cp1256", "windows-1256"),
        (" Windows-1256; ", "windows-1256"),
        ("arabic", "iso-8859-6"),
        ("asmo-708", "iso-8859-6"),
        ("ISO-8859-6-I", "iso-8859-6"),
    ],
)
def test_every_name_of_a_charset_is_known(label: str, charset: str) -> None:
    decoded = decode(NEWS.encode(codec_of(charset)), declared=[label])
    assert (decoded.text, decoded.charset, decoded.problems) == (NEWS, charset, ())


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b"<?xml version='1.0' encoding='windows-1256'?><rss/>", "windows-1256"),
        (b'<html><meta charset="UTF-8">', "utf-8"),
        (b"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1256'>", "windows-1256"),
        (b"<!-- <meta charset=latin1> --><meta charset=cp1256>", "cp1256"),
        (b"<html><head></head>", None),
        (b"", None),
        (b" " * 5000 + b"<meta charset=utf-8>", None),
    ],
)
def test_the_declaration_of_a_page_is_found(head: bytes, label: str | None) -> None:
    assert sniff_declared(head) == label


@pytest.mark.parametrize("label", ["rot13", "zlib", "utf-7", "unicode_escape", "idna", ""])
def test_what_is_no_charset_of_pages_is_never_used(label: str) -> None:
    assert decode(NEWS.encode(), declared=[label]).text == NEWS
