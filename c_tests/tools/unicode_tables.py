"""Prints src/objects/str/characters/tables.rs: the classes of characters that the Python which runs this has.

    python3.14 c_tests/tools/unicode_tables.py > src/objects/str/characters/tables.rs
"""

import sys
import textwrap
import unicodedata

POINTS = range(sys.maxunicode + 1)


def is_ignorable(c):
    """Whether a character between a capital sigma and the letter before it is skipped."""
    return ("A" + c + "\u03a3").lower()[-1] == "\u03c2" != (c + "\u03a3").lower()[-1]


def changes(belongs):
    """The points from which on characters belong to a class, and those from which on they do not, in turn."""
    numbers, before = [], False
    for point in POINTS:
        now = belongs(chr(point))
        if now != before:
            numbers.append(point)
        before = now
    return numbers


def table(name, documentation, numbers, kind="u32"):
    """One table in Rust."""
    print(f"\n/// {documentation}\n#[rustfmt::skip]\npub const {name}: &[{kind}] = &[")
    items = [hex(n) if isinstance(n, int) else "({:#x}, {}, {})".format(*n) for n in numbers]
    print(textwrap.fill(", ".join(items) + ",", 119, initial_indent="    ", subsequent_indent="    "))
    print("];")


def digit_runs():
    """Runs of digits that are not decimal: first character, number of characters, value of the first."""
    runs = []
    for point in POINTS:
        value = unicodedata.digit(chr(point), -1)
        if value < 0 or chr(point).isdecimal():
            continue
        if runs and point == runs[-1][0] + runs[-1][1] and value == runs[-1][2] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([point, 1, value])
    return runs


VERSION = unicodedata.unidata_version.removesuffix(".0")
print(f"//! Classes of characters in Unicode {VERSION}, written by `c_tests/tools/unicode_tables.py`. In a list of changes, the")
print("//! first point belongs to the class, the second is the first after it that does not, and so on.")
table("LETTERS", "Changes of the categories of letters: Lu, Ll, Lt, Lm, Lo.", changes(str.isalpha))
table("STARTS", "Changes of the difference between letters and the characters that begin an identifier.", changes(lambda c: c.isidentifier() != c.isalpha()))
table("CONTINUES", "Changes of the characters that continue an identifier.", changes(lambda c: ("a" + c).isidentifier()))
table("NUMERIC", "Changes of the characters with a numeric value.", changes(str.isnumeric))
table("IGNORABLE", "Changes of the characters that do not end a word, though they are no letters.", changes(is_ignorable))
table("ZEROS", "The decimal digits zero. The nine characters after each are the other digits.", [p for p in POINTS if unicodedata.decimal(chr(p), -1) == 0])
table("DIGITS", "Digits that are not decimal: the first of a run, the length of the run, the value of the first.", digit_runs(), "(u32, u32, u8)")
