"""A second start raises the window of the first: a local socket that this account alone may use."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from referral_app.paths import Paths

PATIENCE = 1000
"""Milliseconds in which the first window answers; it takes about one."""
PAUSE = 0.2
"""Seconds between two tries."""
RAISED = "The referral desk is already open on this computer; its window was brought to the front."


def name(paths: Paths) -> str:
    """Return what the socket of a data folder is called; the name tells nothing of the folder."""
    mark = hashlib.sha256(os.fsencode(paths.data_dir.resolve())).hexdigest()[:24]
    private = os.environ.get("XDG_RUNTIME_DIR", "")
    return (
        str(Path(private) / f"referral-app-{mark}")
        if Path(private).is_dir() and private
        else f"referral-app-{mark}"
    )


def raise_first(paths: Paths, tries: int = 1) -> bool:
    """Ask the window that has this folder to come to the front; tell whether there was one.

    A window that stands but does not listen yet is asked again, a fifth of a second later.
    """
    for left in reversed(range(tries)):
        if _asked(paths):
            return True
        if left:
            time.sleep(PAUSE)
    return False


def _asked(paths: Paths) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name(paths))
    if not socket.waitForConnected(PATIENCE):
        return False
    answered = socket.waitForReadyRead(PATIENCE)
    socket.disconnectFromServer()
    return answered


class FirstWindow(QObject):
    """Listens for later starts and calls `come` for each; what a killed process left behind is put away."""

    def __init__(self, paths: Paths, come: Callable[[], object], parent: QObject) -> None:
        """Begin to listen; a socket that cannot be made costs nothing but the convenience."""
        super().__init__(parent)
        self._come = come
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)
        if not self._server.listen(name(paths)):
            QLocalServer.removeServer(name(paths))
            self._server.listen(name(paths))

    def _asked(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.write(b"!")
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        socket.disconnectFromServer()
        self._come()

    def stop(self) -> None:
        """Listen no more."""
        self._server.close()
