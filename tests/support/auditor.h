// Keeps a second set of books on the engine: what it says happened against what became of every single person.
#pragma once
#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "behaviour/return_choice.h"
#include "engine/simulation.h"

namespace homeward::test {

// Persons of a block as they were on the last 31 December are compared with this one, event by event:
//   - the list of the living is the list of slots that are not empty, everyone once;
//   - who left the stock has exactly one event that takes out, who joined it exactly one that puts in, nobody else any;
//   - by stage: waiting = waiting last year + entered - completed - abandoned - deaths of those who waited there;
//   - everybody's state is one that the rules allow.
// Blocks write to places of their own, so any number of threads may report.
class Auditor : public BlockSink {
 public:
  void meet(const Simulation& simulation) {
    simulation_ = &simulation;
    const Layout& layout = simulation.population().layout;
    const Columns& columns = simulation.population().columns;
    before_.assign(layout.slots, 0);
    marks_.assign(layout.slots, 0);
    used_.assign(layout.blocks.size(), 0);
    waiting_.assign(layout.blocks.size(), {});
    for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
      used_[b] = simulation.slots_used(b);
      for (std::uint32_t i = 0; i < used_[b]; ++i) {
        const std::uint32_t s = layout.blocks[b].first_slot + i;
        before_[s] = columns.state[s];
        if (status(columns.state[s]) == Status::preparing) ++waiting_[b][state::StageField::get(columns.state[s])];
      }
    }
  }

  void take(const BlockReport& report, std::size_t) override {
    const Layout& layout = simulation_->population().layout;
    const auto index = static_cast<std::size_t>(report.block - layout.blocks.data());
    const std::uint32_t used = simulation_->slots_used(index);
    const Marked marked = mark_events(report);
    check_people(report, used);
    check_pipeline(report, index, used, marked.died_waiting);
    check_living(report, used);
    if (used != used_[index] + marked.births) fail(report, 0, "slots taken and births differ");
    used_[index] = used;
    for (std::uint32_t i = 0; i < used; ++i) {
      const std::uint32_t s = report.block->first_slot + i;
      before_[s] = report.columns->state[s];
      marks_[s] = 0;
    }
  }

  // "" while the books agree; else the first faults found.
  std::string faults() const { return faults_; }

