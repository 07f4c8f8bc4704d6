"""One document for many people: chosen, made one after the other, and every failure named."""
