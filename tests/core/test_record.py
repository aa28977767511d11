"""A record behaves as a frozen dataclass with slots does."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from functools import cached_property
from pickle import dumps, loads
from typing import Any, ClassVar

import pytest

from assess.record import record


@record
class Parcel:
    """Something on its way."""

    kind: ClassVar[str] = "parcel"
    to: str
    grams: int = 100
    stamps: Mapping[str, int] = field(default_factory=dict)
    secret: str = field(default="", repr=False)

    @property
    def is_heavy(self) -> bool:
        return self.grams > 1000

    @cached_property
    def label(self) -> list[str]:
        return [self.to]


@record
class Letter:
    to: str
    grams: int = 100


@record
class Nothing:
    """A record without a field."""


def test_it_is_made_by_position_by_keyword_and_with_defaults() -> None:
    assert Parcel("Lyon", 5, {"air": 1}, "x") == Parcel(
        secret="x", stamps={"air": 1}, grams=5, to="Lyon"
    )
    assert Parcel("Lyon", secret="x") == Parcel("Lyon", 100, {}, "x")


def test_what_a_factory_makes_is_not_shared() -> None:
    assert Parcel("Lyon").stamps is not Parcel("Lyon").stamps


def test_fields_that_are_missing_unknown_twice_or_too_many_are_refused() -> None:
    wrong: Any = Letter
    for given, named in (((), {}), (("a",), {"to": "b"}), (("a", 1, 2), {}), (("a",), {"x": 1})):
        with pytest.raises(TypeError, match="Letter takes to, grams"):
            wrong(*given, **named)


def test_it_cannot_be_changed() -> None:
    letter: Any = Letter("Lyon")
    with pytest.raises(FrozenInstanceError, match="'to'"):
        letter.to = "Paris"
    with pytest.raises(FrozenInstanceError, match="'grams'"):
        del letter.grams
    with pytest.raises(FrozenInstanceError):
        letter.other = 1


def test_records_are_equal_by_class_and_values() -> None:
    assert Letter("Lyon") == Letter("Lyon", 100)
    assert hash(Letter("Lyon")) == hash(Letter("Lyon", 100))
    assert Letter("Lyon") != Letter("Paris")
    other: object = Parcel("Lyon")
    assert Letter("Lyon") != other
    assert Nothing() == Nothing()


def test_it_is_shown_by_its_fields_but_the_hidden() -> None:
    assert repr(Parcel("Lyon", secret="x")) == "Parcel(to='Lyon', grams=100, stamps={})"
    assert repr(Nothing()) == "Nothing()"


def test_it_has_slots_properties_and_what_is_found_once() -> None:
    assert not hasattr(Letter("Lyon"), "__dict__")
    assert Parcel("Lyon", 2000).is_heavy
    parcel = Parcel("Lyon")
    assert parcel.label is parcel.label
    assert parcel.kind == "parcel"


def test_it_is_taken_apart_by_a_pattern() -> None:
    match Letter("Lyon", 7):
        case Letter(to, grams):
            assert (to, grams) == ("Lyon", 7)


def test_it_is_copied_and_sent_as_a_value() -> None:
    parcel = Parcel("Lyon", stamps={"air": 1})
    assert deepcopy(parcel) == loads(dumps(parcel)) == parcel


def test_the_tools_of_dataclasses_work() -> None:
    assert [part.name for part in fields(Letter)] == ["to", "grams"]
    assert replace(Letter("Lyon"), grams=7) == Letter("Lyon", 7)
    assert asdict(Parcel("Lyon", 7, {}, "x")) == {
        "to": "Lyon",
        "grams": 7,
        "stamps": {},
        "secret": "x",
    }
