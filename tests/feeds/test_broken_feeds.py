"""Broken and hostile feeds: mended where that is certain, refused where it is not, within bounds always."""

from __future__ import annotations

import contextlib
import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.errors import FeedError
from tawatur.feeds import read_feed
from tawatur.model import Feed

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>صحيفة</title><link>https://example.org/</link>'
TAIL = "</channel></rss>"


def items(*numbers: int, extra: str = "") -> str:
    return "".join(
        f"<item><title>خبر رقم {number}</title><link>https://example.org/{number}</link>"
        f"<description>نص الخبر{extra}</description></item>"
        for number in numbers
    )


@pytest.mark.parametrize(
    ("text", "numbers", "note"),
    [
        pytest.param("ÿ junk\n" + HEAD + items(1, 2) + TAIL, [1, 2], "before the XML declaration", id="bytes before"),
        pytest.param("\n\n  " + HEAD + items(1) + TAIL, [1], None, id="blank lines before"),
        pytest.param(HEAD + items(1, 2, extra=" A&B &copy; &unknown;") + TAIL, [1, 2], "unescaped &", id="ampersands"),
        pytest.param(HEAD + items(1, 2, extra="\x0b\x00") + TAIL, [1, 2], "XML forbids", id="control characters"),
        pytest.param(HEAD + items(1, 2, extra="&#x1;") + TAIL, [1, 2], "references", id="forbidden reference"),
        pytest.param(HEAD + items(1, 2) + "<item><title>خبر ناق", [1, 2], "cut off", id="cut in mid entry"),
        pytest.param(HEAD + items(1, 2), [1, 2], "cut off", id="cut between entries"),
        pytest.param(HEAD + items(1) + TAIL + HEAD + items(2) + TAIL, [1], "after the end", id="two roots"),
        pytest.param(HEAD + items(1) + TAIL + "<!-- cached -->\n<script>x", [1], "after the end", id="rubbish after"),
        pytest.param(HEAD + items(1, extra="<br>سطر") + items(2) + TAIL, [1, 2], "broken XML", id="unclosed br"),
        pytest.param(
            HEAD + items(1) + "<item><title>أ</link></item>" + items(3) + TAIL, [1, 3], "broken XML", id="lost"
        ),
        pytest.param(HEAD + items(1).replace("title>", "dc:title>") + TAIL, [1], "prefixes", id="undeclared prefix"),
        pytest.param((HEAD + items(1) + TAIL).replace("utf-8", "x-unknown"), [1], None, id="unknown charset"),
    ],
)
def test_a_broken_feed_is_mended_where_entries_are_certain(capture_of, text, numbers, note) -> None:
    feed = read_feed(capture_of(text))
    assert [entry.url for entry in feed.entries] == [f"https://example.org/{number}" for number in numbers]
    assert all(entry.title == f"خبر رقم {number}" for entry, number in zip(feed.entries, numbers, strict=True))
    if note is None:
        assert feed.problems == ()
    else:
        assert any(note in problem for problem in feed.problems), feed.problems


def test_ampersands_are_mended_outside_of_cdata_only(capture_of) -> None:
    text = (
        HEAD + "<item><title><![CDATA[أ &amp; ب]]> R&D</title><link>https://example.org/?a=1&b=2</link></item>" + TAIL
    )
    (entry,) = read_feed(capture_of(text)).entries
    assert (entry.title, entry.url) == ("أ & ب R&D", "https://example.org/?a=1&b=2")


ARABIC = "أعلنت الوزارة اليوم افتتاح المدرسة الجديدة في المدينة بحضور عدد كبير من الأهالي"


@pytest.mark.parametrize(
    ("charset", "declared", "http"),
    [
        ("windows-1256", "utf-8", None),
        ("windows-1256", None, None),
        ("windows-1256", "utf-8", "utf-8"),
        ("windows-1256", "windows-1256", "windows-1256"),
        ("iso-8859-6", "utf-8", "utf-8"),
        ("iso-8859-6", "iso-8859-6", None),
        ("utf-8", "windows-1256", "windows-1256"),
        ("utf-8", "iso-8859-6", None),
        ("utf-8", None, "windows-1256"),
        ("utf-8-sig", "windows-1256", None),
        ("utf-16", "utf-16", None),
        ("utf-16", "utf-8", "utf-8"),
    ],
)
def test_the_charset_is_read_from_the_bytes_when_the_declaration_is_wrong(capture_of, charset, declared, http) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = (
        f"{declaration}<rss><channel><title>{ARABIC}</title>"
        f"<item><title>{ARABIC}</title><link>https://example.org/1</link></item></channel></rss>"
    )
    feed = read_feed(capture_of(text.encode(charset), charset=http))
    assert [entry.title for entry in feed.entries] == [ARABIC]


def test_a_gzip_file_is_unpacked_within_bounds(capture_of) -> None:
    sitemap = "<urlset><url><loc>https://example.org/1</loc></url></urlset>"
    assert len(read_feed(capture_of(gzip.compress(sitemap.encode()))).entries) == 1
    with pytest.raises(FeedError, match="larger than"):
        read_feed(capture_of(gzip.compress(b" " * 50_000_000)))
    with pytest.raises(FeedError, match="damaged gzip"):
        read_feed(capture_of(b"\x1f\x8bxxxx"))


