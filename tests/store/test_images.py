"""Pictures: kept once, wanted until held or given up."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from tawatur.errors import RecordError
from tawatur.store import StoredImage


def picture(url: str, data: bytes = b"RIFF....WEBP") -> StoredImage:
    return StoredImage(
        id=hashlib.sha256(data).hexdigest(), url=url, media_type="image/webp", width=640, height=360, data=data
    )


def test_a_picture_comes_back_as_it_was_put(store):
    image = picture("https://news.example/1.jpg", bytes(range(256)) * 100)
    store.images.put(image)
    assert store.images.get(image.id) == image
    assert store.images.get("0" * 64) is None
    assert store.images.get("no\x00such") is None


def test_the_same_picture_of_two_addresses_is_kept_once_and_found_by_both(store):
    first, second = picture("https://news.example/1.jpg"), picture("https://news.example/2.jpg")
    for image in (first, second, first):
        store.images.put(image)
    assert store.images.get(second.id) == first
    asked = [first.url, second.url, "https://news.example/3.jpg"]
    assert store.images.ids_for(asked) == {first.url: first.id, second.url: first.id}
    assert store.images.ids_for([]) == {}


def test_pictures_of_articles_are_wanted_until_they_are_held_or_given_up(store, make_article, now):
    for number in range(4):
        at = now + timedelta(minutes=number)
        store.articles.put(make_article(number, image=f"https://news.example/{number}.jpg"), now=at)
    later = now + timedelta(hours=1)
    assert [url[-5] for url in store.images.wanted(10, later)] == ["3", "2", "1", "0"]
    store.images.put(picture("https://news.example/3.jpg"))
    store.images.give_up("https://news.example/1.jpg", "could not capture: 404")
    assert [url[-5] for url in store.images.wanted(10, later)] == ["2", "0"]
    assert len(store.images.wanted(1, later)) == 1
    store.articles.put(make_article(9, image="https://news.example/1.jpg"), now=later)
    assert [url[-5] for url in store.images.wanted(10, later)] == ["2", "0"]


def test_a_new_picture_of_an_article_is_wanted(store, make_article, now):
    article = make_article(image="https://news.example/1.jpg")
    store.articles.put(article, now=now)
    store.images.put(picture("https://news.example/1.jpg"))
    store.articles.put(replace(article, image="https://news.example/2.jpg"), now=now)
    assert store.images.wanted(10, now) == ("https://news.example/2.jpg",)


def test_what_has_no_web_address_is_not_wanted(store, make_article, now):
    for number, image in enumerate(["data:image/png;base64,AAAA", "/relative.jpg", "", None]):
        store.articles.put(make_article(number, image=image), now=now)
    assert store.images.wanted(10, now) == ()


def test_a_picture_that_is_not_what_it_says_or_too_large_is_refused(store):
    image = picture("https://news.example/1.jpg")
    with pytest.raises(RecordError, match="SHA-256"):
        store.images.put(replace(image, data=b"another"))
    with pytest.raises(RecordError, match="shrink"):
        store.images.put(picture(image.url, bytes(5 * 1024 * 1024)))
