"""What lifts an article near a question above another that is as near."""

from __future__ import annotations

import zlib

import numpy as np

from tawatur.search.meaning_ranking import READ_CLOSELY, Embedders, rank_by_sentences

SENTENCE = "وكان الطقس معتدلا في سائر الأيام."


def alike(texts):
    """Every sentence as near as every other."""
    return np.ones((len(texts), 1), np.float32)


def apart(words):
    """Words near to nothing but themselves; bridge and جسر are one."""
    vectors = np.zeros((len(words), 1 << 12), np.float32)
    for at, word in enumerate(words):
        vectors[at, zlib.crc32({"جسر": "bridge", "نهر": "river"}.get(word, word).encode()) % (1 << 12)] = 1
    return vectors


def ranked(question, document, **bodies):
    documents = {id_: document(id_, body) for id_, body in bodies.items()}
    near = [(id_, 0.5) for id_ in documents]
    found = rank_by_sentences(question, np.ones(1, np.float32), near, documents, Embedders(alike, apart))
    return [id_ for id_, _, _ in found]


def test_a_name_that_sounds_alike(document):
    assert ranked("Where does Lavrov work?", document, a=f"عاد كيري. {SENTENCE}", b=f"عاد لافروف. {SENTENCE}") == [
        "b",
        "a",
    ]


def test_a_number(document):
    assert ranked("What happened in 1565?", document, a="وقع ذلك عام 1566.", b="وقع ذلك عام ١٥٦٥.") == ["b", "a"]


def test_words_in_one_passage_come_before_words_far_apart(document):
    far = f"بني جسر. {SENTENCE} {SENTENCE} {SENTENCE} فاض نهر."
    near = f"{SENTENCE} {SENTENCE} {SENTENCE} بني جسر. فاض نهر."
    assert ranked("bridge river", document, a=far, b=near) == ["b", "a"]


def test_the_sentence_given_holds_most_of_what_was_asked(document):
    body = f"{SENTENCE} {SENTENCE} بني جسر فوق نهر. {SENTENCE}"
    found = rank_by_sentences(
        "bridge river", np.ones(1, np.float32), [("a", 0.5)], {"a": document("a", body)}, Embedders(alike, apart)
    )
    assert found[0][2] == "بني جسر فوق نهر."


def test_articles_not_read_closely_keep_their_order_behind(document):
    bodies = {f"{n:02}": SENTENCE for n in range(READ_CLOSELY + 5)}
    documents = {id_: document(id_, body) for id_, body in bodies.items()}
    near = [(id_, 0.9 - int(id_) / 100) for id_ in documents] + [("gone", 0.1)]
    found = rank_by_sentences("bridge", np.ones(1, np.float32), near, documents, Embedders(alike, apart))
    assert [id_ for id_, _, _ in found] == [*documents, "gone"]
    assert [score for _, score, _ in found] == sorted((score for _, score, _ in found), reverse=True)


def test_an_empty_article_and_a_question_without_words(document):
    assert set(ranked("?! 7", document, a="", b=SENTENCE)) == {"a", "b"}
