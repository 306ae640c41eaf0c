"""Sites: which addresses belong together, and what to call them."""

from __future__ import annotations

import pytest

from tawatur.feeds.sites import name_of_site, same_site, site_of


@pytest.mark.parametrize(
    ("url", "site", "name"),
    [
        ("https://www.example.org/a", "example.org", "example"),
        ("https://arabic.example.com/", "arabic.example.com", "example-arabic"),
        ("https://feeds.example.com/rss", "example.com", "example"),
        ("https://www.agency.gov.sa/", "agency.gov.sa", "agency"),
        ("https://24.ae/", "24.ae", "24-ae"),
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080", "127-0-0-1-8080"),
        ("http://[::1]:8080/x", "[::1]:8080", "1-8080"),
        ("http://localhost/", "localhost", "localhost"),
        ("https://xn--mgbh0fb.xn--kgbechtv/", "xn--mgbh0fb.xn--kgbechtv", "xn-mgbh0fb"),
    ],
)
def test_a_site_has_a_short_name(url, site, name) -> None:
    assert (site_of(url), name_of_site(site_of(url))) == (site, name)


def test_addresses_under_one_registered_name_are_one_site() -> None:
    assert same_site("https://news.example.com.eg/1", "https://www.example.com.eg/")
    assert not same_site("https://one.com.eg/", "https://two.com.eg/")
    assert not same_site("http://127.0.0.1:8001/", "http://127.0.0.1:8002/")