  // At the end, while the simulation is there: everyone who was or will be is one person.
  void leave() {
    const Layout& layout = simulation_->population().layout;
    std::vector<std::uint64_t> keys;
    for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
      for (std::uint32_t i = 0; i < used_[b]; ++i) {
        keys.push_back(simulation_->population().columns.key[layout.blocks[b].first_slot + i]);
      }
    }
    std::sort(keys.begin(), keys.end());
    const auto same = std::adjacent_find(keys.begin(), keys.end());
    if (same != keys.end()) faults_ += "key " + std::to_string(*same) + " is held twice\n";
    simulation_ = nullptr;
  }

 private:
  // What the events of a year did to a person.
  static constexpr std::uint8_t left = 1, joined = 2, died_home = 4, left_twice = 8;

  static Status status(std::uint32_t word) { return static_cast<Status>(state::StatusField::get(word)); }
  static bool abroad(std::uint32_t word) {
    const Status now = status(word);
    return now == Status::settled || now == Status::contract || now == Status::student || now == Status::preparing;
  }

  void fail(const BlockReport& report, std::uint32_t slot, const std::string& what) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (faults_.size() > 2000) return;
    faults_ += what + " (year " + std::to_string(report.year) + ", host " + std::to_string(report.block->host) +
               ", slot " + std::to_string(slot) + ")\n";
  }

  struct Marked {
    std::array<std::int64_t, 6> died_waiting{};  // by stage
    std::uint32_t births = 0;
  };
  Marked mark_events(const BlockReport& report) {
    Marked marked;
    for (const EventRecord& event : report.events) {
      std::uint8_t& mark = marks_[event.slot];
      const std::uint32_t was = before_[event.slot];
      std::uint8_t sign = 0;
      switch (event.event) {
        case Event::death:
          if (status(was) == Status::preparing) ++marked.died_waiting[state::StageField::get(was)];
          sign = left;
          break;
        case Event::return_settled:
        case Event::return_student:
        case Event::return_contract:
        case Event::tied_minor: sign = left; break;
        case Event::arrival:
        case Event::re_emigration: sign = joined; break;
        case Event::birth:
          ++marked.births;
          sign = joined;
          break;
        case Event::death_home: sign = died_home; break;
        default: continue;
      }
      mark = static_cast<std::uint8_t>((mark & sign) != 0 ? mark | left_twice : mark | sign);
      if (event.count != 1) fail(report, event.slot, "one event counts several persons");
    }
    return marked;
  }

  void check_people(const BlockReport& report, std::uint32_t used) {
    for (std::uint32_t i = 0; i < used; ++i) {
      const std::uint32_t s = report.block->first_slot + i;
      const std::uint32_t was = before_[s];
      const std::uint32_t now = report.columns->state[s];
      std::uint8_t expected = 0;
      if (abroad(was) && !abroad(now)) expected |= left;
      if (!abroad(was) && abroad(now)) expected |= joined;
      if (status(was) == Status::returned && status(now) == Status::empty) expected |= died_home;
      if (marks_[s] != expected) fail(report, s, "what happened does not explain what became of a person");
      if (status(now) != Status::empty) check_state(report, s, now);
    }
  }

  void check_state(const BlockReport& report, std::uint32_t s, std::uint32_t now) {
    const Columns& c = *report.columns;
    const auto require = [&](bool holds, const char* what) {
      if (!holds) fail(report, s, what);
    };
    const Person person = person_at(c, s, report.year);
    const int age = report.year - birth_year_base - c.birth[s];
    const int this_year = report.year - birth_year_base;
    require(state::StatusField::get(now) <= 5, "a status without name");
    require(state::LegalField::get(now) <= 4, "a legal status without name");
    require(age >= 0 && age <= 120, "an age nobody has");
    require(c.arrival[s] <= this_year, "abroad before the arrival");
    require(c.community[s] - report.block->first_community < report.block->communities, "in a community elsewhere");
    require(c.pay_belief[s] > -32767 && c.pay_belief[s] < 32767, "a belief about pay at the end of its scale");
    require(c.redtape_belief[s] < 65535, "a belief about red tape at the end of its scale");
    const bool temporary = person.status == Status::contract || person.status == Status::student;
    if (temporary) {
      require(person.legal == Legal::temporary || person.legal == Legal::irregular, "a permit without being a guest");
      require(c.year[s] > this_year, "a permit that ended and was not looked at");
    }
    if (person.status == Status::settled || person.status == Status::preparing) {
      require(person.legal != Legal::temporary && person.legal != Legal::irregular, "settled without the right to");
    }
    if (person.status == Status::returned) {
      require(c.year[s] >= first_year - birth_year_base && c.year[s] <= this_year, "a return in no simulated year");
    }
    if (person.status == Status::preparing) {
      require(age >= 18, "a minor in the pipeline");
      const auto mode = static_cast<Mode>(state::ModeField::get(now));
      const std::uint32_t stage = state::StageField::get(now);
      require(stage < stage_count, "waiting at no stage");
      // Who becomes a dual national while at the papers goes through with them.
      const bool asked = stage < stage_count && (stage == code(Stage::papers) ||
                         stages_of(mode, person, state::OfferFirstField::get(now) != 0)[stage]);
      require(asked, "at a stage that the mode does not ask for");
      require(mode != Mode::remote || (report.year >= 2015 && person.education >= Education::tertiary),
              "a mode that is not open");
      require(mode != Mode::retire || age >= 60, "retired too young");
    }
    if (person.network) require(person.education == Education::advanced, "a network member without the degree");
  }

  void check_pipeline(const BlockReport& report, std::size_t index, std::uint32_t used,
                      const std::array<std::int64_t, 6>& died_waiting) {
    std::array<std::int64_t, 6> waiting{};
    for (std::uint32_t i = 0; i < used; ++i) {
      const std::uint32_t now = report.columns->state[report.block->first_slot + i];
      if (status(now) == Status::preparing) ++waiting[std::min(5u, state::StageField::get(now))];
    }
    std::int64_t entered = 0, completed = 0, abandoned = 0;
    for (std::size_t k = 0; k < 6; ++k) {
      const StageCount& count = (*report.pipeline)[k];
      const std::int64_t expected =
          waiting_[index][k] + count.entered - count.completed - count.abandoned - died_waiting[k];
      const std::string name(stage_names[k]);
      if (waiting[k] != expected) fail(report, 0, "the books of the stage " + name + " do not close");
      // A funded post ends the wait in January, for some who reached the stage in December.
      if (count.months < count.completed && k != code(Stage::position)) {
        fail(report, 0, "a stage completed in less than a month");
      }
      entered += count.entered;
      completed += count.completed;
      abandoned += count.abandoned;
    }
    std::array<std::int64_t, event_count> events{};
    for (const EventRecord& event : report.events) ++events[static_cast<std::size_t>(event.event)];
    const auto of = [&](Event event) { return events[static_cast<std::size_t>(event)]; };
    // Each stage is entered from the choice or from the stage before it.
    if (entered != of(Event::intending) + completed - of(Event::refused) - of(Event::return_settled)) {
      fail(report, 0, "entries of stages are not those who chose and those who went on");
    }
    if (abandoned != of(Event::abandoned)) fail(report, 0, "abandonments and their events differ");
    waiting_[index] = waiting;
  }

  void check_living(const BlockReport& report, std::uint32_t used) {
    std::vector<std::uint32_t> listed;
    for (const std::uint32_t index : report.living) listed.push_back(report.block->first_slot + index);
    std::sort(listed.begin(), listed.end());
    std::vector<std::uint32_t> living;
    for (std::uint32_t i = 0; i < used; ++i) {
      const std::uint32_t s = report.block->first_slot + i;
      if (status(report.columns->state[s]) != Status::empty) living.push_back(s);
    }
    if (listed != living) fail(report, 0, "the list of the living is not who lives");
  }

  const Simulation* simulation_ = nullptr;
  std::vector<std::uint32_t> before_;  // state words of the last 31 December, by slot
  std::vector<std::uint8_t> marks_;    // events of the year, by slot
  std::vector<std::uint32_t> used_;
  std::vector<std::array<std::int64_t, 6>> waiting_;  // by block and stage
  std::string faults_;
  std::mutex mutex_;
};

}  // namespace homeward::test
