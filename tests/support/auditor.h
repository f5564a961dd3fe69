// Keeps a second set of books on the engine: what it says happened against what became of every single person.
#pragma once
#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "behaviour/return_choice.h"
#include "engine/simulation.h"

namespace homeward::test {

// Persons of a block as they were on the last 31 December, known by their keys, are compared with this one, event by
// event:
//   - people lie side by side: in every slot in use is somebody who lives or who left this year, everyone once;
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
    marks_.assign(layout.slots, 0);
    books_.assign(layout.blocks.size(), {});
    for (std::size_t b = 0; b < layout.blocks.size(); ++b) {
      for (std::uint32_t i = 0; i < simulation.slots_used(b); ++i) {
        const std::uint32_t s = layout.blocks[b].first_slot + i;
        books_[b].people.emplace(columns.key[s], columns.state[s]);
        books_[b].ever.push_back(columns.key[s]);
        if (status(columns.state[s]) == Status::preparing) {
          ++books_[b].waiting[state::StageField::get(columns.state[s])];
        }
      }
    }
  }

  void take(const BlockReport& report, std::size_t) override {
    const Layout& layout = simulation_->population().layout;
    const auto index = static_cast<std::size_t>(report.block - layout.blocks.data());
    Book& book = books_[index];
    if (report.used != simulation_->slots_used(index)) fail(report, 0, "the report and the simulation differ in slots");
    const Marked marked = mark_events(report, book);
    check_people(report, book);
    check_pipeline(report, book, marked.died_waiting);
    if (report.persons_stepped != static_cast<std::int64_t>(book.people.size())) {
      fail(report, 0, "persons stepped are not those who lived on the last 31 December");
    }
    if (report.used != book.people.size() + marked.newcomers) fail(report, 0, "slots in use are not who is there");
    book.people.clear();
    for (std::uint32_t s = report.block->first_slot; s < report.block->first_slot + report.used; ++s) {
      const std::uint32_t now = report.columns->state[s];
      if (status(now) != Status::empty) book.people.emplace(report.columns->key[s], now);
      if ((marks_[s] & newcomer) != 0) book.ever.push_back(report.columns->key[s]);
      marks_[s] = 0;
    }
  }

  // "" while the books agree; else the first faults found.
  std::string faults() const { return faults_; }

  // At the end, while the simulation is there: everyone who ever was or will be is one person.
  void leave() {
    const Population& population = simulation_->population();
    std::vector<std::uint64_t> keys;
    int year = last_year;
    for (std::size_t b = 0; b < books_.size(); ++b) {
      keys.insert(keys.end(), books_[b].ever.begin(), books_[b].ever.end());
      if (books_[b].year != 0) year = books_[b].year;
    }
    for (std::size_t b = 0; b < books_.size(); ++b) {
      for (int later = year + 1; later <= last_year; ++later) {
        const Entrants::Range range = population.entrants->of(b, later);
        for (std::uint32_t at = range.first; at < range.end; ++at) keys.push_back(population.entrants->key[at]);
      }
    }
    std::sort(keys.begin(), keys.end());
    const auto same = std::adjacent_find(keys.begin(), keys.end());
    if (same != keys.end()) faults_ += "key " + std::to_string(*same) + " is held twice\n";
    simulation_ = nullptr;
  }

 private:
  // What the events of a year did to a person.
  static constexpr std::uint8_t left = 1, joined = 2, died_home = 4, left_twice = 8, newcomer = 16;

  // What is kept of a block.
  struct Book {
    std::unordered_map<std::uint64_t, std::uint32_t> people;  // state words of the last 31 December, by key
    std::vector<std::uint64_t> ever;                          // keys of all who were ever there
    std::array<std::int64_t, 6> waiting{};                    // by stage
    int year = 0;                                             // the last one seen
    // 0 for whoever was not there.
    std::uint32_t before(std::uint64_t key) const {
      const auto found = people.find(key);
      return found == people.end() ? 0 : found->second;
    }
  };

  static constexpr const char* unexplained = "what happened does not explain what became of a person";
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
    std::uint32_t newcomers = 0;
  };
  Marked mark_events(const BlockReport& report, const Book& book) {
    Marked marked;
    for (const EventRecord& event : report.events) {
      std::uint8_t& mark = marks_[event.slot];
      const std::uint32_t was = book.before(report.columns->key[event.slot]);
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
        case Event::re_emigration: sign = joined; break;
        case Event::arrival:
        case Event::birth:
          ++marked.newcomers;
          mark |= newcomer;
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

  void check_people(const BlockReport& report, Book& book) {
    book.year = report.year;
    std::size_t met = 0;
    std::vector<std::uint64_t> keys;
    for (std::uint32_t i = 0; i < report.used; ++i) {
      const std::uint32_t s = report.block->first_slot + i;
      const std::uint64_t key = report.columns->key[s];
      const std::uint32_t was = book.before(key);
      const std::uint32_t now = report.columns->state[s];
      keys.push_back(key);
      std::uint8_t expected = 0;
      if (abroad(was) && !abroad(now)) expected |= left;
      if (!abroad(was) && abroad(now)) expected |= joined;
      if (status(was) == Status::returned && status(now) == Status::empty) expected |= died_home;
      if (book.people.count(key) == 0) {
        expected |= newcomer;
      } else {
        ++met;
      }
      if (marks_[s] != expected) fail(report, s, unexplained);
      if (status(was) == Status::empty && status(now) == Status::empty) fail(report, s, "a slot in use is nobody's");
      if (status(now) != Status::empty) check_state(report, s, now);
    }
    // Who is nowhere any more was in a slot when the year began, so that an event should tell.
    if (met != book.people.size()) fail(report, 0, unexplained);
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) fail(report, 0, "a person is in two slots");
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

  void check_pipeline(const BlockReport& report, Book& book, const std::array<std::int64_t, 6>& died_waiting) {
    std::array<std::int64_t, 6> waiting{};
    for (std::uint32_t i = 0; i < report.used; ++i) {
      const std::uint32_t now = report.columns->state[report.block->first_slot + i];
      if (status(now) == Status::preparing) ++waiting[std::min(5u, state::StageField::get(now))];
    }
    std::int64_t entered = 0, completed = 0, abandoned = 0;
    for (std::size_t k = 0; k < 6; ++k) {
      const StageCount& count = (*report.pipeline)[k];
      const std::int64_t expected =
          book.waiting[k] + count.entered - count.completed - count.abandoned - died_waiting[k];
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
    book.waiting = waiting;
  }

  const Simulation* simulation_ = nullptr;
  std::vector<std::uint8_t> marks_;  // events of the year, by slot
  std::vector<Book> books_;          // by block
  std::string faults_;
  std::mutex mutex_;
};

}  // namespace homeward::test
