"""What a page looks like: on a terminal, as Markdown, as HTML."""
