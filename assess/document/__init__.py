"""The living plan: written once, edited by people, read back, and merged without losing an edit.

A plan is Markdown. The comment at the end of a task is its identity, the mark and the
wording belong to people, and the tool renews only managed blocks that nobody edited.

Source: docs/decisions/0007-plan-document.md
"""
