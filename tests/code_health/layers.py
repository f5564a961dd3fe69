"""Includes and the link graph go one way through the layers of sim/, and each package has one door."""
import re

import _health as health

# layer -> the layers it may use directly; what those may use it may use too. Keep in step with sim/README.md.
ALLOWED = {
    "base": [],
    "parallel": ["base"],
    "random": ["base"],
    "scenario": ["base"],
    "policy": ["scenario"],
    "population": ["parallel", "random", "scenario"],
    "behaviour": ["policy", "population", "random"],
    "engine": ["behaviour", "parallel"],
    "observation": ["engine"],
    "analysis": ["observation", "engine"],
    "report": ["analysis", "observation"],
    "api": ["report", "analysis"],
}

# Headers of a package -> the folders of sim/ that may include them.
DOORS = [
    (r"yaml-cpp/", ["scenario"]),
    (r"(oneapi/)?tbb[/.]", ["parallel"]),
    (r"Random123/", ["random"]),
    (r"hwy/", ["random", "population", "engine", "observation"]),
    (r"boost/random", ["random", "population"]),
    (r"boost/", ["random", "population"]),
    (r"Eigen/", ["population", "observation"]),
    (r"hdf5", ["report"]),
    (r"nlohmann/", ["report", "api", "cli"]),
    (r"CLI/", ["cli"]),
    (r"doctest/|benchmark/", []),
]
# What a layer may link beside other layers.
LINKS = {
    "parallel": ["TBB::tbb"],
    "random": ["homeward_random123", "Boost::headers", "homeward_highway"],
    "scenario": ["${HOMEWARD_YAML}"],
    "engine": ["homeward_highway"],
    "population": ["Eigen3::Eigen"],
    "observation": ["Eigen3::Eigen"],
    "report": ["nlohmann_json::nlohmann_json", "homeward_hdf5"],
    "api": ["nlohmann_json::nlohmann_json"],
}


def closure(layer):
    reached = {layer}
    for below in ALLOWED[layer]:
        reached |= closure(below)
    return reached


REACH = {layer: closure(layer) for layer in ALLOWED}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def check_doors(path, line, folder, header):
    for pattern, folders in DOORS:
        if re.match(pattern, header):
            if folder not in folders:
                where = " or ".join(f"sim/{one}" for one in folders) or "tests/ and bench/"
                health.breach(path, line, f"<{header}> belongs in {where} only.",
                              "Put what you need behind a header there and include that.")
            return


def check_layer(path, line, folder, header):
    below = header.split("/")[0]
    if "/" not in header or below not in ALLOWED:
        health.breach(path, line, f'"{header}" names no layer.', 'Include it as "layer/file.h".')
    elif below not in REACH[folder]:
        allowed = ", ".join(sorted(REACH[folder] - {folder})) or "no other layer"
        health.breach(path, line, f"sim/{folder} includes {header}: it may use {allowed}.",
                      f"Move what is shared down to a layer that both may use, or hand it to sim/{folder} as a value.")


def check_command(path, line, header):
    promise = (health.root / "include" / header).is_file() and header.startswith("homeward/")
    own = (health.root / "sim/cli" / header).is_file() or header.startswith("cli/")
    if not promise and not own:
        health.breach(path, line, f'the command includes "{header}".',
                      "It sees include/homeward only: add what it needs to that promise.")


def check_promise(path, line, quote, header):
    if quote == '"' and not header.startswith("homeward/") or quote == "<" and ("/" in header or "." in header):
        health.breach(path, line, f"the public header includes {header}.",
                      "include/homeward holds types of the standard library only.")


def check_link_graph():
    cmake = health.root / "sim/CMakeLists.txt"
    seen = 0
    for number, line in enumerate(cmake.read_text().splitlines(), 1):
        match = re.match(r"homeward_layer\((\w+)(?:\s+LAYERS\s+([\w ]+?))?(?:\s+LINK\s+(.*?))?\)\s*$", line)
        if not match:
            if line.startswith("homeward_layer("):
                health.breach(cmake, number, "this line cannot be read.",
                              "Write homeward_layer(name LAYERS ... LINK ...) on one line.")
            continue
        layer, layers, links = match[1], (match[2] or "").split(), (match[3] or "").split()
        seen += 1
        if layer not in ALLOWED:
            health.breach(cmake, number, f"{layer} is a layer without rules.",
                          "Add it to ALLOWED in tests/code_health/layers.py and to sim/README.md.")
            continue
        for below in layers:
            if below not in REACH[layer] - {layer}:
                health.breach(cmake, number, f"{layer} links {below}.",
                              "Remove it: the link graph allows no more than the includes.")
        for link in links:
            if link not in LINKS.get(layer, []):
                health.breach(cmake, number, f"{layer} links {link}.",
                              "A package has one door: see LINKS in tests/code_health/layers.py.")
    if seen != len(ALLOWED):
        health.breach(cmake, 0, f"{seen} layers declared, {len(ALLOWED)} expected.",
                      "Declare each folder of sim/ with homeward_layer().")
    return seen


def main():
    sources = health.files("sim", "include", suffixes={".h", ".cpp"})
    for path in sources:
        parts = path.relative_to(health.root).parts
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if parts[1] != "parallel" and re.search(r"\btbb::", line):
                health.breach(path, number, "TBB is named outside sim/parallel.", "Use parallel/blocks.h.")
            match = INCLUDE.match(line)
            if not match:
                continue
            quote, header = match[1], match[2]
            if parts[0] == "include":
                check_promise(path, number, quote, header)
                continue
            check_doors(path, number, parts[1], header)
            if quote == "<":
                continue
            if parts[1] == "cli":
                check_command(path, number, header)
            elif parts[1] == "api" and header.startswith("homeward/"):
                continue
            elif parts[1] in ALLOWED:
                check_layer(path, number, parts[1], header)
            else:
                health.breach(path, number, f"sim/{parts[1]} is no layer.", "See sim/README.md for the layers.")
    health.finish(len(sources) + check_link_graph())


main()
