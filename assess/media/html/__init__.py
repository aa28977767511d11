"""Pages -> one HTML file that needs nothing else: no script, nothing from outside."""

from assess.media.html.render import render_html

__all__ = ["render_html"]
