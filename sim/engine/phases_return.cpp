// Phases of the year in which people come home: procedures and offers month by month, life at home, leaving again.
#include <algorithm>

#include "behaviour/pipeline.h"
#include "behaviour/re_emigration.h"
#include "engine/schedule.h"

namespace homeward {
namespace {

constexpr int december = 12;

bool enacted(const BlockYear& b, Lever lever) { return b.tables.home.enacted[static_cast<std::size_t>(lever)] > 0; }

// A person in the pipeline while the months of a year pass.
class Passage {
 public:
  // i: index in the block.
  Passage(BlockYear& b, std::uint32_t i)
      : b_(b),
        i_(i),
        s_(b.slot(i)),
        person_(person_at(b.columns, s_, b.year)),
        mode_(static_cast<Mode>(state::ModeField::get(b.columns.state[s_]))),
        stage_(static_cast<int>(state::StageField::get(b.columns.state[s_]))),
        months_(b.columns.months[s_]),
        fast_(expert_eligible(b.group.utilities, person_)),
        stages_(stages_of(mode_, person_, state::OfferFirstField::get(b.columns.state[s_]) != 0)) {}

  void run() {
    int month = 1;
    if ((b_.work.happened[i_] & happened::entered) != 0) {
      month = entry_month(b_.streams.pipeline, person_.key, b_.year);
      enter_stage();
    } else if (holds_post() && stage_ == code(Stage::position)) {
      const Words words = b_.streams.pipeline.words(person_.key, pipeline_time(b_.year, 0));
      complete_stage(true, words[1]);
    }
    for (; month <= december && underway_; ++month) tick(month);
    if (!underway_) return;
    b_.columns.months[s_] = static_cast<std::uint8_t>(std::min(months_, 255));
    b_.columns.state[s_] = state::StageField::set(b_.columns.state[s_], static_cast<std::uint32_t>(stage_));
    if (stage_ == code(Stage::position) && b_.tables.home.posts > 0 && fast_ && !holds_post()) apply_for_post();
  }

 private:
  bool holds_post() const { return state::PostField::get(b_.columns.state[s_]) != 0; }
  StageCount& count() { return b_.work.pipeline[static_cast<std::size_t>(stage_)]; }

  void tick(int month) {
    const Words words = b_.streams.pipeline.words(person_.key, pipeline_time(b_.year, month));
    const PipelineTables& t = b_.tables.pipeline;
    ++months_;
    if (words[0] < t.completes[fast_ ? 1 : 0][static_cast<std::size_t>(stage_)]) {
      complete_stage(false, words[2]);
    } else if (words[1] < t.abandons) {
      ++count().abandoned;
      b_.columns.trust[s_] = lose_trust(b_.tables.beliefs, b_.columns.trust[s_]);
      give_up(Event::abandoned);
    }
  }

  void complete_stage(bool by_post, std::uint32_t offer_word) {
    ++count().completed;
    count().months += months_;
    if (stage_ == code(Stage::position) &&
        !takes_offer(b_.tables.pipeline, b_.group.utilities, person_, by_post, offer_word)) {
      give_up(Event::refused);
      return;
    }
    stage_ = next_stage(stages_, stage_);
    months_ = 0;
    if (stage_ == static_cast<int>(stage_count)) {
      come_home();
    } else {
      enter_stage();
    }
  }

  void enter_stage() {
    ++count().entered;
    const auto lever = static_cast<std::size_t>(Lever::cut_papers) + static_cast<std::size_t>(stage_);
    b_.use_lever(static_cast<Lever>(lever), 1);
    if (fast_ && (stage_ == code(Stage::recognition) || stage_ == code(Stage::position))) {
      b_.use_lever(Lever::fast_track, 1);
    }
  }

  void give_up(Event event) {
    underway_ = false;
    b_.record(s_, event, mode_);
    std::uint32_t now = b_.columns.state[s_];
    now = state::StatusField::set(now, code(Status::settled));
    b_.columns.state[s_] = state::PostField::set(now, 0);
    b_.columns.months[s_] = 0;
  }

