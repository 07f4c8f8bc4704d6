"""The form to fill in: ordinary readers fill it in, any script comes back whole, and whatever is odd is refused."""

from __future__ import annotations

import ctypes
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf.generic import NameObject

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.documents import fillable_reading
from eolc_desktop.documents.copies import ReadersChosen, family_copy
from eolc_desktop.documents.fillable import FORM_FIELD, LONGEST_ANSWER, FormOrder, make_form, questions_of
from eolc_desktop.documents.fillable_reading import FormRefused, read_form
from eolc_desktop.documents.page import PrintStyle
from eolc_desktop.documents.raster import text_of
from tests.documents.examples import IDENTITY, IN_MANY_SCRIPTS
from tests.plans import full_plan
from tests.strictness import ExpectedLog

NUMBER = "0123456789abcdef0123456789abcdef"
MATTERS = "about_me/main/most_important"
KEPT = "compact/new/q1"
ALLOWED: dict[str, dict[str, Value]] = {
    "contacts": {"involvement": "told_everything", "aware_diagnosis": "aware", "aware_prognosis": "aware",
                 "aware_cpr": "aware"},
    "kept_back": {"what": None, "what_words": None},
    "about_me": {"most_important": "My own bed, and the garden."},
}  # fmt: skip


@pytest.fixture(scope="module")
def form() -> bytes:
    plan = family_copy(full_plan(ALLOWED), ReadersChosen()).plan
    identity = replace(IDENTITY, check_code="7K2M9Q")
    return make_form(FormOrder(questions_of(plan), "Peggy", identity, PrintStyle(), NUMBER))


def with_pikepdf(form: bytes, values: dict[str, str]) -> bytes:
    with pikepdf.open(io.BytesIO(form)) as document:
        for field in document.Root.AcroForm.Fields:
            value = values.get(str(field.T))
            if value is not None:
                field.V = pikepdf.Name(f"/{value}") if field.FT == "/Btn" else pikepdf.String(value)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def with_pypdf(form: bytes, values: dict[str, str]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form))
    for page in writer.pages:
        filled = {name: NameObject(f"/{v}") if name == KEPT else v for name, v in values.items()}
        writer.update_page_form_field_values(page, filled, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_pdfium(form: bytes, values: dict[str, str]) -> bytes:
    """Type and click as a reader such as Chrome does: focus a field, replace its text, press the first choice."""
    document = pypdfium2.PdfDocument(form)
    document.init_forms()
    environment = document.formenv.raw
    pressed: set[str] = set()
    for page in document:
        pdfium.FORM_OnAfterLoadPage(page.raw, environment)
        for n in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            annotation = pdfium.FPDFPage_GetAnnot(page.raw, n)
            name = _name(environment, annotation)
            if name in values and name != KEPT:
                pdfium.FORM_SetFocusedAnnot(environment, annotation)
                pdfium.FORM_SelectAllText(environment, page.raw)
                typed = (values[name] + "\0").encode("utf-16-le")
                pdfium.FORM_ReplaceSelection(
                    environment, page.raw, ctypes.cast(ctypes.create_string_buffer(typed), pdfium.FPDF_WIDESTRING)
                )
                pdfium.FORM_ForceToKillFocus(environment)
            elif name == KEPT and name not in pressed:
                pressed.add(name)
                _click(environment, page, annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _name(environment: Any, annotation: Any) -> str:
    size = pdfium.FPDFAnnot_GetFormFieldName(environment, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetFormFieldName(
        environment, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _click(environment: Any, page: Any, annotation: Any) -> None:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    pdfium.FORM_OnMouseMove(environment, page.raw, 0, x, y)
    pdfium.FORM_OnLButtonDown(environment, page.raw, 0, x, y)
    pdfium.FORM_OnLButtonUp(environment, page.raw, 0, x, y)


def first_choice(form: bytes, name: str) -> str:
    with pikepdf.open(io.BytesIO(form)) as document:
        field = next(field for field in document.Root.AcroForm.Fields if name == field.T)
        return next(str(key).removeprefix("/") for key in field.Kids[0].AP.N.keys() if key != "/Off")  # noqa: SIM118


@pytest.mark.parametrize("fill_in", [with_pikepdf, with_pypdf], ids=["pikepdf", "pypdf"])
def test_what_is_filled_in_comes_back_whole(
    form: bytes, fill_in: Callable[[bytes, dict[str, str]], bytes], expected_log: ExpectedLog
) -> None:
    if fill_in is with_pypdf:  # it draws the words itself, in a font that has only Latin letters, and says so
        expected_log.expect("pypdf.generic._appearance_stream")
    words = "\n".join(IN_MANY_SCRIPTS.values())
    choice = first_choice(form, KEPT)
    read = read_form(fill_in(form, {MATTERS: words, KEPT: choice}))
    assert (read.code, read.form) == ("7K2M9Q", NUMBER)
    assert dict(read.answers) == {MATTERS: words, KEPT: choice}


@pytest.mark.filterwarnings("ignore")
def test_a_reader_that_types_and_clicks_fills_it_in(form: bytes) -> None:
    read = read_form(with_pdfium(form, {MATTERS: "Mae’r ardd; Ogród; 花园"}))
    answers = dict(read.answers)
    assert answers[MATTERS] == "Mae’r ardd; Ogród; 花园"
    assert answers[KEPT] == first_choice(form, KEPT)


def test_an_empty_form_has_no_answers(form: bytes) -> None:
    assert read_form(form).answers == ()


def test_equal_orders_make_equal_forms_and_every_field_says_what_it_is(form: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(form))
    fields = reader.get_fields()
    assert fields is not None
    assert len(fields) > 25
    for name, field in fields.items():
        assert field.get("/TU"), name
        assert name == FORM_FIELD or name.count("/") == 2
    said = fields[MATTERS]["/TU"]
    assert "What matters most to me" in said


def test_it_says_what_stands_now_and_names_nobody_outside_its_pages(form: bytes) -> None:
    assert "My own bed, and the garden." in " ".join("".join(text_of(form)).split())
    with pikepdf.open(io.BytesIO(form)) as document:
        hidden = next(field for field in document.Root.AcroForm.Fields if field.T == FORM_FIELD)
        assert str(hidden.V) == f"eolc-form-1 7K2M9Q {NUMBER}"
        assert "PATIENT" not in str(document.docinfo)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-16", exclude_categories=("Cc", "Cn", "Co")), max_size=300))
def test_any_words_come_back_as_they_were_written(form: bytes, words: str) -> None:
    read = dict(read_form(with_pikepdf(form, {MATTERS: words})).answers)
    assert read.get(MATTERS, "") == words.strip()


# What is refused


def changed(form: bytes, change: Callable[[Any], object], **how: Any) -> bytes:
    with pikepdf.open(io.BytesIO(form)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **how)
    return out.getvalue()


def _script(document: Any) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _script_on_a_field(document: Any) -> None:
    document.Root.AcroForm.Fields[1].AA = pikepdf.Dictionary(
        K=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
    )


def _launch_deep_inside(document: Any) -> None:
    document.pages[0].obj.Odd = pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Launch)])])


