// Who is abroad at the start of 2004, who arrives and what they are like: stocks, inflows, destinations, attributes,
// ages, arrival_years, provinces.
#include <algorithm>
#include <cmath>
#include <set>

#include "scenario/number.h"
#include "scenario/series.h"
#include "scenario/table_reader.h"
#include "scenario/table_sets.h"

namespace homeward {
namespace {

constexpr double sum_tolerance = 1e-6;

std::vector<std::string> words(std::initializer_list<std::string_view> list) { return {list.begin(), list.end()}; }

// What `attributes` may describe. The shares of an attribute that `divides` a profile sum to 1.
struct Attribute {
  std::string name;
  std::vector<std::string> categories;
  bool divides;
};

const std::vector<Attribute>& known_attributes() {
  const auto all = [](const auto& names) { return std::vector<std::string>(names.begin(), names.end()); };
  static const std::vector<Attribute> rows{
      {"female", words({"female"}), false},
      {"education", all(education_names), true},
      {"science", all(education_names), false},
      {"sector_science", all(sector_names), true},
      {"sector_other", all(sector_names), true},
      {"parent", words({"home"}), false},
      {"partner", words({"none", "host_born", "co_national", "at_home"}), true},
      {"child", words({"child"}), false},
      {"naturalised", words({"naturalised", "naturalised_after_8", "naturalised_after_6"}), false},
      {"language", words({"0", "1", "2", "3"}), true},
      {"eldest", words({"eldest"}), false},
  };
  return rows;
}

// Classes, generation 1.5, the rest of generation 1, sexes, everyone, and the profiles that host groups name.
std::vector<std::string> known_profiles(const Tables& tables) {
  std::vector<std::string> names(migrant_class_names.begin(), migrant_class_names.end());
  for (const std::string_view name : {"g15", "other_g1", "all", "female", "male"}) names.emplace_back(name);
  for (const HostGroup& group : tables.groups) {
    if (!group.attribute_profile.empty()) names.push_back(group.attribute_profile);
  }
  return names;
}

void check_sums(TableReader& table, const std::map<std::pair<std::string, std::string>, std::pair<double, Place>>& sums,
                const std::string& remedy) {
  for (const auto& [key, sum] : sums) {
    if (std::abs(sum.first - 1) <= sum_tolerance) continue;
    table.fault_at(sum.second, "share",
                   "the shares of " + key.first + ", " + key.second + " sum to " + sum_text(sum.first) + ", not to 1",
                   "They divide a whole", remedy);
  }
}

}  // namespace

void read_stocks(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "stocks", {"group", "class", "generation", "age_group", "persons"}, tables.files,
                    source.faults);
  std::vector<std::string> codes;
  for (const HostGroup& group : tables.groups) codes.push_back(group.code);
  if (codes.empty()) return;
  std::vector<double> sums(codes.size());
  bool all_read = table.readable();
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"group", "class", "generation", "age_group"});
    StockCell cell;
    cell.group = static_cast<int>(row.word("group", codes, "host group"));
    cell.migrant_class = static_cast<MigrantClass>(row.word("class", migrant_class_names, "class"));
    cell.generation = static_cast<Generation>(row.word("generation", generation_names, "generation"));
    cell.age_group = static_cast<int>(row.word("age_group", age_group_names, "age group"));
    cell.persons = row.number("persons", 0, 1e9);
    const bool born_there = cell.generation == Generation::g2 || cell.generation == Generation::g3;
    if (!row.bad() && born_there != (cell.migrant_class == MigrantClass::host_born)) {
      row.fault("generation", "the class and the generation contradict each other",
                "Those born abroad, and only they, are of generation 2 or 3", "");
    }
    all_read = all_read && !row.bad();
    if (row.bad()) continue;
    sums[static_cast<std::size_t>(cell.group)] += cell.persons;
    tables.stocks.push_back(cell);
  }
  for (std::size_t g = 0; g < codes.size() && all_read; ++g) {
    const double stated = tables.groups[g].stock_2004;
    if (std::abs(sums[g] - stated) > 0.005 * stated + 1) {
      table.fault("the persons of '" + codes[g] + "' sum to " + sum_text(sums[g]),
                  "host_groups says stock_2004 is " + number_text(stated), "Make the two agree within half a per cent");
    }
  }
}

