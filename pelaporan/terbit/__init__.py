"""New forms and changes of forms: read, compared, rehearsed on the past, and published from a month."""
