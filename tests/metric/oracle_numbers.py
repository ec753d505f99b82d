"""Numbers of the oracle: exact fractions, rounded as the figures are."""

from fractions import Fraction
from math import floor


def exact(number):
    """:return: the fraction that a number of the database is, whatever a float says"""
    return number if number is None else Fraction(repr(number))


def rounded(number, digits):
    """:return: the fraction rounded, half away from zero"""
    if number is None:
        return None
    shifted = floor(abs(number) * 10**digits + Fraction(1, 2))
    return Fraction(shifted if number >= 0 else -shifted, 10**digits)


def weighted(pieces):
    """:return: the mean of pairs of weight and value, or None"""
    total = sum(weight for weight, _value in pieces)
    if not total:
        return None
    return sum(weight * value for weight, value in pieces) / total
