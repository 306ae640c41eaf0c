"""What a text is about, as one vector."""

from collections import Counter

import numpy as np

from tawatur.stories.gist import GIST_WIDTH, gist
from tawatur.stories.terms import terms_of


def of(text: str) -> np.ndarray:
    return gist(Counter(terms_of(text)))


def test_reports_of_one_happening_are_near_in_other_words() -> None:
    summit = of("ترامب يلتقي كيم في سنغافورة")
    assert summit @ of("قمة الرئيس الأميركي وزعيم كوريا الشمالية") > summit @ of("ترامب يفرض رسوما على الصين") + 0.2


def test_a_gist_is_a_unit_vector_whatever_the_order() -> None:
    text = "البرلمان يصادق على الموازنة"
    assert np.isclose(np.linalg.norm(of(text)), 1)
    assert np.allclose(of(text), of("الموازنة على يصادق البرلمان"), atol=1e-6)


def test_a_text_of_no_known_term_has_none() -> None:
    assert of("").tolist() == of("qqqzzzqqq").tolist() == [0.0] * GIST_WIDTH
