// datapackage.json (Frictionless): every CSV file of a folder with its columns, their types, units and meaning.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// A column that the program does not know by name, such as an axis of a sweep.
struct OwnColumn {
  std::string name, type, text;  // type: number or string
};

// A CSV file of a folder and its first line.
struct PackagedTable {
  std::string file, header;
  std::vector<OwnColumn> own = {};
};

// Data Package and Table Schema, version 1 (specs.frictionlessdata.io). Files and columns that nobody knows are described
// by their name alone.
std::string data_package_json(const std::string& name, const std::string& title,
                              const std::vector<PackagedTable>& tables);

}  // namespace homeward
