#include "scenario/tables.h"

#include <stdexcept>

namespace homeward {
namespace {

const AttributeShare* find_share(const Tables& tables, const std::string& attribute, const std::string& profile,
                                 const std::string& category) {
  const AttributeShare* general = nullptr;
  for (const AttributeShare& row : tables.attributes) {
    if (row.attribute != attribute || row.category != category) continue;
    if (row.profile == profile) return &row;
    if (row.profile == "all") general = &row;
  }
  return general;
}

}  // namespace

int Tables::group_index(const std::string& code) const {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].code == code) return static_cast<int>(i);
  }
  return -1;
}

int Tables::host_index(const std::string& iso3) const {
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    if (hosts[i].iso3 == iso3) return static_cast<int>(i);
  }
  return -1;
}

double Tables::share(const std::string& attribute, const std::string& profile, const std::string& category) const {
  const AttributeShare* row = find_share(*this, attribute, profile, category);
  if (row == nullptr) throw std::out_of_range("no share of " + attribute + " " + category + " for " + profile);
  return row->share;
}

bool Tables::has_share(const std::string& attribute, const std::string& profile, const std::string& category) const {
  return find_share(*this, attribute, profile, category) != nullptr;
}

}  // namespace homeward
