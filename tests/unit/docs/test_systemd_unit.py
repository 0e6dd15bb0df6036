"""The unit in the manual lets the portal have the connections that it is made for."""

import configparser
import re
from pathlib import Path

from portal.web.connections import MOST_CONNECTIONS

PAGE = Path(__file__).parents[3] / "docs" / "deploy" / "one-machine.md"


def test_the_unit_lets_the_portal_open_enough_files() -> None:
    """Systemd's own limit is 1,024 files at first, which a thousand silent connections use up."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"# /etc/systemd/system/support-analytics\.service\n(.*?)\n```", text, re.DOTALL)
    assert found is not None
    unit = configparser.ConfigParser(strict=False)
    unit.read_string(found[1])
    assert unit.getint("Service", "LimitNOFILE") >= 4 * MOST_CONNECTIONS
    assert unit["Service"]["StateDirectoryMode"] == "0700"
