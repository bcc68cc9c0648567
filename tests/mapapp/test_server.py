"""The server says what is missing before it starts."""

from dataclasses import replace
from pathlib import Path

import pytest

from mapapp import server
from mapapp.config import Settings
from mapapp.server import ServeError


def test_without_accounts_only_this_machine_is_served(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match=r"127\.0\.0\.1"):
        server.serve(replace(Settings(instance=tmp_path), host="0.0.0.0"), print)


def test_a_tree_that_was_not_set_up_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ROOT", tmp_path)
    with pytest.raises(ServeError, match="make setup"):
        server.serve(Settings(instance=tmp_path), print)
