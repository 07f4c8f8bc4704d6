"""Forms made from the description of a section: one editor for each kind of field, and the rows that hold them."""
