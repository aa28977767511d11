"""Templates from outside: whatever they do, rendering them ends, soon and the same way."""

from datetime import date

import pytest

from assess.document.render import render
from assess.errors import DataFileError

LOOP = "{% for a in range(9000) %}"
NAMES = "{% set n = namespace(x='ab', l=[1], i=9) %}"
ENDLESS = {
    "nested ifs": "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "nested loops": "{% for a in [1] %}" * 2000 + "{% endfor %}" * 2000,
    "brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "nots": "{{ " + "not " * 3000 + "1 }}",
    "attributes": "{{ a" + ".b" * 3000 + " }}",
    "filters": "{{ a" + "|upper" * 3000 + " }}",
    "branches": "{% if 0 %}" + "{% elif 0 %}" * 2000 + "{% endif %}",
    "many loops": (LOOP + "{% endfor %}") * 3000,
    "loops in loops": LOOP * 3 + "{% endfor %}" * 3,
    "loops that take nothing": LOOP + "{% for b in range(9000) if 0 %}{% endfor %}{% endfor %}",
    "loops over letters": "{% for a in t %}{% for b in t %}{% for c in t %}" + "{% endfor %}" * 3,
    "loops that call themselves": "{% for a in [[1]] recursive %}{{ loop(a) }}{% endfor %}",
    "macros that call themselves": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "macros that call themselves twice": "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}"
    "{% endif %}{% endmacro %}{{ m(60) }}",
    "multiplied text": "{{ 'a' * 10000000000 }}",
    "multiplied lists": "{{ 10000000000 * [1] }}",
    "powers": "{{ 9 ** 9 ** 9 ** 9 }}",
    "numbers that grow": NAMES + LOOP + "{% set n.i = n.i * n.i %}{% endfor %}",
    "texts that grow": NAMES + LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "lists that grow": NAMES + LOOP + "{% set n.l = n.l + n.l %}{% endfor %}",
    "blocks that grow": NAMES + LOOP + "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
    "widths": "{{ '%1000000000d' % 1 }}",
    "widths from outside": "{{ '%*d' % (1000000000, 1) }}",
    "widths of methods": "{{ 'a'.center(1000000000) }}",
    "widths of formats": "{{ '{:1000000000}'.format(1) }}",
    "widths of dates": "{{ d.strftime('%1000000000d') }}",
    "digits": "{{ " + "1" * 5000 + " }}",
    "long output": LOOP + "x" * 1000 + "{% endfor %}",
    "long text": "x" * 2_000_000,
}


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_template_without_end_is_refused(template: str) -> None:
    with pytest.raises(DataFileError) as caught:
        render(template, {"a": "", "t": "x" * 500, "d": date(2026, 11, 25)})
    assert caught.value.where
    assert len(str(caught.value)) < 1000


def test_ordinary_work_is_done() -> None:
    template = "{{ d.strftime('%d.%m.%Y') }} {{ '%02d' % 3 }} {{ t.split(' ')|length }} {{ 2**3 }}"
    made = render(template, {"t": "a b", "d": date(2026, 11, 25)})
    assert made == "25.11.2026 03 2 8\n"


def test_one_rendering_takes_nothing_from_the_next() -> None:
    template = "{% for a in range(9000) %}{% endfor %}done"
    assert {render(template, {}) for _ in range(30)} == {"done\n"}
