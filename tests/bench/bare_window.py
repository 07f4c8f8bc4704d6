"""The least PySide6 window that could ask for a passphrase: start and memory are measured against it."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


def main() -> int:
    """Open a window with one label, field and button."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    column = QVBoxLayout(window)
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    for widget in (QLabel("Passphrase"), field, QPushButton("Unlock")):
        column.addWidget(widget)
    window.resize(1280, 700)  # as large as the program’s: pixels are not what is compared
    window.show()
    field.setFocus()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
