#include "observation/tallies.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/fixed_point.h"
#include "behaviour/person.h"
#include "observation/measures.h"

namespace homeward {
namespace {

// Cells x measures x years of a run that may be held: 400 MB.
constexpr std::size_t most_values = 50'000'000;

// Of an adult abroad: 0 contract, 1 first and 1.5 generation, 2 later generations, 3 sends nothing (students).
std::size_t remitter_kind(Status status, Generation generation) {
  if (status == Status::student) return 3;
  if (status == Status::contract) return 0;
  return generation == Generation::g1 || generation == Generation::g15 ? 1 : 2;
}

std::size_t mode_place(std::uint32_t state_word) {
  const auto status = static_cast<Status>(state::StatusField::get(state_word));
  return status == Status::preparing || status == Status::returned ? state::ModeField::get(state_word) : 4;
}

bool event_has_mode(Event event) {
  return event == Event::return_settled || event == Event::return_student || event == Event::re_emigration ||
         event == Event::intending || event == Event::abandoned || event == Event::refused;
}

}  // namespace

Tallies::Tallies(const Scenario& scenario, std::uint64_t seed, int workers, double weight)
    : scenario_(scenario), provinces_(scenario, seed), weight_(weight) {
  std::size_t values = 0;
  for (const OutputCube& spec : scenario.outputs) {
    Cube cube;
    for (const std::string& name : spec.measures) cube.measures.push_back(find_measure(name));
    std::vector<std::size_t> sizes;
    for (const std::string& name : spec.by) {
      cube.by.push_back(dimension_named(name));
      sizes.push_back(dimension_words(name, scenario.tables).size());
    }
    cube.stride.assign(sizes.size(), 1);
    for (std::size_t d = sizes.size(); d-- > 0;) {
      cube.stride[d] = cube.cells;
      cube.cells *= std::max<std::size_t>(1, sizes[d]);
      if (cube.cells > most_values) break;
    }
    values += std::min(cube.cells, most_values) * cube.measures.size() * year_count;
    if (cube.measures.size() > 32 || cubes_.size() >= 32) {
      throw InputError({{scenario.file, 0, 0},
                        "outputs",
                        "more than 32 entries, or more than 32 measures in one",
                        "",
                        "Split the run, or ask for fewer"});
    }
    if (values > most_values) {
      throw InputError({{scenario.file, 0, 0},
                        "outputs",
                        "the cubes have more than 50 million values",
                        "They would not fit in memory beside the population",
                        "Ask for fewer dimensions in one entry; several entries with few dimensions are cheap"});
    }
    for (std::size_t m = 0; m < cube.measures.size(); ++m) {
      const MeasureEntry& measure = *cube.measures[m];
      for (std::size_t c = 0; c < PersonCode::count; ++c) {
        if (measure.holds != nullptr && measure.holds(PersonCode::of(c))) cube.persons[c] |= 1u << m;
      }
      if (measure.holds != nullptr) {
        cube.any_person = true;
        ++cube.measures_of_persons;
        cube.person_measure = m;
        cube.person_units = measure.per_person;
      }
      for (const auto& [event, units] : measure.events) {
        if (units != 0) cube.events[static_cast<std::size_t>(event)] |= 1u << m;
      }
    }
    for (std::size_t event = 0; event < event_count; ++event) {
      if (cube.events[event] != 0) cubes_of_event_[event] |= 1u << cubes_.size();
    }
    cube.by_host_only = spec.by.empty() || (spec.by.size() == 1 && spec.by.front() == "host");
    prepare_places(cube);
    cubes_.push_back(cube);
  }
  for (int w = 0; w < std::max(1, workers); ++w) {
    auto worker = std::make_unique<Worker>();
    worker->totals.remitters.resize(scenario.tables.groups.size());
    for (const Cube& cube : cubes_) worker->cubes.emplace_back(cube.cells * cube.measures.size());
    workers_.push_back(std::move(worker));
  }
}

ReplicateResult Tallies::empty_result() const {
  ReplicateResult result;
  YearSeries nothing;
  nothing.fill(std::numeric_limits<double>::quiet_NaN());
  result.totals.assign(measure_table().size(), nothing);
  result.lever_spending.assign(year_count, {});
  result.weight = weight_;
  for (std::size_t c = 0; c < cubes_.size(); ++c) {
    CubeResult cube;
    cube.spec = scenario_.outputs[c];
    cube.cells = cubes_[c].cells;
    for (const std::string& name : cube.spec.by) cube.words.push_back(dimension_words(name, scenario_.tables));
    cube.values.assign(static_cast<std::size_t>(year_count) * cube.spec.measures.size() * cube.cells, 0);
    result.cubes.push_back(std::move(cube));
  }
  return result;
}

void Tallies::begin_year(const HomeYear& home) {
  true_pay_ = home.pay_index * pay_belief_scale;
  for (auto& worker : workers_) {
    const std::size_t groups = worker->totals.remitters.size();
    worker->totals = {};
    worker->totals.remitters.resize(groups);
    for (auto& cube : worker->cubes) std::fill(cube.begin(), cube.end(), 0);
  }
}

void Tallies::prepare_places(Cube& cube) const {
  for (std::size_t d = 0; d < cube.by.size(); ++d) {
    const auto stride = static_cast<std::uint32_t>(cube.stride[d]);
    const auto add_traits = [&](auto part) {
      for (std::uint32_t bits = 0; bits < 2048; ++bits) {
        cube.by_traits[bits] += stride * part(static_cast<std::uint16_t>(bits));
      }
    };
    switch (cube.by[d]) {
      case Dimension::host: cube.host_stride = stride; break;
      case Dimension::mode: cube.mode_stride = stride; break;
      case Dimension::migrant_class: add_traits(traits::ClassField::get); break;
      case Dimension::generation: add_traits(traits::GenerationField::get); break;
      case Dimension::education: add_traits(traits::EducationField::get); break;
      case Dimension::sector: add_traits(traits::SectorField::get); break;
      case Dimension::sex: add_traits(traits::SexField::get); break;
      case Dimension::age_group:
        cube.plain = false;
        for (int age = 0; age < 256; ++age) {
          cube.by_age[static_cast<std::size_t>(age)] += stride * static_cast<std::uint32_t>(age_group(age));
        }
        break;
      case Dimension::duration_group:
        cube.needs_duration = true;
        cube.plain = false;
        for (int years = 0; years < 256; ++years) {
          cube.by_duration[static_cast<std::size_t>(years)] +=
              stride * static_cast<std::uint32_t>(duration_group(years));
        }
        break;
      case Dimension::origin_province:
      case Dimension::return_province:
      case Dimension::count:
        cube.plain = false;
        cube.rare.push_back(d);
        break;
    }
  }
}

// The cell of a person or event.
inline std::size_t Tallies::cell_of(const Cube& cube, const PlaceOf& place, std::uint32_t slot,
                                    std::size_t mode_code) const {
  const Columns& columns = place.columns;
  std::size_t cell = cube.host_stride * place.host + cube.mode_stride * mode_code +
                     cube.by_traits[columns.traits[slot] & 2047u];
  if (cube.plain) return cell;
  const int age = std::max(0, place.year - birth_year_base - columns.birth[slot]);
  cell += cube.by_age[static_cast<std::size_t>(age)];
  if (cube.needs_duration) cell += cube.by_duration[static_cast<std::size_t>(duration_at(columns, slot, place.year))];
  for (const std::size_t d : cube.rare) cell += cube.stride[d] * place.at(cube.by[d], slot, mode_code);
  return cell;
}

void Tallies::count_persons(const BlockReport& report, const PlaceOf& place, Worker& worker) const {
  const Columns& columns = *report.columns;
  YearTotals& totals = worker.totals;
  const std::size_t group = static_cast<std::size_t>(scenario_.tables.hosts[place.host].group);
  auto& remitters = totals.remitters[group];
  const std::int32_t true_pay = round_to_int(true_pay_);
  const std::uint32_t first = report.block->first_slot;
  const auto newest_adult = static_cast<std::uint8_t>(std::max(0, report.year - birth_year_base - 18));
  std::vector<std::uint16_t>& codes = worker.codes;
  if (codes.size() < report.living.size()) codes.resize(report.living.size());
  std::array<std::int64_t, 4> sent{};
  std::int64_t adults = 0, trust = 0, gap = 0;
  for (std::size_t k = 0; k < report.living.size(); ++k) {
    const std::uint32_t s = first + report.living[k];
    const std::uint32_t now = columns.state[s];
    const auto status = static_cast<Status>(state::StatusField::get(now));
    const std::uint16_t fixed = columns.traits[s];
    const bool adult = columns.birth[s] <= newest_adult;
    const bool advanced = static_cast<Education>(traits::EducationField::get(fixed)) == Education::advanced;
    const std::size_t person = PersonCode::index(status, static_cast<Legal>(state::LegalField::get(now)),
                                                 state::NetworkField::get(now) != 0, advanced, adult);
    codes[k] = static_cast<std::uint16_t>(person);
    // Two histograms in turn: the same bin twice in a row would wait for itself.
    ++worker.block_persons[k & 1][person];
    const std::int64_t counts = adult && status != Status::returned ? 1 : 0;
    adults += counts;
    trust += counts * columns.trust[s];
    gap += counts * (true_pay - columns.pay_belief[s]);
    const auto generation = static_cast<Generation>(traits::GenerationField::get(fixed));
    sent[counts != 0 ? remitter_kind(status, generation) : 3] += 1;
  }
  auto& [even, odd] = worker.block_persons;
  for (std::size_t code_index = 0; code_index < PersonCode::count; ++code_index) {
    const std::int64_t persons = even[code_index] + odd[code_index];
    if (persons == 0) continue;
    totals.persons[code_index] += persons;
    // Cubes by host alone need no second look: a block is of one host.
    for (std::size_t c = 0; c < cubes_.size(); ++c) {
      if (cubes_[c].by_host_only) add_persons(cubes_[c], cubes_[c].host_stride * place.host, code_index, persons, worker.cubes[c]);
    }
  }
  even.fill(0);
  odd.fill(0);
  totals.adults_abroad += adults;
  totals.trust += trust;
  totals.belief_gap += gap;
  for (std::size_t kind = 0; kind < 3; ++kind) remitters[kind] += sent[kind];

  for (std::size_t c = 0; c < cubes_.size(); ++c) {
    if (cubes_[c].any_person && !cubes_[c].by_host_only) count_cube(report, place, cubes_[c], codes, worker.cubes[c].data());
  }
}

void Tallies::add_persons(const Cube& cube, std::size_t cell, std::size_t code_index, std::int64_t persons,
                          std::vector<std::int64_t>& values) {
  for (std::uint32_t measures = cube.persons[code_index]; measures != 0; measures &= measures - 1) {
    const auto m = static_cast<std::size_t>(std::countr_zero(measures));
    values[m * cube.cells + cell] += persons * cube.measures[m]->per_person;
  }
}

// Kept apart so that the compiler sees one loop with few pointers.
void Tallies::count_cube(const BlockReport& report, const PlaceOf& place, const Cube& cube,
                         const std::vector<std::uint16_t>& codes, std::int64_t* values) const {
  const Columns& columns = *report.columns;
  const std::uint32_t first = report.block->first_slot;
  const std::size_t people = report.living.size();
  if (cube.measures_of_persons == 1 && cube.rare.empty()) {
    // One measure, the usual case: add its units or nothing, without a branch.
    std::int64_t* counted = values + cube.person_measure * cube.cells;
    for (std::size_t k = 0; k < people; ++k) {
      const std::uint32_t s = first + report.living[k];
      const std::size_t cell = cell_of(cube, place, s, cube.mode_stride == 0 ? 0 : mode_place(columns.state[s]));
      counted[cell] += cube.persons[codes[k]] != 0 ? cube.person_units : 0;
    }
    return;
  }
  for (std::size_t k = 0; k < people; ++k) {
    std::uint32_t measures = cube.persons[codes[k]];
    if (measures == 0) continue;
    const std::uint32_t s = first + report.living[k];
    const std::size_t cell =
        cell_of(cube, place, s, cube.mode_stride == 0 ? 0 : mode_place(columns.state[s]));
    for (std::size_t m = 0; measures != 0; ++m, measures >>= 1) {
      if ((measures & 1) != 0) values[m * cube.cells + cell] += cube.measures[m]->per_person;
    }
  }
}

void Tallies::count_events(const BlockReport& report, const PlaceOf& place, Worker& worker) const {
  for (const EventRecord& record : report.events) {
    const auto event_index = static_cast<std::size_t>(record.event);
    worker.totals.events[event_index] += record.count;
    for (std::uint32_t cubes = cubes_of_event_[event_index]; cubes != 0; cubes &= cubes - 1) {
      const auto c = static_cast<std::size_t>(std::countr_zero(cubes));
      std::uint32_t measures = cubes_[c].events[event_index];
      const std::size_t mode_code = event_has_mode(record.event) ? code(record.mode) : 4;
      const std::size_t cell = cell_of(cubes_[c], place, record.slot, mode_code);
      for (std::size_t m = 0; measures != 0; ++m, measures >>= 1) {
        if ((measures & 1) == 0) continue;
        for (const auto& [event, units] : cubes_[c].measures[m]->events) {
          if (event == record.event) worker.cubes[c][m * cubes_[c].cells + cell] += units * record.count;
        }
      }
    }
  }
}

void Tallies::take(const BlockReport& report, std::size_t worker_index) {
  Worker& worker = *workers_[worker_index];
  const PlaceOf place{*report.columns, provinces_, report.year, static_cast<std::size_t>(report.block->host)};
  count_persons(report, place, worker);
  count_events(report, place, worker);
  worker.totals.persons_stepped += report.persons_stepped;
  for (std::size_t l = 0; l < lever_count; ++l) worker.totals.lever_units[l] += (*report.lever_units)[l];
  for (std::size_t k = 0; k < 6; ++k) {
    worker.totals.pipeline[k].entered += (*report.pipeline)[k].entered;
    worker.totals.pipeline[k].completed += (*report.pipeline)[k].completed;
    worker.totals.pipeline[k].abandoned += (*report.pipeline)[k].abandoned;
    worker.totals.pipeline[k].months += (*report.pipeline)[k].months;
  }
}

void Tallies::end_year(const HomeYear& home, ReplicateResult& result) {
  YearTotals totals;
  totals.remitters.resize(scenario_.tables.groups.size());
  for (const auto& worker : workers_) totals.add(worker->totals);
  persons_stepped_ += totals.persons_stepped;
  const std::size_t t = year_index(home.year);
  result.pipeline[t] = totals.pipeline;
  result.lever_spending[t] = spending_by_lever(scenario_, home, totals, weight_);

  const std::vector<MeasureEntry>& table = measure_table();
  const auto counted = [&](const MeasureEntry& measure) {
    std::int64_t raw = 0;
    for (std::size_t c = 0; c < PersonCode::count; ++c) {
      if (measure.holds != nullptr && totals.persons[c] != 0 && measure.holds(PersonCode::of(c))) {
        raw += measure.per_person * totals.persons[c];
      }
    }
    for (const auto& [event, units] : measure.events) {
      raw += units * totals.events[static_cast<std::size_t>(event)];
    }
    return raw;
  };
  const std::int64_t stock = counted(*find_measure("stock"));
  persons_abroad_ = stock;
  const Derivation derivation{scenario_, home, totals, weight_, static_cast<double>(stock) * weight_};
  for (std::size_t m = 0; m < table.size(); ++m) {
    result.totals[m][t] = table[m].derive != nullptr
                              ? table[m].derive(derivation)
                              : static_cast<double>(counted(table[m])) * table[m].unit * weight_;
  }
  for (std::size_t c = 0; c < cubes_.size(); ++c) {
    const std::size_t length = cubes_[c].cells * cubes_[c].measures.size();
    std::int64_t* values = result.cubes[c].values.data() + t * length;
    for (const auto& worker : workers_) {
      for (std::size_t i = 0; i < length; ++i) values[i] += worker->cubes[c][i];
    }
  }
}

}  // namespace homeward