void read_arrivals(const TableSource& source, Tables& tables) {
  std::array<YearValues, 7> inflows;
  TableReader flows(source.folder, "inflows", {"class", "year", "persons"}, tables.files, source.faults);
  bool all_read = flows.readable();
  for (std::size_t i = 0; i < flows.row_count(); ++i) {
    TableRow row = flows.row(i);
    row.key({"class", "year"});
    const std::size_t migrant_class = row.word("class", migrant_class_names, "class");
    const int year = row.year("year");
    const double persons = row.number("persons", 0, 1e8);
    if (!row.bad() && static_cast<MigrantClass>(migrant_class) == MigrantClass::host_born) {
      row.fault("class", "the host-born do not arrive", "They are born to those abroad", "Remove the row");
    }
    all_read = all_read && !row.bad();
    if (!row.bad()) inflows[migrant_class][year] = persons;
  }

  // [class][year][group]
  std::array<std::map<int, std::vector<double>>, 7> shares;
  TableReader places(source.folder, "destinations", {"class", "year", "group", "share"}, tables.files, source.faults);
  std::vector<std::string> codes;
  for (const HostGroup& group : tables.groups) codes.push_back(group.code);
  all_read = all_read && places.readable() && !codes.empty();
  std::map<std::pair<std::string, std::string>, std::pair<double, Place>> sums;
  for (std::size_t i = 0; i < places.row_count() && !codes.empty(); ++i) {
    TableRow row = places.row(i);
    row.key({"class", "year", "group"});
    const std::size_t migrant_class = row.word("class", migrant_class_names, "class");
    const int year = row.year("year");
    const std::size_t group = row.word("group", codes, "host group");
    const double share = row.number("share", 0, 1);
    all_read = all_read && !row.bad();
    if (row.bad()) continue;
    std::vector<double>& of_year = shares[migrant_class][year];
    of_year.resize(codes.size());
    of_year[group] = share;
    auto& sum = sums[{row.text("class"), row.text("year")}];
    sum.first += share;
    if (sum.second.file.empty()) sum.second = row.place("share");
  }
  if (!all_read) return;
  check_sums(places, sums, "");
  for (std::size_t k = 0; k < inflows.size(); ++k) {
    tables.arrivals[k].assign(codes.size(), YearSeries{});
    const std::string name(migrant_class_names[k]);
    if (inflows[k].empty() != shares[k].empty()) {
      TableReader& lacking = inflows[k].empty() ? flows : places;
      lacking.fault("no row for the class '" + name + "'",
                    std::string(inflows[k].empty() ? "destinations" : "inflows") + " has it",
                    "Add its rows, or remove it there");
    }
    if (inflows[k].empty() || shares[k].empty()) continue;
    const YearSeries persons = linear_held(inflows[k]);
    for (std::size_t g = 0; g < codes.size(); ++g) {
      YearValues given;
      for (const auto& [year, of_year] : shares[k]) given[year] = of_year[g];
      const YearSeries share = linear_held(given);
      for (std::size_t t = 0; t < persons.size(); ++t) tables.arrivals[k][g][t] = persons[t] * share[t];
    }
  }
}

void read_attributes(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "attributes", {"attribute", "profile", "category", "share"}, tables.files,
                    source.faults);
  std::vector<std::string> names;
  for (const Attribute& attribute : known_attributes()) names.push_back(attribute.name);
  const std::vector<std::string> profiles = known_profiles(tables);
  std::set<std::string> attributes_seen, profiles_seen;
  std::map<std::pair<std::string, std::string>, std::pair<double, Place>> sums;
  bool all_read = table.readable();
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"attribute", "profile", "category"});
    const Attribute& attribute = known_attributes()[row.word("attribute", names, "attribute")];
    if (!tables.groups.empty()) row.word("profile", profiles, "profile");
    if (!row.bad()) row.word("category", attribute.categories, "category of " + attribute.name);
    AttributeShare share{row.text("attribute"), row.text("profile"), row.text("category"), row.number("share", 0, 1)};
    all_read = all_read && !row.bad();
    if (row.bad()) continue;
    attributes_seen.insert(share.attribute);
    profiles_seen.insert(share.profile);
    if (attribute.divides) {
      auto& sum = sums[{share.attribute, share.profile}];
      sum.first += share.share;
      if (sum.second.file.empty()) sum.second = row.place("share");
    }
    tables.attributes.push_back(std::move(share));
  }
  if (!all_read) return;
  check_sums(table, sums, "A category without a row has share 0");
  for (const std::string& name : names) {
    if (attributes_seen.count(name) == 0)
      table.fault("no row for the attribute '" + name + "'", "Everyone is drawn one", "Add its rows");
  }
  for (const HostGroup& group : tables.groups) {
    if (group.attribute_profile.empty() || profiles_seen.count(group.attribute_profile) != 0) continue;
    table.fault("no row for the profile '" + shown(group.attribute_profile) + "'",
                "host_groups names it for '" + group.code + "'", "");
  }
}

