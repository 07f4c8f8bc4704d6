"""The copy of a document that is kept in the record: PDF/A-2b, called that only once a validator confirmed it."""

from __future__ import annotations

import io

from eolc_desktop.errors import PrintFailed


def archive_copy(pdf: bytes) -> bytes:
    """Return a document as PDF/A-2b (ISO 19005-2), made and checked in memory. Equal input gives equal bytes.

    The bytes returned are the bytes that were checked. `pikepdf.pdfa.save` would do the same in one step, but
    through a temporary file, and nothing of a plan may touch the disk outside the encrypted record. Raises
    `PrintFailed` when the validator does not confirm the result.
    """
    import pikepdf  # noqa: PLC0415
    from pikepdf import pdfa  # noqa: PLC0415

    flavour = pdfa.Flavour.PDFA_2B
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pdfa.prepare(document, flavour)
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if "xmp:MetadataDate" in metadata:
                del metadata["xmp:MetadataDate"]
        document.save(out, **pdfa.resolve_save_kwargs(flavour, deterministic_id=True))
    report = pdfa.validate_written(io.BytesIO(out.getvalue()), flavour)
    if not report.passed:
        raise PrintFailed(
            "The copy for the record did not pass the check for long-term keeping (PDF/A-2b).",
            "The printed document itself is not affected, and the record is unchanged.",
            "Tell whoever supports this program.",
        )
    return out.getvalue()
