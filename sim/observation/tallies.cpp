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

// Cells of a block that are counted in four turns; more are counted at once.
constexpr std::size_t most_turned_cells = 4096;

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
      if (measure.holds != nullptr) {
        Cube::PersonMeasure counted{m, measure.per_person, {}};
        for (std::size_t c = 0; c < PersonCode::count; ++c) counted.counts[c] = measure.holds(PersonCode::of(c)) ? 1 : 0;
        cube.of_persons.push_back(counted);
      }
      for (const auto& [event, units] : measure.events) {
        if (units != 0) cube.of_events[static_cast<std::size_t>(event)].push_back({m, units});
      }
    }
    cube.by_host_only = spec.by.empty() || (spec.by.size() == 1 && spec.by.front() == "host");
    for (std::size_t event = 0; event < event_count && !cube.by_host_only; ++event) {
      if (!cube.of_events[event].empty()) cubes_of_event_[event] |= 1u << cubes_.size();
    }
    for (std::size_t d = 0; d < sizes.size(); ++d) {
      if (cube.by[d] != Dimension::host) cube.span += (std::max<std::size_t>(1, sizes[d]) - 1) * cube.stride[d];
    }
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
    const auto add_traits = [&](auto field) {
      using Field = decltype(field);
      constexpr int shift = std::countr_zero(Field::mask);
      cube.terms.traits.push_back({shift, static_cast<std::uint32_t>(Field::mask) >> shift, stride});
      for (std::uint32_t bits = 0; bits < 2048; ++bits) {
        cube.by_traits[bits] += stride * Field::get(static_cast<std::uint16_t>(bits));
      }
    };
    switch (cube.by[d]) {
      case Dimension::host: cube.host_stride = stride; break;
      case Dimension::mode: cube.mode_stride = stride; break;
      case Dimension::migrant_class: add_traits(traits::ClassField{}); break;
      case Dimension::generation: add_traits(traits::GenerationField{}); break;
      case Dimension::education: add_traits(traits::EducationField{}); break;
      case Dimension::sector: add_traits(traits::SectorField{}); break;
      case Dimension::sex: add_traits(traits::SexField{}); break;
      case Dimension::age_group:
        cube.terms.age_group = stride;
        for (int age = 0; age < 256; ++age) {
          cube.by_age[static_cast<std::size_t>(age)] += stride * static_cast<std::uint32_t>(age_group(age));
        }
        break;
      case Dimension::duration_group:
        cube.terms.duration_group = stride;
        for (int years = 0; years < 256; ++years) {
          cube.by_duration[static_cast<std::size_t>(years)] +=
              stride * static_cast<std::uint32_t>(duration_group(years));
        }
        break;
      case Dimension::origin_province:
      case Dimension::return_province:
      case Dimension::count:
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
  const int age = std::max(0, place.year - birth_year_base - columns.birth[slot]);
  if (cube.terms.age_group != 0) cell += cube.by_age[static_cast<std::size_t>(age)];
  if (cube.terms.duration_group != 0) cell += cube.by_duration[static_cast<std::size_t>(duration_at(columns, slot, place.year))];
  for (const std::size_t d : cube.rare) cell += cube.stride[d] * place.at(cube.by[d], slot, mode_code);
  return cell;
}

// What is left of a cell after find_cells(): the dimensions that hang on more than traits, age and years abroad.
void Tallies::add_rare_places(const BlockReport& report, const PlaceOf& place, const Cube& cube,
                              std::uint32_t* cells) const {
  const std::uint32_t first = report.block->first_slot;
  const std::uint32_t* now = report.columns->state + first;
  if (cube.mode_stride != 0) {
    for (std::uint32_t k = 0; k < report.used; ++k) {
      cells[k] += static_cast<std::uint32_t>(cube.mode_stride * mode_place(now[k]));
    }
  }
  for (const std::size_t d : cube.rare) {
    for (std::uint32_t k = 0; k < report.used; ++k) {
      if (state::StatusField::get(now[k]) == code(Status::empty)) continue;
      cells[k] += static_cast<std::uint32_t>(cube.stride[d] * place.at(cube.by[d], first + k, mode_place(now[k])));
    }
  }
}