void read_age_laws(const TableSource& source, Tables& tables) {
  std::vector<std::string> profiles(migrant_class_names.begin(), migrant_class_names.end());
  profiles.emplace_back("g15");
  TableReader ages(source.folder, "ages", {"event", "profile", "base", "span", "power"}, tables.files, source.faults);
  bool all_read = ages.readable();
  for (std::size_t i = 0; i < ages.row_count(); ++i) {
    TableRow row = ages.row(i);
    row.key({"event", "profile"});
    const std::size_t event = row.word("event", words({"stock", "arrival"}), "event");
    row.word("profile", profiles, "profile");
    const PowerLaw law{row.number("base", 0, 120), row.number("span", 0, 120), row.number("power", 0.01, 100)};
    if (!row.bad() && law.base + law.span > 120)
      row.fault("span", "ages up to " + number_text(law.base + law.span), "Nobody is older than 120");
    all_read = all_read && !row.bad();
    if (!row.bad()) (event == 0 ? tables.ages_2004 : tables.ages_at_arrival)[row.text("profile")] = law;
  }
  for (std::size_t k = 0; k < tables.arrivals.size() && all_read; ++k) {
    const std::string name(migrant_class_names[k]);
    const auto arrives = [](const YearSeries& series) {
      return std::any_of(series.begin(), series.end(), [](double persons) { return persons > 0; });
    };
    const bool any = std::any_of(tables.arrivals[k].begin(), tables.arrivals[k].end(), arrives);
    if (any && tables.ages_at_arrival.count(name) == 0)
      ages.fault("no row for event arrival, profile " + name, "inflows has arrivals of this class", "Add the row");
  }

  TableReader years(source.folder, "arrival_years", {"profile", "base", "span", "power", "min_age"}, tables.files,
                    source.faults);
  all_read = years.readable();
  for (std::size_t i = 0; i < years.row_count(); ++i) {
    TableRow row = years.row(i);
    row.key({"profile"});
    row.word("profile", profiles, "profile");
    // A year, or for those who came as children the years since birth.
    const PowerLaw law{row.number("base", 0, 2100), row.number("span", -200, 200), row.number("power", 0.01, 100),
                       row.number("min_age", 0, 120)};
    all_read = all_read && !row.bad();
    if (!row.bad()) tables.arrival_years[row.text("profile")] = law;
  }
  std::set<std::string> needed;
  for (const StockCell& cell : tables.stocks) {
    if (cell.migrant_class == MigrantClass::host_born) continue;
    needed.insert(cell.generation == Generation::g15 ? "g15"
                                                     : std::string(migrant_class_names[code(cell.migrant_class)]));
  }
  for (const std::string& profile : needed) {
    if (all_read && tables.arrival_years.count(profile) == 0)
      years.fault("no row for the profile '" + profile + "'", "stocks has people of it", "Add the row");
  }
}

void read_provinces(const TableSource& source, Tables& tables) {
  TableReader table(source.folder, "provinces", {"code", "name", "share", "role"}, tables.files, source.faults);
  double sum = 0;
  bool all_read = table.readable() && table.row_count() > 0;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    TableRow row = table.row(i);
    row.key({"code"});
    Province province{row.required_text("code"), row.required_text("name"), row.number("share", 0, 1),
                      row.text("role")};
    if (!province.role.empty()) row.word("role", words({"capital_south", "capital_north"}), "role");
    if (tables.provinces.size() == 64)
      row.fault("code", "more than 64 provinces", "A person's province is stored in six bits", "");
    all_read = all_read && !row.bad();
    sum += province.share;
    if (!row.bad()) tables.provinces.push_back(std::move(province));
  }
  if (!all_read) return;
  if (std::abs(sum - 1) > sum_tolerance)
    table.fault("the shares sum to " + sum_text(sum) + ", not to 1", "They divide the origins of everyone", "");
  for (const std::string role : {"capital_south", "capital_north"}) {
    const auto holds = [&](const Province& province) { return province.role == role; };
    if (std::count_if(tables.provinces.begin(), tables.provinces.end(), holds) != 1)
      table.fault("not exactly one province has the role " + role, "Returnees move to it", "");
  }
}

}  // namespace homeward
