"""Two assessments and the promise between them -> what moved, and whether it is more than noise.

Source: docs/decisions/0004-comparison.md
"""
