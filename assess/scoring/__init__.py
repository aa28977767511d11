"""From answers to a profile: shares, scores, stage, and how sure we are of them.

Everything is exact (fractions from 0 to 1, both ends included), but for the members'
figures, which exist outside `members` in steps of five points only. Don't-know and
not-applicable leave every denominator; they are never 0. What several respondents say
together is in `assessment`, `members` and `projection`.

Source: docs/decisions/0003-scoring.md, docs/decisions/0005-confidentiality.md
"""