def doctype(subset: str, title: str = "&a;") -> str:
    return (
        f"<!DOCTYPE rss [{subset}]><rss><channel><item><title>{title}</title><link>https://example.org/1</link></item>"
        "</channel></rss>"
    )


BOMB = '<!ENTITY z "ha">' + "".join(
    f'<!ENTITY {name} "{10 * f"&{called};"}">' for name, called in zip("abcdefghi", "bcdefghiz", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(doctype(BOMB), "calls others", id="billion laughs"),
        pytest.param(doctype('<!ENTITY a SYSTEM "file:///etc/passwd">'), "other files", id="external entity"),
        pytest.param(doctype('<!ENTITY a PUBLIC "x" "http://127.0.0.1/x">'), "other files", id="public entity"),
        pytest.param(doctype('<!ENTITY % p SYSTEM "http://127.0.0.1/x"> %p;'), "other files", id="parameter entity"),
        pytest.param(doctype("<!ENTITY a '<b>&#38;b;</b>'>"), "calls others", id="late call"),
        pytest.param(doctype(f'<!ENTITY a "{"x" * 99}">', title="&a;" * 200_000), "would fill", id="quadratic blow-up"),
        pytest.param("<rss>" + "<a>" * 150 + "</a>" * 150 + "</rss>", "deep", id="deep"),
        pytest.param("<rss>" + "<a>" * 50_000, "broken", id="very deep"),
        pytest.param("<rss>" + "<a/>" * 300_001 + "</rss>", "holds more than", id="many elements"),
        pytest.param("[" * 200_000, "no JSON that can be read", id="deep JSON"),
        pytest.param('{"items":' * 100_000, "no JSON that can be read", id="deep JSON objects"),
        pytest.param('{"items": [{"id": ' + "9" * 5000 + "}]}", "no JSON that can be read", id="endless number"),
        pytest.param(" " * 10_000_001, "larger than", id="oversize"),
    ],
)
def test_a_hostile_document_is_refused_before_it_costs_anything(capture_of, text, reason) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(capture_of(text))


def test_harmless_entities_are_read_as_what_they_stand_for(capture_of) -> None:
    text = doctype('<!ENTITY nbsp "&#160;"><!ENTITY co "شركة">', title="&co;&nbsp;النقل")
    feed = read_feed(capture_of(text))
    assert ([entry.title for entry in feed.entries], feed.problems) == (["شركة النقل"], ())


def test_no_file_and_no_address_is_opened(capture_of, tmp_path, monkeypatch) -> None:
    def refuse(*args, **kwargs):
        raise AssertionError(args)

    monkeypatch.setattr("socket.socket.connect", refuse)
    secret = tmp_path / "secret"
    secret.write_text("سر")
    text = (
        f'<!DOCTYPE rss SYSTEM "file://{secret}"><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'
        '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>'
        f'<xi:include parse="text" href="{secret}"/>'
        "خبر</title><link>https://example.org/1</link></item></channel></rss>"
    )
    assert [entry.title for entry in read_feed(capture_of(text)).entries] == ["خبر"]
    assert_refused = capture_of(f"http://127.0.0.1:9/feed {secret}")
    with pytest.raises(FeedError):
        read_feed(assert_refused)


SEEDS = [
    (HEAD + items(1, 2, 3) + TAIL).encode(),
    (HEAD + items(1, 2, 3, extra=" &nbsp; <![CDATA[ & ]]>") + TAIL).encode("windows-1256", "replace"),
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/><title>x &lt;b&gt;</title></entry></feed>',
    b'{"version": "1", "items": [{"id": "1", "url": "https://example.org/1", "title": "x"}]}',
    b"<urlset><url><loc>https://example.org/1</loc></url></urlset>",
    "<html><body><ul><li><a href='/2025/1111'>عنوان خبر طويل جدا</a></ul></body></html>".encode(),
    doctype('<!ENTITY a "x">').encode(),
]
MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "flip", "insert", "repeat", "drop"]), st.integers(0, 10**6), st.binary(max_size=6)
    ),
    max_size=6,
)


def mutated(data: bytes, how: str, where: int, what: bytes) -> bytes:
    at = where % (len(data) + 1)
    if how == "cut":
        return data[:at]
    if how == "flip":
        return data[:at] + bytes([data[at % len(data)] ^ 0xFF]) + data[at + 1 :] if data else data
    if how == "insert":
        return data[:at] + (what or b"\x00\x1b&<") + data[at:]
    if how == "repeat":
        return data[:at] + data[at : at + 200] * 3 + data[at:]
    return data[:at] + data[at + 1 + len(what) * 5 :]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SEEDS), MUTATIONS, st.sampled_from([None, "listing", "rss"]))
def test_any_bytes_give_a_feed_or_a_feed_error(capture_of, seed, mutations, kind) -> None:
    data = seed
    for mutation in mutations:
        data = mutated(data, *mutation)
    try:
        feed = read_feed(capture_of(data), kind=kind)
    except FeedError:
        return
    assert isinstance(feed, Feed)
    urls = [entry.url for entry in feed.entries]
    assert len(urls) == len(set(urls))
    assert all(url.startswith(("http://", "https://")) and url.isascii() for url in urls)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "listing", "rss", "json"]))
def test_noise_gives_a_feed_or_a_feed_error(capture_of, data, kind) -> None:
    with contextlib.suppress(FeedError):
        read_feed(capture_of(data), kind=kind)
