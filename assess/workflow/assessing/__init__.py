"""From answers, asked or in files, to an assessment that is kept, and what follows from it."""
