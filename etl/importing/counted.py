"""A whole number in a sentence, whose words agree with it."""


class Counted(int):
    """A whole number that chooses a word's form.

    Example:
        >>> f"{Counted(1):,} {Counted(1):row/rows}, {Counted(2_000):,} {Counted(2_000):row/rows}"
        '1 row, 2,000 rows'
    """

    __slots__ = ()

    def __format__(self, spec: str, /) -> str:
        """Return the number, or, of two words with a slash between them, the one for one or for many."""
        one, slash, many = spec.partition("/")
        if not slash:
            return super().__format__(spec)
        return one if self == 1 else many
