"""files.py - lists as files, as a test reads them: docs/http.md §5

Owns:    taking a file apart. openpyxl is not ours (python3-openpyxl).
Out:     table() of CSV, sheet() of XLSX, name_of() what it is to be saved as.
"""

import csv
import io
import urllib.parse

import openpyxl


def table(answer):
    """Rows of a CSV file, the byte order mark taken off."""
    text = answer.body.decode("utf-8")
    assert text[0] == "\ufeff" and text.endswith("\r\n"), text[:20]
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def sheet(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def name_of(answer):
    extended = answer.headers["content-disposition"].split("filename*=UTF-8''")[1]
    return urllib.parse.unquote(extended)
