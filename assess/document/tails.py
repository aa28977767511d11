"""The words of a task, and its tail: who does it, until when, and when it was done.

What the tool last wrote is the best guide: where a task begins with those words, all that
follows them is tail, in whatever way people write it. Else the tail begins at the last dash
or at a date at the end. Texts are Markdown on one line, with single spaces.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

from assess.document.dates import Phrase, find_phrases
from assess.patterns import pattern
from assess.record import record

Span = tuple[int, int]

_DASH: Final = pattern(r" (?:[—–-]|--) ")
_TAIL_START: Final = pattern(r" ?(?:[—–→]|--? |[@{<](?=\w)|[(\[📅📆🗓⏰✅❌⏳🛫➕🔁⏫🔼🔽🔺⏬#]|$)")
_DRESS: Final = pattern(r"[*`]|~~|==")
_STRONG: Final = pattern(r"\*{1,3}[^*]+\*{1,3}|(?<!\w)_{1,3}[^_]+_{1,3}(?!\w)")
_UNREADABLE: Final = pattern(r"(?<!\w)(?:by|due|until) (?P<text>[^—–]+)", re.IGNORECASE)
_EXTRAS: Final = pattern(r"[⏫🔼🔽🔺⏬]|(?<!\S)#\w\S*|(?<!\S)\^[\w-]+|🔁.*")
_EDGES: Final = " \t,;:.—–-→@()[]{}<>"
_LOOKS: Final = str.maketrans({"\\": None, "_": "*", "’": "'", "‘": "'", "“": '"', "”": '"'})
_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ENDS: Final = ".,;:"
_MOST_PIECES: Final = 6
"""Owner, dates and signs in more pieces than these are words; so reading stays linear."""


@record
class Tail:
    """A task taken apart.

    `words` and `text` are Markdown: what is to be done, and what stands behind it, with the
    spaces and dashes between. The places of owner and date are those in `text`; None where it
    has none. `unreadable` is a date that nobody can tell.
    """

    words: str
    text: str
    owner: str
    owner_at: Span | None
    due: date | None
    due_at: Span | None
    done_on: date | None
    unreadable: str


def same_look(text: str) -> str:
    """Return a text in a form that formatters and typographic editors do not change."""
    return " ".join(text.translate(_LOOKS).split())


def words_key(text: str) -> str:
    """Return a form of words that survives lost emphasis, another case and a lost full stop."""
    return " ".join(_keys(text)).rstrip(_ENDS)


def match_words(text: str, known: Collection[str], lengths: Collection[int]) -> tuple[str, int]:
    """Return the longest of the known words with which a text begins, and where they end.

    `known` are in the form of `words_key`, and come in so many pieces between spaces. Two empty
    values are returned where it begins with none of them, or where they go on.
    """
    keys = _keys(text)
    for length in sorted(lengths, reverse=True):
        if length > len(keys):
            continue
        key = " ".join(keys[:length]).rstrip(_ENDS)
        if key in known and (end := _end_of(text, length)) is not None:
            return key, end
    return "", 0


def split_task(text: str, start: date | None, *, words: str | None, is_ours: bool) -> Tail:
    """Take a task without mark and comment apart.

    `words` are those that the tool last wrote, if they are known. A task of the tool has an owner
    behind its last dash; a person's own may have a dash for another reason, so there only emphasis
    or a date tells a tail.
    """
    if words is not None:
        key = words_key(words)
        found, end = match_words(text, (key,), (len(words.split(" ")),))
        if found:
            return _read_tail(text, end, start)
    phrases = [p for p in find_phrases(text, start) if p.is_led or _stands_alone(text, p)]
    return _read_tail(text, _find_tail(text, phrases, is_ours=is_ours), start)


def _keys(text: str) -> list[str]:
    """Return the pieces of a text without emphasis, highlights and what nobody sees."""
    bare = _DRESS.sub("", text.translate(_LOOKS).translate(_UNSEEN))
    return bare.casefold().split(" ")


def _end_of(text: str, length: int) -> int | None:
    """Return where the first pieces of a text end, unless they go on with further words."""
    end = -1
    for _ in range(length):
        end = text.find(" ", end + 1)
        if end < 0:
            end = len(text)
    rest = text[end:]
    end -= len(text[:end]) - len(text[:end].rstrip(",;:"))
    if _TAIL_START.match(rest):
        return end
    # A short look is enough: a phrase that introduces a tail stands at its beginning.
    first = next(find_phrases(rest[:60], date(2000, 1, 1)), None)
    starts_with_date = (
        first is not None
        and not rest[: first.first].strip(" ,;")
        and (first.is_led or bool(_TAIL_START.match(rest, first.end)))
    )
    return end if starts_with_date or _UNREADABLE.match(rest.lstrip(" ,;")) else None


def _stands_alone(text: str, phrase: Phrase) -> bool:
    """Tell whether a bare date is all that stands between two dashes, or behind the last."""
    return text.endswith(("— ", "– ", "-- "), 0, phrase.first)


def _find_tail(text: str, phrases: list[Phrase], *, is_ours: bool) -> int:
    """Return where the tail of a task begins; at its end where it has none."""
    cuts = [found.start() for found in _DASH.finditer(text) if _is_cut(text, found)]
    end, has_owner, has_date = len(text), False, False
    for _ in range(_MOST_PIECES):
        dash = cuts[-1] if cuts and cuts[-1] < end else None
        piece = text[dash:end] if dash is not None else ""
        dates = [p for p in phrases if dash is not None and dash <= p.first < end]
        owner = _owner_in(piece, [(p.first - (dash or 0), p.end - (dash or 0)) for p in dates])[0]
        is_strong = bool(_STRONG.search(piece))
        is_tail = bool(dates) or is_strong or (is_ours and not has_owner)
        if dash is not None and is_tail and not (owner and has_owner):
            end, has_owner = dash, has_owner or bool(owner)
            has_date = has_date or any(p.purpose == "due" for p in dates)
            cuts.pop()
            continue
        last = next((p for p in reversed(phrases) if p.end <= end), None)
        if last and last.is_led and not text[last.end : end].strip(" ,;.") and not (
            has_date and last.purpose == "due"
        ):  # fmt: skip
            end = len(text[: last.first].rstrip(" ,;"))
            has_date = has_date or last.purpose == "due"
            phrases = [p for p in phrases if p is not last]
            cuts = [cut for cut in cuts if cut < end]
            continue
        break
    return end


def _is_cut(text: str, dash: re.Match[str]) -> bool:
    """Tell whether a dash may begin a tail; a short one only before emphasis."""
    return dash[0].strip() in ("—", "–", "--") or text[dash.end() : dash.end() + 1] in "*_"


def _read_tail(text: str, place: int, start: date | None) -> Tail:
    words = text[:place].rstrip(" ,;")
    tail = text[len(words) :]
    phrases = list(find_phrases(tail, start))
    due = _choose([p for p in phrases if p.purpose == "due"])
    done = _choose([p for p in phrases if p.purpose == "done"])
    owner, owner_at, unread = _owner_in(tail, [(p.first, p.end) for p in phrases])
    return Tail(
        words=words,
        text=tail,
        owner=owner,
        owner_at=owner_at,
        due=due.day if due else None,
        due_at=(due.date_first, due.date_end) if due else None,
        done_on=done.day if done else None,
        unreadable=unread if due is None else "" if due.day else due.text,
    )


def _choose(phrases: list[Phrase]) -> Phrase | None:
    """Return the date that counts: one that can be read, and is introduced, before others."""
    return max(phrases, key=lambda p: (p.day is not None, p.is_led), default=None)


def _owner_in(tail: str, taken: list[Span]) -> tuple[str, Span | None, str]:
    """Return the owner in a tail with its place, and a date that cannot be read; others are
    `taken`.
    """
    unreadable, plain = "", None
    edges = [0, *(edge for span in taken for edge in span), len(tail)]
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        piece = tail[first:end]
        odd = _UNREADABLE.search(piece)
        if odd:
            unreadable = unreadable or odd["text"].strip(_EDGES)
            piece = piece[: odd.start()]
        if strong := _STRONG.search(piece):
            span = (first + strong.start(), first + strong.end())
            return strong[0].strip("*_ "), span, unreadable or _unread_after(tail, span[1], taken)
        if extra := _EXTRAS.search(piece):
            piece = piece[: extra.start()]
        left = len(piece) - len(piece.lstrip(_EDGES))
        name = piece.strip(_EDGES)
        lead = name.rpartition(",")
        if end < len(tail) and lead[1] and piece[-2:-1] not in _EDGES and lead[2].islower():
            name = lead[0].strip(_EDGES)  # `Ann, at the latest 15 Jan`: words of the date.
        if name and plain is None:
            plain = (first + left, first + left + len(name))
    return (tail[slice(*plain)] if plain else ""), plain, unreadable


def _unread_after(tail: str, place: int, taken: list[Span]) -> str:
    """Return a date that cannot be read behind the owner, where no other date is."""
    odd = None if taken else _UNREADABLE.search(tail, place)
    return odd["text"].strip(_EDGES) if odd else ""
