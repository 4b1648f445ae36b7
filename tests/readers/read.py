"""Prints what PDFium, MuPDF and poppler read back from PDFs.

Input: paths, one to a line. Output: one line of JSON for each file, with the
text of each page by reader.
"""

import json
import subprocess
import sys

import pymupdf
import pypdfium2


def pdfium(path):
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded() for page in document]


def mupdf(path):
    with pymupdf.open(path) as document:
        return [page.get_text() for page in document]


def poppler(path):
    # Without -raw poppler guesses at columns and mixes the lines of two
    # languages; with it the text comes in the order of the page.
    output = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return output.stdout.decode().split("\f")[:-1]


for path in sys.stdin.read().splitlines():
    pages = {"poppler": poppler(path), "pdfium": pdfium(path), "mupdf": mupdf(path)}
    print(json.dumps({"path": path, "pages": pages}, ensure_ascii=False))