void Tallies::count_cube(const BlockReport& report, const PlaceOf& place, const Cube& cube, Worker& worker,
                         std::vector<std::int64_t>& values) const {
  if (worker.cells.size() < report.used + census_padding) worker.cells.resize(report.used + census_padding);
  std::uint32_t* cells = worker.cells.data();
  const std::uint16_t* codes = worker.codes.data();
  find_cells(report, cube.terms, cells);
  add_rare_places(report, place, cube, cells);
  for (const Cube::PersonMeasure& measure : cube.of_persons) {
    std::int64_t* counted = values.data() + measure.measure * cube.cells + cube.host_stride * place.host;
    const std::uint8_t* counts = measure.counts.data();
    if (cube.span > most_turned_cells) {
      for (std::uint32_t k = 0; k < report.used; ++k) {
        if (counts[codes[k]] != 0) counted[cells[k]] += measure.units;
      }
      continue;
    }
    if (worker.counts.size() < 4 * cube.span) worker.counts.resize(4 * cube.span);
    std::uint32_t* turns = worker.counts.data();
    std::fill_n(turns, 4 * cube.span, 0u);
    const std::uint32_t whole = report.used / 4 * 4;
    for (std::uint32_t k = 0; k < whole; k += 4) {
      for (std::uint32_t turn = 0; turn < 4; ++turn) {
        turns[turn * cube.span + cells[k + turn]] += counts[codes[k + turn]];
      }
    }
    for (std::uint32_t k = whole; k < report.used; ++k) turns[cells[k]] += counts[codes[k]];
    for (std::size_t cell = 0; cell < cube.span; ++cell) {
      const std::uint32_t persons = turns[cell] + turns[cube.span + cell] + turns[2 * cube.span + cell] +
                                    turns[3 * cube.span + cell];
      if (persons != 0) counted[cell] += persons * measure.units;
    }
  }
}

void Tallies::count_persons(const BlockReport& report, const PlaceOf& place, Worker& worker) const {
  YearTotals& totals = worker.totals;
  if (worker.codes.size() < report.used + census_padding) worker.codes.resize(report.used + census_padding);
  const CensusSums sums = take_census(report, worker.codes.data());
  totals.adults_abroad += sums.adults_abroad;
  totals.trust += sums.trust;
  totals.belief_gap += sums.adults_abroad * round_to_int(true_pay_) - sums.pay_belief;
  auto& remitters = totals.remitters[static_cast<std::size_t>(scenario_.tables.hosts[place.host].group)];
  for (std::size_t kind = 0; kind < 3; ++kind) remitters[kind] += sums.remitters[kind];

  if (worker.counts.size() < 4 * PersonCode::count) worker.counts.resize(4 * PersonCode::count);
  std::uint32_t* turns = worker.counts.data();
  std::fill_n(turns, 4 * PersonCode::count, 0u);
  for (std::uint32_t k = 0; k < report.used; ++k) ++turns[(k & 3) * PersonCode::count + worker.codes[k]];
  for (std::size_t person = 0; person < PersonCode::count; ++person) {
    const std::uint32_t persons = turns[person] + turns[PersonCode::count + person] +
                                  turns[2 * PersonCode::count + person] + turns[3 * PersonCode::count + person];
    if (persons == 0 || PersonCode::of(person).status == Status::empty) continue;
    totals.persons[person] += persons;
    // Cubes by host alone need no second look: a block is of one host.
    for (std::size_t c = 0; c < cubes_.size(); ++c) {
      if (!cubes_[c].by_host_only) continue;
      const std::size_t cell = cubes_[c].host_stride * place.host;
      for (const Cube::PersonMeasure& measure : cubes_[c].of_persons) {
        worker.cubes[c][measure.measure * cubes_[c].cells + cell] += persons * measure.units * measure.counts[person];
      }
    }
  }
  for (std::size_t c = 0; c < cubes_.size(); ++c) {
    if (!cubes_[c].of_persons.empty() && !cubes_[c].by_host_only) {
      count_cube(report, place, cubes_[c], worker, worker.cubes[c]);
    }
  }
}

void Tallies::add_events(const Cube& cube, std::size_t cell, Event event, std::int64_t count,
                         std::vector<std::int64_t>& values) {
  for (const Cube::EventMeasure& counted : cube.of_events[static_cast<std::size_t>(event)]) {
    values[counted.measure * cube.cells + cell] += counted.units * count;
  }
}

void Tallies::count_events(const BlockReport& report, const PlaceOf& place, Worker& worker) const {
  const std::array<std::int64_t, event_count>& all = *report.event_counts;
  for (const EventRecord& record : report.events) {
    const auto event_index = static_cast<std::size_t>(record.event);
    for (std::uint32_t cubes = cubes_of_event_[event_index]; cubes != 0; cubes &= cubes - 1) {
      const auto c = static_cast<std::size_t>(std::countr_zero(cubes));
      const std::size_t mode_code = event_has_mode(record.event) ? code(record.mode) : 4;
      add_events(cubes_[c], cell_of(cubes_[c], place, record.slot, mode_code), record.event, record.count,
                 worker.cubes[c]);
    }
  }
  for (std::size_t event = 0; event < event_count; ++event) {
    if (all[event] == 0) continue;
    worker.totals.events[event] += all[event];
    for (std::size_t c = 0; c < cubes_.size(); ++c) {
      if (!cubes_[c].by_host_only) continue;
      add_events(cubes_[c], cubes_[c].host_stride * place.host, static_cast<Event>(event), all[event],
                 worker.cubes[c]);
    }
  }
}

EventSet Tallies::records() const {
  EventSet wanted = 0;
  for (std::size_t event = 0; event < event_count; ++event) {
    if (cubes_of_event_[event] != 0) wanted |= event_set(static_cast<Event>(event));
  }
  return wanted;
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
