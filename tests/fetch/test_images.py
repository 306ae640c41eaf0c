"""Pictures made ours."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from tawatur.errors import FetchError
from tawatur.fetch import re_encode
from tawatur.fetch.images import LONGEST_EDGE

URL = "https://a.example/p.jpg"


def drawn(size: tuple[int, int] = (60, 40), mode: str = "RGB", kind: str = "PNG", **how: Any) -> bytes:
    image = Image.new(mode, size)
    image.paste(Image.linear_gradient("L").resize(size).convert(mode))
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_every_usual_format_becomes_webp(kind: str) -> None:
    picture = re_encode(drawn(kind=kind), URL)
    assert picture.media_type == "image/webp"
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.format == "WEBP"
        assert image.size == (picture.width, picture.height) == (60, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_usual_kind_of_pixel_is_taken(mode: str) -> None:
    source = Image.new(mode, (10, 10))
    out = io.BytesIO()
    source.save(out, "PNG")
    assert re_encode(out.getvalue(), URL).width == 10


def test_a_print_jpeg_is_taken() -> None:
    assert re_encode(drawn(mode="CMYK", kind="JPEG"), URL).width == 60


def test_a_large_picture_is_made_smaller_and_a_small_one_left() -> None:
    picture = re_encode(drawn((4000, 1000), kind="JPEG"), URL)
    assert (picture.width, picture.height) == (LONGEST_EDGE, LONGEST_EDGE // 4)
    assert re_encode(drawn((10, 10)), URL).width == 10


def test_a_picture_is_turned_as_its_exif_says_and_keeps_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    exif[0x010E] = "a secret note"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = re_encode(drawn((60, 40), kind="JPEG", exif=exif, icc_profile=profile, comment=b"a secret note"), URL)
    assert (picture.width, picture.height) == (40, 60)
    assert b"secret" not in picture.data
    with Image.open(io.BytesIO(picture.data)) as image:
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(image.info)


def test_a_broken_colour_profile_does_not_cost_the_picture() -> None:
    assert re_encode(drawn(kind="JPEG", icc_profile=b"no profile"), URL).width == 60


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(re_encode(out.getvalue(), URL).data)) as image:
        assert getattr(image, "n_frames", 1) == 1
        red, _, blue = image.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > 200 > blue


def test_transparency_is_kept() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(re_encode(out.getvalue(), URL).data)) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "none of JPEG"),
        (b"not a picture", "none of JPEG"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "SVG"),
        (b"<!DOCTYPE html><p>no picture", "HTML page"),
        (drawn()[:-30], "cannot be decoded"),
        (drawn(kind="JPEG")[:300], "cannot be decoded"),
        (drawn(kind="TIFF"), "none of JPEG"),
    ],
)
def test_what_is_no_picture_is_an_error_that_says_so(data: bytes, what: str) -> None:
    with pytest.raises(FetchError, match=what) as caught:
        re_encode(data, URL)
    assert caught.value.url == URL


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (30_000, 2)])
def test_a_picture_of_too_many_pixels_is_not_decoded(size: tuple[int, int]) -> None:
    data = bytearray(drawn((60, 40)))
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")  # the PNG header claims it
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    with pytest.raises(FetchError):
        re_encode(bytes(data), URL)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"]), st.data())
def test_broken_pictures_end_in_a_picture_or_the_one_error(kind: str, data: st.DataObject) -> None:
    broken = bytearray(drawn((16, 16), kind=kind))
    for _ in range(data.draw(st.integers(1, 5))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        re_encode(bytes(broken), URL)
    except FetchError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either is right


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_the_one_error(data: bytes) -> None:
    with pytest.raises(FetchError):
        re_encode(data, URL)