  void come_home() {
    underway_ = false;
    b_.record(s_, Event::return_settled, mode_);
    const bool works = mode_ == Mode::wage || mode_ == Mode::entrepreneur;
    const bool claims = works && enacted(b_, Lever::tax) && tax_eligible(b_.group.utilities, person_);
    std::uint32_t now = b_.columns.state[s_];
    now = state::StatusField::set(now, code(Status::returned));
    now = state::TaxClaimField::set(now, claims ? 1 : 0);
    now = state::BadStoryField::set(now, 0);
    b_.columns.state[s_] = now;
    b_.columns.months[s_] = 0;
    b_.columns.year[s_] = b_.year_code();
    if (mode_ == Mode::wage && fast_ && person_.sector == Sector::research && enacted(b_, Lever::funding)) {
      b_.use_lever(Lever::funding, 1);
    }
  }

  void apply_for_post() {
    const std::uint32_t field = person_.sector == Sector::research ? 0 : person_.sector == Sector::ict ? 1 : 2;
    const std::uint32_t merit =
        2 * (person_.education == Education::advanced ? 1u : 0u) + (person_.science() ? 1u : 0u);
    const Words words = b_.streams.posts.words(person_.key, b_.time());
    b_.applicants().push_back({s_, person_.key, field, merit, (std::uint64_t{words[0]} << 32) | words[1]});
  }

