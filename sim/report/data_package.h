// datapackage.json (Frictionless): every CSV file of a folder with its columns, their types, units and meaning.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace homeward {

// A CSV file of a folder and its first line.
struct PackagedTable {
  std::string file, header;
};

// Data Package and Table Schema, version 1 (specs.frictionlessdata.io). Files and columns the program does not know,
// such as the axes of a sweep, are described by their name alone.
std::string data_package_json(const std::string& name, const std::string& title,
                              const std::vector<PackagedTable>& tables);

}  // namespace homeward
