"""The print page: which document, for whom, what is left out, a preview, and paper."""