  BlockYear& b_;
  std::uint32_t i_;
  std::uint32_t s_;
  Person person_;
  Mode mode_;
  int stage_;
  int months_;
  bool fast_;
  std::array<bool, 6> stages_;
  bool underway_ = true;
};

// Claims of the programmes in the years after the return.
void claim(BlockYear& b, std::uint32_t s, const Person& person) {
  const std::uint32_t now = b.columns.state[s];
  const HomeYear& home = b.tables.home;
  const double pay = home.home_pay_usd[code(person.education)];
  if (state::TaxClaimField::get(now) != 0) {
    const double cut = home.enacted[static_cast<std::size_t>(Lever::tax)] *
                       std::max(0.0, b.parameters.fiscal_tax_home - b.parameters.fiscal_tax_special);
    b.use_lever(Lever::tax, round_to_int(cut * pay));
  }
  const bool holds_post = state::PostField::get(now) != 0;
  const auto mode = static_cast<Mode>(state::ModeField::get(now));
  const bool works = mode == Mode::wage || mode == Mode::entrepreneur;
  if (holds_post) b.use_lever(Lever::posts, 1);
  if (holds_post || (home.top_for_all && works && expert_eligible(b.group.utilities, person))) {
    b.use_lever(Lever::pay, round_to_int(home.enacted[static_cast<std::size_t>(Lever::pay)] * pay));
  }
}

void leave_again(BlockYear& b, std::uint32_t s) {
  std::uint32_t now = b.columns.state[s];
  b.record(s, Event::re_emigration, static_cast<Mode>(state::ModeField::get(now)));
  now = state::StatusField::set(now, code(Status::settled));
  now = state::BadStoryField::set(now, 1);
  now = state::PostField::set(now, 0);
  now = state::TaxClaimField::set(now, 0);
  if (static_cast<Legal>(state::LegalField::get(now)) == Legal::temporary) {
    now = state::LegalField::set(now, code(Legal::resident));
  }
  b.columns.state[s] = now;
  // Whoever lived at home knows what it is like.
  b.columns.pay_belief[s] = static_cast<std::int16_t>(std::clamp(b.tables.pipeline.true_pay, -32767, 32767));
  b.columns.redtape_belief[s] = static_cast<std::uint16_t>(nearest_int(clipped(b.tables.beliefs.true_redtape, 0, 65535)));
}

// A child is known by its key, which follows from the mother's and the year of birth.
void bring_children(BlockYear& b) {
  const std::vector<Workspace::MotherHome>& mothers = b.work.mothers_home;
  const std::uint32_t* first = b.work.first_mother.data() - b.block.first_community;
  // Children born here share the place of the mother: a bit for each mother's spares most children the search.
  std::array<std::uint64_t, 64> places{};
  const auto bit_of = [&](std::uint32_t s) { return (b.columns.community[s] * 61u + b.columns.place[s]) % 4096; };
  for (const Workspace::MotherHome& mother : mothers) {
    const std::uint32_t bit = bit_of(mother.slot);
    places[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  IndexList minors = b.work.minors_room.empty();
  list_minors(b.block_columns(), b.used, b.year, minors);
  for (std::size_t k = 0; k < minors.count; ++k) {
    const std::uint32_t s = b.slot(minors.at[k]);
    const std::uint32_t bit = bit_of(s);
    if ((places[bit / 64] >> bit % 64 & 1) == 0) continue;
    const int born = birth_year_base + b.columns.birth[s];
    std::uint32_t m = first[b.columns.community[s]];
    const auto is_mother = [&](std::uint32_t mother) {
      return b.columns.place[mother] == b.columns.place[s] && child_key(b.columns.key[mother], born) == b.columns.key[s];
    };
    while (m != Workspace::no_mother && !is_mother(mothers[m].slot)) m = mothers[m].next;
    if (m == Workspace::no_mother) continue;
    b.record(s, Event::tied_minor);
    b.leave(s);
  }
  std::fill_n(b.work.first_mother.begin(), b.block.communities, Workspace::no_mother);
}

}  // namespace

void pass_procedures(BlockYear& b) {
  b.applicants().clear();
  for (std::size_t k = 0; k < b.work.preparing.count; ++k) {
    if (!b.gone(b.slot(b.work.preparing.at[k]))) Passage(b, b.work.preparing.at[k]).run();
  }
}

void live_at_home(BlockYear& b) {
  const ReEmigrationTables& leaving = b.tables.re_emigration;
  const std::uint64_t at_most = threshold(re_emigration_at_most(leaving)) + 1;
  // Those who were at home at the start of the year: claims, and leaving again.
  b.work.few_keys.clear();
  for (std::size_t k = 0; k < b.work.home.count; ++k) b.work.few_keys.push_back(b.columns.key[b.slot(b.work.home.at[k])]);
  const int claim_years = round_to_int(b.parameters.fiscal_claim_years);
  b.draw_for_few(b.streams.returnee, b.time(), [&](std::size_t k, const Words& words) {
    const std::uint32_t s = b.slot(b.work.home.at[k]);
    if (b.gone(s)) return;
    const int years_home = b.year - birth_year_base - b.columns.year[s];
    const bool may_leave = words[0] < at_most;
    constexpr std::uint32_t holds = state::TaxClaimField::mask | state::PostField::mask;
    const bool claims = years_home < claim_years && ((b.columns.state[s] & holds) != 0 || b.tables.home.top_for_all);
    if (!may_leave && !claims) return;
    if (claims) claim(b, s, person_at(b.columns, s, b.year));
    if (!may_leave) return;
    const std::uint32_t now = b.columns.state[s];
    const auto legal = static_cast<Legal>(state::LegalField::get(now));
    const bool foreign = legal == Legal::naturalised || legal == Legal::dual;
    const auto hazard = [&](double shortfall) {
      return threshold(re_emigration_probability(leaving, foreign, years_home, shortfall));
    };
    if (words[0] >= hazard(leaving.worst)) return;
    const auto mode = static_cast<Mode>(state::ModeField::get(now));
    const bool had_offer = mode == Mode::wage && state::OfferFirstField::get(now) != 0;
    const Words draw = b.streams.returnee.words(b.columns.key[s], b.columns.year[s], 1);
    if (words[0] < hazard(had_offer ? 1 : leaving.shortfall[draw[0] >> 24])) leave_again(b, s);
  });
  // Those who came home this year claim from the first day; their children under 18 come along.
  b.work.mothers_home.clear();
  for (const EventRecord& event : b.work.events) {
    const bool stays = event.event == Event::return_settled || event.event == Event::return_student;
    if (!stays && event.event != Event::return_contract) continue;
    if (stays && claim_years > 0) claim(b, event.slot, person_at(b.columns, event.slot, b.year));
    if (static_cast<Sex>(traits::SexField::get(b.columns.traits[event.slot])) == Sex::female) {
      std::uint32_t& first = b.work.first_mother[b.columns.community[event.slot] - b.block.first_community];
      b.work.mothers_home.push_back({event.slot, first});
      first = static_cast<std::uint32_t>(b.work.mothers_home.size()) - 1;
    }
  }
  if (!b.work.mothers_home.empty()) bring_children(b);
}

}  // namespace homeward
