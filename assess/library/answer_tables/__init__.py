"""Many answers at once: tables read, checked and scored by queries. Nothing is kept."""
