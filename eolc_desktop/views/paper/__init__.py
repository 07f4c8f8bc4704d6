"""Paper copies: is this page still right, which pages are to be replaced, and the register of one person's pages."""
