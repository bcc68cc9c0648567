"""A page asks for a module and all that it imports at once."""

import re
from pathlib import Path

from flask.testing import FlaskClient

from mapapp.web.modules import imports
from mapapp.web.static_files import FOLDER


def test_imports_are_followed_once_each_in_circles_too(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        'import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\nfetch("./no.js");\n'
    )
    (tmp_path / "b.js").write_text('import "./c.js";\nexport { a } from "./a.js";\n')
    (tmp_path / "c.js").write_text("// import { x } from './x.js'\nexport const c = 1;\n")
    assert imports(tmp_path, "a.js") == ("b.js", "c.js")


def test_every_import_of_our_modules_is_found() -> None:
    for path in (FOLDER / "js").glob("*.js"):
        named = set(re.findall(r'from "\./([\w.]+)"', path.read_text(encoding="utf-8")))
        assert named <= set(imports(path.parent, path.name)), path.name


def test_the_map_preloads_what_its_script_imports(client: FlaskClient) -> None:
    page = client.get("/map").get_data(as_text=True)
    preloaded = re.findall(r'<link rel="modulepreload" nonce="[\w-]+" href="([^"]+)">', page)
    assert [address.rpartition("/")[2] for address in preloaded] == list(
        imports(FOLDER / "js", "map.js")
    )
    assert all(client.get(address).status_code == 200 for address in preloaded)
