#include "observation/measure_table.h"

#include <algorithm>

#include "behaviour/remittances.h"
#include "observation/measures.h"

namespace homeward {
namespace {

bool abroad(const PersonCode& p) { return p.abroad(); }
bool contract(const PersonCode& p) { return p.status == Status::contract; }
bool student(const PersonCode& p) { return p.status == Status::student; }
bool irregular(const PersonCode& p) { return p.status == Status::contract && p.legal == Legal::irregular; }
bool returned(const PersonCode& p) { return p.status == Status::returned; }
bool preparing(const PersonCode& p) { return p.status == Status::preparing; }
bool member(const PersonCode& p) { return p.abroad() && p.network; }
bool advanced(const PersonCode& p) { return p.abroad() && p.advanced && p.adult; }

double official_stock(const Derivation& d) { return d.stock * coverage(d.scenario.parameters, d.home.year); }

double mean_trust(const Derivation& d) {
  if (d.totals.adults_abroad == 0) return 0;
  return static_cast<double>(d.totals.trust) / trust_scale / static_cast<double>(d.totals.adults_abroad);
}

double mean_belief_lag(const Derivation& d) {
  if (d.totals.adults_abroad == 0) return 0;
  return static_cast<double>(d.totals.belief_gap) / pay_belief_scale / static_cast<double>(d.totals.adults_abroad) /
         d.scenario.parameters.belief_lag_growth;
}

double remittances(const Derivation& d) {
  double sum = 0;
  for (std::size_t g = 0; g < d.totals.remitters.size(); ++g) {
    const RemittanceRates rates = remittance_rates(d.scenario, d.scenario.tables.groups[g], d.home.year);
    const auto& persons = d.totals.remitters[g];
    sum += static_cast<double>(persons[0]) * rates.contract + static_cast<double>(persons[1]) * rates.settled +
           static_cast<double>(persons[2]) * rates.later;
  }
  return sum * d.weight;
}

double spending(const Derivation& d) {
  double sum = 0;
  for (const double usd : spending_by_lever(d.scenario, d.home, d.totals, d.weight)) sum += usd;
  return sum;
}

}  // namespace

void YearTotals::add(const YearTotals& other) {
  for (std::size_t i = 0; i < persons.size(); ++i) persons[i] += other.persons[i];
  for (std::size_t i = 0; i < events.size(); ++i) events[i] += other.events[i];
  adults_abroad += other.adults_abroad;
  trust += other.trust;
  belief_gap += other.belief_gap;
  for (std::size_t g = 0; g < remitters.size(); ++g) {
    for (std::size_t k = 0; k < 3; ++k) remitters[g][k] += other.remitters[g][k];
  }
  for (std::size_t l = 0; l < lever_count; ++l) lever_units[l] += other.lever_units[l];
  for (std::size_t k = 0; k < pipeline.size(); ++k) {
    pipeline[k].entered += other.pipeline[k].entered;
    pipeline[k].completed += other.pipeline[k].completed;
    pipeline[k].abandoned += other.pipeline[k].abandoned;
    pipeline[k].months += other.pipeline[k].months;
  }
  persons_stepped += other.persons_stepped;
}

const std::vector<MeasureEntry>& measure_table() {
  using enum Event;
  constexpr std::string_view persons = "persons", yearly = "persons a year";
  static const std::vector<MeasureEntry> table{
      // name, unit, kind, definition, text; unit of the integers, who counts, units a person, events, formula
      {{"stock", persons, "stock", "abroad", "People of home origin abroad at 31 December, children included."},
       1, abroad},
      {{"official_stock", persons, "derived", "stock x coverage",
        "The stock as official series count it: times the coverage factor, linear between its anchors and held after."},
       1, nullptr, 1, {}, official_stock},
      {{"stock_contract", persons, "stock", "abroad on a contract permit, or after it without papers",
        "Contract workers abroad, legal and irregular."},
       1, contract},
      {{"stock_student", persons, "stock", "abroad on a student permit", "Students abroad."}, 1, student},
      {{"stock_irregular", persons, "stock", "contract workers without papers", "Contract workers who overstayed."},
       1, irregular},
      {{"stock_returned", persons, "stock", "settled and student returnees living at home", "Returnees at home."},
       1, returned},
      {{"returns_settled", yearly, "flow", "returns through the pipeline",
        "Settled emigrants who came home to stay: the default definition of return (O1)."},
       1, nullptr, 1, {{return_settled, 1}}},
      {{"returns_student", yearly, "flow", "returns at graduation", "Graduates who went home."},
       1, nullptr, 1, {{return_student, 1}}},
      {{"returns_contract", yearly, "flow", "returns at the end of a permit", "Contract workers who went home."},
       1, nullptr, 1, {{return_contract, 1}}},
      {{"returns_all", yearly, "flow", "settled, student and contract returns", "All returns (O3)."},
       1, nullptr, 1, {{return_settled, 1}, {return_student, 1}, {return_contract, 1}}},
      {{"re_emigration", yearly, "flow", "returnees who left again", "Settled and student returnees who left again."},
       1, nullptr, 1, {{re_emigration, 1}}},
      {{"visits", "visits a year", "flow", "visits home", "Visits home of people abroad."}, 1, nullptr, 1, {{visit, 1}}},
      {{"expert_visits", "visits a year", "flow", "working visits of advanced-degree holders",
        "Short working visits of experts."},
       1, nullptr, 1, {{expert_visit, 1}}},
      {{"business_visits", "visits a year", "flow", "working visits in business and ICT",
        "Short working visits of business and ICT people of any education."},
       1, nullptr, 1, {{business_visit, 1}}},
      {{"network_members", persons, "stock", "members of the innovation network abroad", "Innovation network."},
       1, member},
      {{"advanced_degrees", persons, "stock", "adults abroad with an advanced degree", "Holders of advanced degrees."},
       1, advanced},
      {{"arrivals", yearly, "flow", "arrivals abroad", "Emigrants, an input of the model: policy does not change them."},
       1, nullptr, 1, {{arrival, 1}}},
      {{"births", yearly, "flow", "children born abroad", "Children born abroad."}, 1, nullptr, 1, {{birth, 1}}},
      {{"deaths", yearly, "flow", "deaths abroad", "Deaths abroad."}, 1, nullptr, 1, {{death, 1}}},
      {{"deaths_home", yearly, "flow", "deaths of returnees", "Deaths of returnees."}, 1, nullptr, 1, {{death_home, 1}}},
      {{"tied_minors", yearly, "flow", "children under 18 who came home with their mother",
        "Children born abroad who came with a returning mother; outside the returns."},
       1, nullptr, 1, {{tied_minor, 1}}},
      {{"naturalisations", yearly, "flow", "naturalised in the host country", "Naturalisations."},
       1, nullptr, 1, {{naturalised, 1}}},
      {{"attentive", yearly, "flow", "settled adults who thought about return", "Attention."},
       1, nullptr, 1, {{attentive, 1}}},
      {{"intending", yearly, "flow", "who chose a mode of return and began the procedures", "Intentions."},
       1, nullptr, 1, {{intending, 1}}},
      {{"graduations", yearly, "flow", "student permits that ended",
        "Graduates of the year: those who went home are returns_student."},
       1, nullptr, 1, {{graduated, 1}}},
      {{"preparing", persons, "stock", "in the pipeline at 31 December", "In the pipeline."}, 1, preparing},
      {{"abandoned", yearly, "flow", "who gave the procedures up", "Drop-outs of the pipeline."},
       1, nullptr, 1, {{abandoned, 1}}},
      {{"refused", yearly, "flow", "who turned the true offer down", "Offers refused at the commit step."},
       1, nullptr, 1, {{refused, 1}}},
      {{"person_years", "person-years", "flow", "abroad at 31 December + 1/2 leavers - 1/2 newcomers",
        "Exposure of people abroad, for hazards."},
       0.5, abroad, 2,
       {{return_settled, 1}, {return_student, 1}, {return_contract, 1}, {death, 1}, {tied_minor, 1}, {arrival, -1},
        {birth, -1}, {re_emigration, -1}}},
      {{"remittances", "USD a year", "derived", "adults abroad x yearly rate",
        "Money sent home, nominal USD."},
       1, nullptr, 1, {}, remittances},
      {{"mean_trust", "0 to 1", "derived", "mean over adults abroad", "Trust in the home country."},
       1, nullptr, 1, {}, mean_trust},
      {{"mean_belief_lag", "years", "derived", "(true - believed pay index) / belief.lag_growth, adults abroad",
        "How many years of growth beliefs about pay at home lag behind."},
       1, nullptr, 1, {}, mean_belief_lag},
      {{"spending", "USD a year", "derived", "units used x unit costs", "Gross spending on all levers, USD of 2025."},
       1, nullptr, 1, {}, spending},
  };
  return table;
}

const MeasureEntry* find_measure(std::string_view name) {
  for (const MeasureEntry& entry : measure_table()) {
    if (entry.row.name == name) return &entry;
  }
  return nullptr;
}

const std::vector<MeasureRow>& measure_rows() {
  static const std::vector<MeasureRow> rows = [] {
    std::vector<MeasureRow> list;
    for (const MeasureEntry& entry : measure_table()) list.push_back(entry.row);
    return list;
  }();
  return rows;
}

double raw_unit(std::string_view measure) {
  const MeasureEntry* entry = find_measure(measure);
  return entry == nullptr ? 1 : entry->unit;
}

double coverage(const Parameters& p, int year) {
  const double along = std::clamp((year - 2004) / 16.0, 0.0, 1.0);
  return p.observation_cover_2004 + along * (p.observation_cover_2020 - p.observation_cover_2004);
}

std::array<double, lever_count> spending_by_lever(const Scenario& scenario, const HomeYear& home,
                                                  const YearTotals& totals, double weight) {
  const std::vector<LeverRow>& rows = lever_rows();
  std::array<double, lever_count> spent{};
  for (const UnitCost& cost : scenario.tables.costs) {
    for (std::size_t lever = 0; lever < lever_count; ++lever) {
      const double strength = home.enacted[lever];
      if (rows[lever].path != cost.lever || strength <= 0) continue;
      double units = static_cast<double>(totals.lever_units[lever]) * weight;
      // Programmes that cost by the year, whoever uses them.
      if (cost.unit == "year of the programme" || cost.unit == "round") units = strength;
      // A stage is reformed once: paid as the lever rises.
      if (cost.unit == "stage") units = std::max(0.0, strength - home.enacted_before[lever]);
      // A certificate serves a visiting person for five years; an association has community.size members; members beyond the
      // network's own history, packages and short visits are paid for in proportion to the lever.
      if (cost.unit == "certificate") units /= 5;
      if (cost.unit == "association") units *= strength / scenario.parameters.community_size;
      if (cost.unit == "learner-year") units *= strength;
      if (cost.unit == "package") units *= strength;
      if (cost.unit == "member-year") units *= strength / std::max(strength, home.network_members);
      if (cost.unit == "expert-month") units *= std::min(1.0, strength);
      spent[lever] += units * cost.usd;
    }
  }
  return spent;
}

}  // namespace homeward
