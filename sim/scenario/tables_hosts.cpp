// Countries of residence and what depends on them: host_groups, hosts, wages, home_premium, host_years.
#include <algorithm>
#include <cmath>
#include <set>

#include "scenario/number.h"
#include "scenario/series.h"
#include "scenario/table_reader.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

std::vector<std::string> group_codes(const Tables& tables) {
  std::vector<std::string> codes;
  for (const HostGroup& group : tables.groups) codes.push_back(group.code);
  return codes;
}

// Only the characters of a code, so that it can stand in YAML, CSV and a path without quotes.
bool is_code(const std::string& text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos &&
         !(text[0] >= '0' && text[0] <= '9');
}

bool is_iso(const std::string& text, std::size_t length) {
  return text.size() == length && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
}

void read_hosts(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "hosts", {"iso3", "iso2", "name", "group", "share"}, tables.files, source.faults);
  const std::vector<std::string> codes = group_codes(tables);
  std::set<std::string> iso2_seen;
  std::vector<double> sums(codes.size());
  std::vector<Place> first_places(codes.size());
  bool all_read = table.readable() && !codes.empty();
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    Host host;
    row.key({"iso3"});
    host.iso3 = row.required_text("iso3");
    host.iso2 = row.required_text("iso2");
    host.name = row.required_text("name");
    if (!is_iso(host.iso3, 3))
      row.fault("iso3", "'" + shown(host.iso3) + "' is not three capital letters", "",
                "Write the ISO 3166-1 alpha-3 code");
    if (!is_iso(host.iso2, 2))
      row.fault("iso2", "'" + shown(host.iso2) + "' is not two capital letters", "",
                "Write the ISO 3166-1 alpha-2 code");
    if (!iso2_seen.insert(host.iso2).second) row.fault("iso2", "'" + shown(host.iso2) + "' stands in two rows");
    if (!codes.empty()) host.group = static_cast<int>(row.word("group", codes, "host group"));
    host.share = row.number("share", 0, 1);
    all_read = all_read && !row.bad();
    if (row.bad() || codes.empty()) continue;
    const auto group = static_cast<std::size_t>(host.group);
    sums[group] += host.share;
    if (first_places[group].file.empty()) first_places[group] = row.place("share");
    tables.hosts.push_back(std::move(host));
  }
  if (!all_read) return;
  for (std::size_t g = 0; g < codes.size(); ++g) {
    if (first_places[g].file.empty()) {
      table.fault("no country belongs to the group '" + codes[g] + "'", "Its people would live nowhere",
                  "Add a row, or remove the group from host_groups");
    } else if (std::abs(sums[g] - 1) > 1e-6) {
      table.fault_at(first_places[g], "share",
                     "the shares of the group '" + codes[g] + "' sum to " + sum_text(sums[g]) + ", not to 1",
                     "They divide the people of the group among its countries", "");
    }
  }
}

}  // namespace

void read_host_groups(const TableSource& source, Tables& tables) {
  TableReader table(
      source.folder, "host_groups",
      {"group", "name", "stock_2004", "synthesis_factor", "dual_tolerance", "association_density", "visit_multiplier",
       "remittance_multiplier", "irregular_share", "attribute_profile", "mortality", "fertility"},
      tables.files, source.faults);
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    HostGroup group;
    row.key({"group"});
    group.code = row.required_text("group");
    if (!is_code(group.code))
      row.fault("group", "'" + shown(group.code) + "' is not a code", "",
                "Write it with small letters, digits and underscores");
    group.name = row.required_text("name");
    group.stock_2004 = row.number("stock_2004", 0, 1e9);
    group.synthesis_factor = row.number("synthesis_factor", 0, 100);
    group.dual_tolerance = row.number("dual_tolerance", 0, 1);
    group.association_density = row.number("association_density", 0, 100);
    group.visit_multiplier = row.number("visit_multiplier", 0, 100);
    group.remittance_multiplier = row.number("remittance_multiplier", 0, 100);
    group.irregular_share = row.number("irregular_share", 0, 1);
    group.attribute_profile = row.text("attribute_profile");
    group.mortality = row.required_text("mortality");
    group.fertility = row.required_text("fertility");
    group.arrivals_multiplier.fill(1);
    if (!row.bad()) tables.groups.push_back(std::move(group));
  }
  read_hosts(source, tables);
}

void read_wages(const TableSource& source, Tables& tables) {
  TableReader wages(source.folder, "wages", {"group", "education", "year", "ln_wage"}, tables.files, source.faults);
  const std::vector<std::string> codes = group_codes(tables);
  std::vector<std::array<YearValues, 4>> given(codes.size());
  bool all_read = wages.readable() && !codes.empty();
  for (std::size_t i = 0; i < wages.row_count() && !codes.empty(); ++i) {
    TableRow row = wages.row(i);
    row.key({"group", "education", "year"});
    const std::size_t group = row.word("group", codes, "host group");
    const std::size_t education = row.word("education", education_names, "education");
    const int year = row.year("year");
    const double ln_wage = row.number("ln_wage", -20, 20);
    all_read = all_read && !row.bad();
    if (!row.bad()) given[group][education][year] = ln_wage;
  }
  for (std::size_t g = 0; g < codes.size() && all_read; ++g) {
    for (std::size_t e = 0; e < 4; ++e) {
      if (given[g][e].empty()) {
        wages.fault("no wage for " + codes[g] + ", " + std::string(education_names[e]),
                    "Every group needs one for each education", "Add a row for at least one year");
      } else {
        tables.groups[g].ln_wage[e] = linear_held(given[g][e]);
      }
    }
  }

  TableReader premium(source.folder, "home_premium", {"education", "ln_premium"}, tables.files, source.faults);
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < premium.row_count(); ++i) {
    TableRow row = premium.row(i);
    row.key({"education"});
    const std::size_t education = row.word("education", education_names, "education");
    const double ln_premium = row.number("ln_premium", -20, 20);
    if (row.bad()) continue;
    tables.home_premium[education] = ln_premium;
    seen.insert(education);
  }
  if (premium.readable() && premium.row_count() > 0 && seen.size() < 4) {
    premium.fault("a row is missing", "Every education needs one: primary, secondary, tertiary, advanced", "");
  }
}

void read_host_years(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "host_years", {"group", "year", "contract_home_offset", "hostility", "job_loss"},
                    tables.files, source.faults);
  const std::vector<std::string> codes = group_codes(tables);
  std::vector<std::array<YearValues, 3>> given(codes.size());
  for (std::size_t i = 0; i < table.row_count() && !codes.empty(); ++i) {
    TableRow row = table.row(i);
    row.key({"group", "year"});
    const std::size_t group = row.word("group", codes, "host group");
    const int year = row.year("year");
    const double offset = row.number("contract_home_offset", -10, 10);
    const double hostility = row.number("hostility", 0, 1);
    const double job_loss = row.number("job_loss", 0, 1);
    if (row.bad()) continue;
    given[group][0][year] = offset;
    given[group][1][year] = hostility;
    given[group][2][year] = job_loss;
  }
  for (std::size_t g = 0; g < codes.size(); ++g) {
    tables.groups[g].contract_home_offset = steps(given[g][0]);
    tables.groups[g].hostility = steps(given[g][1]);
    tables.groups[g].job_loss = steps(given[g][2]);
  }
}

}  // namespace homeward
