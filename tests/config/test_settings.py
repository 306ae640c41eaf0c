"""Settings: where they are looked for, in which order, and how a wrong one is named."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.config import load_settings, without_password
from tawatur.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Options of a part, as a test has them."""

    text: str = "by default"
    perhaps: str | None = None
    number: int = 1
    seconds: float = 1.0
    yes: bool = False
    names: tuple[str, ...] = ()
    kind: Literal["one", "two"] = "one"


def settings(tmp_path: Path, toml: str = "", **environment: str):
    (tmp_path / "tawatur.toml").write_text(toml, "utf-8")
    return load_settings(home=tmp_path, environment=environment)


def test_without_settings_the_home_is_the_users_data_folder_and_the_database_lies_in_it(tmp_path):
    found = load_settings(environment={"XDG_DATA_HOME": str(tmp_path)})
    assert found.home == tmp_path / "tawatur"
    assert found.database == f"sqlite:///{tmp_path}/tawatur/tawatur.db"


def test_the_command_line_comes_before_the_environment_and_that_before_the_file(tmp_path):
    toml = 'database = "sqlite:////file"\nlisten = "127.0.0.1:1"\n[fetch]\ntext = "file"\nnumber = 2\n'
    found = settings(tmp_path, toml, TAWATUR_DATABASE="sqlite:////environment", TAWATUR_FETCH_TEXT="environment")
    assert found.database == "sqlite:////environment"
    assert found.listen == "127.0.0.1:1"
    assert found.options("fetch", Options) == Options(text="environment", number=2)
    other = load_settings(home=tmp_path, listen="127.0.0.1:2", environment={"TAWATUR_HOME": "/nowhere"})
    assert (other.home, other.listen) == (tmp_path, "127.0.0.1:2")


def test_a_file_may_use_the_names_of_the_environment(tmp_path):
    file = tmp_path / "desk.toml"
    file.write_text(f'TAWATUR_HOME = "{tmp_path}/desk"\nTAWATUR_LISTEN = "127.0.0.1:9"\n')
    found = load_settings(config=file, environment={})
    assert (found.home, found.listen, found.file) == (tmp_path / "desk", "127.0.0.1:9", file)


def test_the_environment_is_read_as_what_the_option_is(tmp_path):
    found = settings(
        tmp_path,
        TAWATUR_FETCH_NUMBER="7",
        TAWATUR_FETCH_SECONDS="0.5",
        TAWATUR_FETCH_YES="yes",
        TAWATUR_FETCH_NAMES="one, two",
        TAWATUR_FETCH_KIND="two",
        TAWATUR_FETCH_PERHAPS="",
    )
    assert found.options("fetch", Options) == Options(
        number=7, seconds=0.5, yes=True, names=("one", "two"), kind="two", perhaps=None
    )


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[fetch]\nnumbr = 1", "fetch.numbr"),
        ("[fetch]\nnumber = 'many'", "fetch.number must be a whole number"),
        ("[fetch]\nnumber = true", "fetch.number"),
        ("[fetch]\nyes = 'perhaps'", "true or false"),
        ("[fetch]\nkind = 'three'", "one, two"),
        ("[fetch]\nnames = [1]", "a list of texts"),
        ("[fetsh]\nnumber = 1", "[fetch]"),
        ("fetch = 1", "[fetch]"),
        ("listen = 8080", "listen"),
        ("[fetch", "no TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_do(tmp_path, toml, words):
    with pytest.raises(ConfigError) as wrong:
        settings(tmp_path, toml).options("fetch", Options)
    assert words in str(wrong.value)


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(ConfigError, match=r"nothing\.toml"):
        load_settings(config=tmp_path / "nothing.toml", environment={})


@given(password=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=4))
def test_no_password_is_shown(password):
    shown = without_password(f"postgresql://desk:{password}@db:5432/news?password={password}")
    assert shown == "postgresql://desk:***@db:5432/news"


def test_a_home_with_odd_letters_has_its_database_in_it(tmp_path):
    from tawatur.store import open_store

    home = tmp_path / "مكتب 100% #1?"
    found = load_settings(home=home, environment={})
    found.make_home()
    with open_store(found.database) as store:
        store.check()
    assert (home / "tawatur.db").is_file()
