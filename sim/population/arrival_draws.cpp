// The attributes of people who join during the run: arrivals and newborns.
#include <algorithm>
#include <array>
#include <string>

#include "base/fault.h"
#include "population/attributes.h"
#include "population/power_law.h"
#include "population/synthesis.h"
#include "random/batch.h"

namespace homeward {
namespace {

constexpr std::size_t age_steps = 4096;
constexpr std::uint32_t age_draw = 3;  // of the stream of synthesis; 0 to 2 are those of the attributes
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

Newcomer ArrivalDraws::newcomer(std::uint32_t class_code, std::uint32_t age_word, int year, double true_pay_index,
                                double true_redtape_index) const {
  const std::vector<std::uint8_t>& ages = ages_[class_code];
  const int age = ages.empty() ? 0 : ages[age_word >> 20];
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
  return newcomer;
}

void ArrivalDraws::draw(Columns& columns, std::uint32_t slot, int host, int year, double true_pay_index,
                        double true_redtape_index) const {
  const Words words = stream_.words(columns.key[slot], 0, age_draw);
  attributes_->fill(columns, slot, scenario_.tables.hosts[static_cast<std::size_t>(host)].group,
                    newcomer(traits::ClassField::get(columns.traits[slot]), words[0], year, true_pay_index,
                             true_redtape_index));
}

void ArrivalDraws::draw_many(Columns& columns, std::uint32_t first, std::uint32_t count, int host, int year,
                             double true_pay_index, double true_redtape_index) const {
  const int group = scenario_.tables.hosts[static_cast<std::size_t>(host)].group;
  const Stream& trust = attributes_->trust_start().stream();
  constexpr std::uint32_t at_once = 128;
  std::array<std::array<std::uint64_t, at_once>, 5> low, high;
  for (std::uint32_t done = 0; done < count; done += at_once) {
    const std::uint32_t some = std::min(at_once, count - done);
    const std::uint64_t* keys = columns.key + first + done;
    for (std::uint32_t draw = 0; draw <= age_draw; ++draw) {
      fill_words(stream_, keys, some, 0, draw, low[draw].data(), high[draw].data());
    }
    fill_words(trust, keys, some, 0, 1, low[4].data(), high[4].data());
    for (std::uint32_t k = 0; k < some; ++k) {
      const auto words = [&](std::size_t draw) { return words_at(low[draw].data(), high[draw].data(), k); };
      const std::uint32_t slot = first + done + k;
      attributes_->fill(columns, slot, group,
                        newcomer(traits::ClassField::get(columns.traits[slot]), words(age_draw)[0], year,
                                 true_pay_index, true_redtape_index),
                        {words(0), words(1), words(2), words(4)[0]});
    }
  }
}

void ArrivalDraws::draw_newborn(Columns& columns, std::uint32_t slot, std::uint32_t mother, int host,
                                int year) const {
  columns.key[slot] = child_key(columns.key[mother], year);
  columns.community[slot] = columns.community[mother];
  columns.place[slot] = columns.place[mother];
  attributes_->fill_child(columns, slot, mother, scenario_.tables.hosts[static_cast<std::size_t>(host)].group, year);
  columns.state[slot] = state::SharesPlaceField::set(columns.state[slot], 1);
}

std::uint16_t ArrivalDraws::initial_trust(std::uint64_t key, std::uint16_t traits) const {
  return attributes_->trust_start()(key, traits);
}

}  // namespace homeward
