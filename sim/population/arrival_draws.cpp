// The attributes of people who join during the run: arrivals and newborns.
#include <string>

#include "base/fault.h"
#include "population/attributes.h"
#include "population/power_law.h"
#include "population/synthesis.h"

namespace homeward {
namespace {

constexpr std::size_t age_steps = 4096;
// Members of a family who arrive younger than this grow up abroad: generation 1.5 (docs/theory, initial draws).
constexpr int grown_age = 12;

bool arrives(const Tables& tables, std::size_t class_code) {
  for (const YearSeries& series : tables.arrivals[class_code]) {
    for (const double persons : series) {
      if (persons > 0) return true;
    }
  }
  return false;
}

}  // namespace

ArrivalDraws::ArrivalDraws(const Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario),
      stream_(seed, Purpose::synthesis),
      attributes_(std::make_unique<const Attributes>(scenario, seed)) {
  for (std::size_t c = 0; c < ages_.size(); ++c) {
    const std::string name(migrant_class_names[c]);
    const auto& laws = scenario.tables.ages_at_arrival;
    const auto found = laws.count(name) != 0 ? laws.find(name) : laws.find("all");
    if (found != laws.end()) {
      ages_[c] = power_law_steps(found->second, age_steps);
    } else if (arrives(scenario.tables, c)) {
      throw RunError("table ages: no row for event 'arrival' and profile '" + name + "', though people of it arrive");
    }
  }
}

ArrivalDraws::~ArrivalDraws() = default;

void ArrivalDraws::draw(Columns& columns, std::uint32_t slot, int host, int year, double true_pay_index,
                        double true_redtape_index) const {
  const std::uint32_t class_code = traits::ClassField::get(columns.traits[slot]);
  // Draws 0 to 2 of the stream are those of the attributes.
  const Words words = stream_.words(columns.key[slot], 0, 3);
  const std::vector<std::uint8_t>& ages = ages_[class_code];
  const int age = ages.empty() ? 0 : ages[words[0] >> 20];

  Newcomer newcomer;
  newcomer.migrant_class = static_cast<MigrantClass>(class_code);
  newcomer.generation = newcomer.migrant_class == MigrantClass::family && age < grown_age ? Generation::g15
                                                                                         : Generation::g1;
  newcomer.year = year;
  newcomer.birth = year - age;
  newcomer.arrival = year;
  // They come from home and know it: no lag of beliefs yet.
  newcomer.pay_belief = true_pay_index;
  newcomer.redtape_mean = true_redtape_index;
  attributes_->fill(columns, slot, scenario_.tables.hosts[static_cast<std::size_t>(host)].group, newcomer);
}

void ArrivalDraws::draw_newborn(Columns& columns, std::uint32_t slot, std::uint32_t mother, int host,
                                int year) const {
  columns.key[slot] = child_key(columns.key[mother], year);
  columns.community[slot] = columns.community[mother];
  columns.link[slot] = mother;
  attributes_->fill_child(columns, slot, mother, scenario_.tables.hosts[static_cast<std::size_t>(host)].group, year);
}

std::uint16_t ArrivalDraws::initial_trust(std::uint64_t key, std::uint16_t traits) const {
  return attributes_->trust_start()(key, traits);
}

}  // namespace homeward