def _attachment(document: Any) -> None:
    document.attachments["x.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="x.exe")  # type: ignore[call-arg]


def _submit(document: Any) -> None:
    document.pages[0].obj.Annots[0].A = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=pikepdf.String("http://x"))


def _xfa(document: Any) -> None:
    document.Root.AcroForm.XFA = pikepdf.Array([])


def _no_form(document: Any) -> None:
    del document.Root.AcroForm
    for page in document.pages:
        del page.obj.Annots


def _another_number(document: Any) -> None:
    document.Root.AcroForm.Fields[0].V = pikepdf.String("somebody else's form")


def _twice(document: Any) -> None:
    document.Root.AcroForm.Fields.append(document.Root.AcroForm.Fields[1])


def _too_long(document: Any) -> None:
    field = next(field for field in document.Root.AcroForm.Fields if field.T == MATTERS)
    field.V = pikepdf.String("a" * (LONGEST_ANSWER + 1))


def _signature(document: Any) -> None:
    document.Root.AcroForm.Fields.append(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("sign")))


def _endless(document: Any) -> None:
    here: Any = pikepdf.Array()
    for _ in range(200):
        here = pikepdf.Array([here])
    document.Root.Deep = here


def _bomb(document: Any) -> None:
    packed = zlib.compress(b" " * (80 << 20), 9)
    stream = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
    field = next(field for field in document.Root.AcroForm.Fields if field.T == MATTERS)
    field.V = document.make_indirect(stream)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_script, "by itself"),
        (_script_on_a_field, "by itself"),
        (_launch_deep_inside, "by itself"),
        (_submit, "by itself"),
        (_attachment, "hidden inside"),
        (_xfa, "XFA"),
        (_no_form, "nothing in this file that was filled in"),
        (_another_number, "not made by this program"),
        (_twice, "one name"),
        (_too_long, "longer than 4,000 letters"),
        (_signature, "never asks"),
        (_endless, "damaged"),
        (_bomb, "damaged"),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_what_no_form_of_ours_holds_is_refused(form: bytes, change: Callable[[Any], object], words: str) -> None:
    with pytest.raises(FormRefused, match=words) as refused:
        read_form(changed(form, change))
    assert "Nothing was" in refused.value.safe


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_file_is_refused_in_words(form: bytes, password: str) -> None:
    locked = changed(form, lambda _document: None, encryption=pikepdf.Encryption(owner="owner", user=password))
    with pytest.raises(FormRefused, match=r"password|encrypted"):
        read_form(locked)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\xff" * 5000], ids=repr
)
def test_what_is_no_pdf_or_broken_is_refused(data: bytes) -> None:
    with pytest.raises(FormRefused):
        read_form(data)


def test_too_large_a_file_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fillable_reading, "MOST_BYTES", 100)
    with pytest.raises(FormRefused, match="larger"):
        read_form(b"%PDF-" + b" " * 200)


def test_cut_short_anywhere_it_is_read_or_refused_and_never_a_fault(form: bytes) -> None:
    filled = with_pikepdf(form, {MATTERS: "The garden"})
    for length in range(200, len(filled), len(filled) // 40):
        try:
            assert read_form(filled[:length])
        except FormRefused:
            continue


def test_a_changed_byte_anywhere_is_read_or_refused_and_never_a_fault(form: bytes) -> None:
    filled = bytearray(with_pikepdf(form, {MATTERS: "The garden"}))
    for place in range(20, len(filled), len(filled) // 60):
        kept, filled[place] = filled[place], (filled[place] + 97) % 256
        try:
            read_form(bytes(filled))
        except FormRefused:
            pass
        finally:
            filled[place] = kept
