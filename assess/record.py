"""Records: what is computed, as frozen values with slots, that cost nearly nothing to define.

A dataclass writes its methods as source and compiles them, when its module is imported: some
forty times as long as it takes to make a class. Here all records share the same few methods,
which know a class by the names of its fields (docs/decisions/0018-records.md).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field  # noqa: TID251
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform, get_origin

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Made]) -> type[Made]:
    """Return a class as a frozen dataclass with slots would be, without written code.

    Made by position or by keyword, with defaults and `field(default_factory=…, repr=…)`; equal
    to those of its class whose fields are equal; `dataclasses.replace`, `fields` and `asdict`
    work. Has neither `__post_init__` nor fields that are inherited, and no method calls
    `super()`. `cached_property` works.
    """
    namespace = dict(vars(cls))
    kinds = cls.__annotations__.items()
    names = [name for name, kind in kinds if ClassVar not in (kind, get_origin(kind))]
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    caches = any(isinstance(value, cached_property) for value in namespace.values())
    slots = (*names, "__dict__") if caches else tuple(names)
    shown = [name for name in names if getattr(defaults.get(name), "repr", True)]
    ours = {
        "__slots__": slots,
        "__match_args__": tuple(names),
        "__qualname__": cls.__qualname__,
        "__dataclass_fields__": _Fields(cls),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        **_methods_of_values(names, shown),
    }
    made: Any = type(cls.__name__, cls.__bases__, {**ours, **namespace})
    made.__init__ = _initializer(made, names, defaults)
    return made  # type: ignore[no-any-return]


class _Fields:
    """The fields as the module `dataclasses` describes them, found when somebody asks."""

    def __init__(self, plain: type) -> None:
        self._plain = plain

    def __get__(self, instance: object, owner: Any) -> Mapping[str, Field[Any]]:
        described: Any = dataclass(init=False, repr=False, eq=False)(self._plain)
        owner.__dataclass_fields__ = described.__dataclass_fields__
        return owner.__dataclass_fields__  # type: ignore[no-any-return]


def _refuse(instance: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _initializer(
    made: type, names: Sequence[str], defaults: Mapping[str, Any]
) -> Callable[..., None]:
    """Return what fills the slots; by their descriptors, because an instance is frozen."""
    puts = {name: vars(made)[name].__set__ for name in names}
    in_order, count = tuple(puts.values()), len(puts)
    complete = _completer(made.__qualname__, names, defaults)

    def fill(self: object, /, *given: object, **named: object) -> None:
        if named or len(given) != count:
            if given or named.keys() != puts.keys():
                named = complete(given, named)
            for name, value in named.items():
                puts[name](self, value)
        else:
            for put, value in zip(in_order, given, strict=True):
                put(self, value)

    return fill


def _completer(
    title: str, names: Sequence[str], defaults: Mapping[str, Any]
) -> Callable[[Sequence[object], Mapping[str, object]], dict[str, object]]:
    special = {name: value for name, value in defaults.items() if isinstance(value, Field)}
    makers = {n: f.default_factory for n, f in special.items() if f.default_factory is not MISSING}
    plain = {n: special[n].default if n in special else value for n, value in defaults.items()}
    plain = {name: value for name, value in plain.items() if value is not MISSING}

    def complete(given: Sequence[object], named: Mapping[str, object]) -> dict[str, object]:
        values = {**plain, **dict(zip(names, given, strict=False)), **named}
        for name, make in makers.items():
            if name not in values:
                values[name] = make()
        twice = named.keys() & set(names[: len(given)])
        if len(given) > len(names) or twice or values.keys() != set(names):
            wrong = sorted(twice or values.keys() ^ set(names))
            raise TypeError(f"{title} takes {', '.join(names)}; wrong are {', '.join(wrong)}")
        return values

    return complete


def _methods_of_values(names: Sequence[str], shown: Sequence[str]) -> Mapping[str, Any]:
    """Return the methods that read all fields."""
    values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

    def equal(self: object, other: object) -> object:
        return values(self) == values(other) if type(self) is type(other) else NotImplemented

    def digest(self: object) -> int:
        return hash(values(self))

    def describe(self: object) -> str:
        listed = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({listed})"

    def reduce(self: object) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, name) for name in names)

    return {"__eq__": equal, "__hash__": digest, "__repr__": describe, "__reduce__": reduce}
