"""Says what a JSON schema finds in YAML files, as an editor would show it.

Input: the path of the schema, then paths of YAML files, one to a line. Output:
one line of JSON for each file, with what was found; null for a file that is not
YAML at all.
"""

import json
import sys

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    """YAML 1.2: dates, times, `no` and `0123` stay text."""


Core.yaml_implicit_resolvers = {}
for kind, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[1-9][0-9]*$|^0$", list("-+0123456789")),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", __import__("re").compile(pattern), first)

lines = sys.stdin.read().splitlines()
with open(lines[0], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in lines[1:]:
    try:
        with open(path, encoding="utf-8") as file:
            value = yaml.load(file, Loader=Core)
        found = sorted(error.json_path for error in validator.iter_errors(value))
    except yaml.YAMLError:
        found = None
    print(json.dumps({"path": path, "found": found}, ensure_ascii=False))
