// Claims are read from the state in which a returnee ends the year of the return.
#include "analysis/return_book.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <tuple>
#include <utility>

#include "behaviour/pipeline.h"
#include "parallel/blocks.h"

namespace homeward {

namespace {

constexpr auto by_person_and_year = [](const auto& a, const auto& b) {
  return std::tie(a.key, a.year) < std::tie(b.key, b.year);
};

// The lists of all workers as one, by person and year. Keys are hashes, so that their upper bits deal the records into
// buckets of a few each, which are sorted in the cache. The lists are emptied.
template <typename Value>
std::vector<Value> sorted_together(std::vector<ReturnBook>& books, std::vector<Value> ReturnBook::*list) {
  constexpr std::size_t few = 8;
  const std::size_t workers = books.size();
  const auto threads = static_cast<int>(workers);
  std::size_t total = 0;
  for (const ReturnBook& book : books) total += (book.*list).size();
  const auto bits = static_cast<unsigned>(std::bit_width(total / few)) + 1;
  const std::size_t buckets = std::size_t{1} << bits;
  const auto bucket_of = [&](const Value& value) { return static_cast<std::size_t>(value.key >> (64 - bits)); };
  // Where each worker's part of a bucket begins.
  std::vector<std::vector<std::size_t>> next(workers, std::vector<std::size_t>(buckets, 0));
  for_each_block(workers, threads, [&](std::size_t w) {
    for (const Value& value : books[w].*list) ++next[w][bucket_of(value)];
  });
  std::vector<std::size_t> first(buckets + 1, 0);
  std::size_t before = 0;
  for (std::size_t b = 0; b < buckets; ++b) {
    first[b] = before;
    for (std::size_t w = 0; w < workers; ++w) before += std::exchange(next[w][b], before);
  }
  first[buckets] = total;
  std::vector<Value> dealt(total);
  for_each_block(workers, threads, [&](std::size_t w) {
    for (const Value& value : books[w].*list) dealt[next[w][bucket_of(value)]++] = value;
    books[w].*list = {};
  });
  const auto at = [&](std::size_t i) { return dealt.begin() + static_cast<std::ptrdiff_t>(i); };
  const std::size_t chunks = std::min<std::size_t>(buckets, 64);
  for_each_block(chunks, threads, [&](std::size_t chunk) {
    for (std::size_t b = chunk * buckets / chunks; b < (chunk + 1) * buckets / chunks; ++b) {
      std::sort(at(first[b]), at(first[b + 1]), by_person_and_year);
    }
  });
  return dealt;
}

template <typename Value, typename Before>
void merge_lists(std::vector<Value>& list, std::vector<Value>&& other, const Before& before) {
  if (list.empty()) {
    list = std::move(other);
    return;
  }
  const auto middle = static_cast<std::ptrdiff_t>(list.size());
  list.insert(list.end(), other.begin(), other.end());
  std::inplace_merge(list.begin(), list.begin() + middle, list.end(), before);
}

}  // namespace

void ReturnBook::merge(ReturnBook&& other) {
  merge_lists(returns, std::move(other.returns), by_person_and_year);
  merge_lists(departures, std::move(other.departures), by_person_and_year);
  merge_lists(born, std::move(other.born), std::less<>());
}

bool ReturnBook::knows(const ReturnRecord& record, int since) const {
  const bool born_abroad = record.generation == Generation::g2 || record.generation == Generation::g3;
  if (born_abroad && birth_year_base + record.birth >= since &&
      std::binary_search(born.begin(), born.end(), record.key)) {
    return true;
  }
  if (people) return std::binary_search(people->begin(), people->end(), record.key);
  return !born_abroad || birth_year_base + record.birth < since;
}

bool is_claimed_by_returnees(Lever lever) {
  switch (lever) {
    case Lever::pay:
    case Lever::tax:
    case Lever::funding:
    case Lever::posts:
    case Lever::fast_track:
    case Lever::cut_papers:
    case Lever::cut_residence:
    case Lever::cut_recognition:
    case Lever::cut_position:
    case Lever::cut_licence:
    case Lever::cut_relocation: return true;
    default: return false;
  }
}

ReturnScribe::ReturnScribe(const Timeline& timeline, int workers, ReturnsDefinition definition)
    : timeline_(timeline), definition_(definition), books_(static_cast<std::size_t>(std::max(1, workers))) {}

std::uint32_t ReturnScribe::claims_of(const BlockReport& report, std::uint32_t slot, ReturnKind kind) const {
  if (kind == ReturnKind::contract) return 0;
  const HomeYear& home = timeline_.home(report.year);
  const Parameters& p = timeline_.scenario().parameters;
  const std::uint32_t now = report.columns->state[slot];
  const Person person = person_at(*report.columns, slot, report.year);
  const auto mode = static_cast<Mode>(state::ModeField::get(now));
  const bool expert = person.expert() && person.age < round_to_int(p.fiscal_max_age);
  const bool works = mode == Mode::wage || mode == Mode::entrepreneur;
  const bool post = state::PostField::get(now) != 0;
  std::uint32_t claims = 0;
  const auto claim = [&](Lever lever, bool used) {
    if (used && home.enacted[static_cast<std::size_t>(lever)] > 0) claims |= 1u << static_cast<unsigned>(lever);
  };
  claim(Lever::tax, state::TaxClaimField::get(now) != 0);
  claim(Lever::posts, post);
  claim(Lever::pay, post || (home.top_for_all && works && expert));
  if (kind == ReturnKind::student) return claims;
  claim(Lever::funding, mode == Mode::wage && expert && person.sector == Sector::research);
  const bool offer_first = mode == Mode::wage && state::OfferFirstField::get(now) != 0;
  const std::array<bool, 6> stages = stages_of(mode, person, offer_first);
  for (std::size_t k = 0; k < stages.size(); ++k) {
    claim(static_cast<Lever>(static_cast<std::size_t>(Lever::cut_papers) + k), stages[k]);
  }
  claim(Lever::fast_track, expert && (stages[code(Stage::recognition)] || stages[code(Stage::position)]));
  return claims;
}

void ReturnScribe::take(const BlockReport& report, std::size_t worker) {
  ReturnBook& book = books_[worker];
  const Columns& columns = *report.columns;
  const auto year = static_cast<std::uint16_t>(report.year);
  for (const EventRecord& event : report.events) {
    const std::uint32_t s = event.slot;
    ReturnKind kind{};
    switch (event.event) {
      case Event::return_settled: kind = ReturnKind::settled; break;
      case Event::return_student: kind = ReturnKind::student; break;
      case Event::return_contract: kind = ReturnKind::contract; break;
      case Event::re_emigration: book.departures.push_back({columns.key[s], year, false}); continue;
      case Event::death_home: book.departures.push_back({columns.key[s], year, true}); continue;
      case Event::birth:
        if (report.year + adult_age <= last_year) book.born.push_back(columns.key[s]);
        continue;
      default: continue;
    }
    if (kind == ReturnKind::contract && definition_ != ReturnsDefinition::all) continue;
    const std::uint16_t fixed = columns.traits[s];
    ReturnRecord record;
    record.key = columns.key[s];
    record.claims = claims_of(report, s, kind);
    record.year = year;
    record.host = static_cast<std::uint16_t>(report.block->host);
    record.kind = kind;
    record.migrant_class = static_cast<MigrantClass>(traits::ClassField::get(fixed));
    record.generation = static_cast<Generation>(traits::GenerationField::get(fixed));
    record.education = static_cast<Education>(traits::EducationField::get(fixed));
    record.sector = static_cast<Sector>(traits::SectorField::get(fixed));
    record.birth = columns.birth[s];
    const auto mode = static_cast<Mode>(state::ModeField::get(columns.state[s]));
    record.works = kind != ReturnKind::contract && (mode == Mode::wage || mode == Mode::entrepreneur);
    record.post = state::PostField::get(columns.state[s]) != 0 && kind != ReturnKind::contract;
    book.returns.push_back(record);
  }
}

ReturnBook ReturnScribe::finish() {
  ReturnBook whole;
  whole.returns = sorted_together(books_, &ReturnBook::returns);
  whole.departures = sorted_together(books_, &ReturnBook::departures);
  for (ReturnBook& book : books_) {
    whole.born.insert(whole.born.end(), book.born.begin(), book.born.end());
    book.born = {};
  }
  std::sort(whole.born.begin(), whole.born.end());
  return whole;
}

}  // namespace homeward
