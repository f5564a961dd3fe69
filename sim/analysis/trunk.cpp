// magic, key, tallies, state, checksum.
#include "analysis/trunk.h"

#include <bit>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/model_version.h"
#include "analysis/replicate_codec.h"
#include "analysis/replicate_store.h"
#include "analysis/whole_file.h"
#include "base/fault.h"
#include "engine/checkpoint.h"
#include "scenario/sha256.h"

namespace homeward {
namespace {

constexpr std::string_view magic = "homeward-trunk 1\n";

// Of eight bytes at a time; the order of the pieces in which they come does not matter.
class Sum {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) {
      word_ |= std::uint64_t{static_cast<unsigned char>(c)} << shift_;
      shift_ += 8;
      if (shift_ == 64) fold();
    }
  }
  std::uint64_t value() {
    fold();
    return sum_;
  }

 private:
  void fold() {
    sum_ = (sum_ ^ word_) * 0x9e3779b97f4a7c15ull;
    sum_ ^= sum_ >> 32;
    word_ = 0;
    shift_ = 0;
  }
  std::uint64_t sum_ = 0xcbf29ce484222325ull, word_ = 0;
  unsigned shift_ = 0;
};

class Numbers {
 public:
  void add(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    bytes_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  }
  template <typename Range>
  void all(const Range& values) {
    for (const double value : values) add(value);
  }
  void text(std::string_view value) { bytes_ += std::string(value) + '\n'; }
  std::string hash() const { return sha256(bytes_).substr(0, 32); }

 private:
  std::string bytes_;
};

std::string policy_hash(const Timeline& timeline, int to) {
  Numbers numbers;
  for (int year = first_year; year <= to; ++year) {
    const HomeYear& home = timeline.home(year);
    numbers.all(home.delivered);
    numbers.all(home.enacted);
    numbers.all(home.promised);
    numbers.all(home.months);
    numbers.all(home.months_fast_track);
    numbers.all(home.home_premium);
    numbers.all(home.home_pay_usd);
    const auto in_force = [&](Lever lever) { return home.delivered[static_cast<std::size_t>(lever)] != 0 ||
                                                    home.enacted[static_cast<std::size_t>(lever)] != 0 ||
                                                    home.promised[static_cast<std::size_t>(lever)] != 0; };
    numbers.add(in_force(Lever::tax) && home.tax_for_graduates ? 1 : 0);
    numbers.add(in_force(Lever::pay) && home.top_for_all ? 1 : 0);
    for (const double value :
         {home.broken_for_all, home.broken_for_eligible, home.legal_certainty, home.pay_index, home.pay_growth,
          home.redtape_trend, home.redtape_index, home.redtape_promised, home.tax_gain, home.tax_gain_promised,
          home.top_gain, home.top_gain_promised, home.posts, home.attention_offset, home.contract_home_offset,
          home.visits_multiplier, home.experts_multiplier, home.ecosystem, home.trust_shock, home.network_members}) {
      numbers.add(value);
    }
  }
  return numbers.hash();
}

std::string hosts_hash(const Tables& tables, int to) {
  Numbers numbers;
  for (const HostGroup& group : tables.groups) {
    for (int year = first_year; year <= to; ++year) {
      const std::size_t t = year_index(year);
      for (const double value : {group.contract_home_offset[t], group.hostility[t], group.job_loss[t]}) numbers.add(value);
      for (const YearSeries& wage : group.ln_wage) numbers.add(wage[t]);
    }
  }
  return numbers.hash();
}

// The key as it stands in the file, or empty where the file is no trunk.
std::string read_key(std::istream& in) {
  std::string head(magic.size(), '\0');
  std::uint64_t size = 0;
  if (!in.read(head.data(), static_cast<std::streamsize>(head.size())) || head != magic) return "";
  if (!in.read(reinterpret_cast<char*>(&size), sizeof size) || size > (1u << 20)) return "";
  std::string key(size, '\0');
  return in.read(key.data(), static_cast<std::streamsize>(size)) ? key : "";
}

[[noreturn]] void refuse(const std::string& file, std::string problem) {
  throw InputError(Fault{{file, 0, 0}, "", std::move(problem), "Nothing was taken from it",
                         "Give another folder with --keep-trunk, or remove the file"});
}

// The first words of the lines that differ.
std::string what_differs(const std::string& kept, const std::string& wanted) {
  std::istringstream a(kept), b(wanted);
  std::string words, x, y;
  while (std::getline(b, y)) {
    if (!std::getline(a, x)) x.clear();
    if (x != y) words += (words.empty() ? "" : ", ") + y.substr(0, y.find(' '));
  }
  return words;
}

void compare_keys(const std::string& file, const std::string& kept, const std::string& wanted) {
  if (kept.empty()) refuse(file, "is no trunk of this version of homeward");
  if (kept != wanted) refuse(file, "was kept for another past: not the same " + what_differs(kept, wanted));
}

}  // namespace

std::string trunk_key(const Timeline& timeline, const ReplicateSettings& settings, int last_common_year) {
  const Scenario& scenario = timeline.scenario();
  Numbers parameters, tables, arrivals;
  for (const ParameterMember& member : parameter_members()) parameters.add(scenario.parameters.*member.member);
  for (const TableFile& file : scenario.tables.files) {
    const std::size_t end = file.path.rfind('/');
    const std::size_t start = end == std::string::npos ? end : file.path.rfind('/', end - 1);
    tables.text(start == std::string::npos ? file.path : file.path.substr(start + 1));
    tables.text(file.sha256);
  }
  for (const HostGroup& group : scenario.tables.groups) arrivals.all(group.arrivals_multiplier);
  return "model " + std::to_string(model_version) + "\nseed " + std::to_string(settings.seed) + "\nscale " +
         std::to_string(std::bit_cast<std::uint64_t>(settings.scale)) + "\nyears " + std::to_string(last_common_year) +
         "\nparameters " + parameters.hash() + "\ntables " + tables.hash() + "\narrivals " + arrivals.hash() +
         "\npolicy " + policy_hash(timeline, last_common_year) + "\nhosts " +
         hosts_hash(scenario.tables, last_common_year) + "\noutputs " + outputs_text(scenario) + "\n";
}

std::string trunk_file(const std::string& folder, int replicate) {
  char name[40];
  std::snprintf(name, sizeof name, "/trunk-%04d.bin", replicate);
  return folder + name;
}

void check_trunk(const std::string& file, const std::string& key) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return;
  if (!std::filesystem::is_regular_file(file, error)) refuse(file, "is no file");
  std::ifstream in(file, std::ios::binary);
  compare_keys(file, read_key(in), key);
}

std::optional<Trunk> load_trunk(const std::string& file, const std::string& key, const Timeline& timeline,
                                const ReplicateSettings& settings) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  check_trunk(file, key);
  std::ifstream in(file, std::ios::binary);
  Sum sum;
  const std::string kept = read_key(in);
  sum.add(kept);
  const StateReader read = [&](void* to, std::size_t size) {
    if (!in.read(static_cast<char*>(to), static_cast<std::streamsize>(size))) return false;
    sum.add({static_cast<const char*>(to), size});
    return true;
  };
  std::uint64_t size = 0;
  std::string tallies;
  bool whole = read(&size, sizeof size) && size < std::filesystem::file_size(file, error);
  if (whole) {
    tallies.resize(size);
    whole = read(tallies.data(), size);
  }
  Trunk trunk;
  if (whole) {
    trunk.simulation = Checkpoint::load(timeline.scenario(), settings.seed, {settings.threads, settings.scale}, read);
  }
  std::uint64_t expected = 0;
  whole = trunk.simulation && in.read(reinterpret_cast<char*>(&expected), sizeof expected) && expected == sum.value();
  auto result = whole ? decode_replicate(key, tallies) : std::nullopt;
  if (!result) refuse(file, "is damaged: its checksum does not hold");
  trunk.result = std::move(*result);
  return trunk;
}

void save_trunk(const std::string& file, const std::string& key, const Simulation& simulation,
                const ReplicateResult& result) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::filesystem::create_directories(folder, error);
  if (error) throw RunError("cannot make the folder " + folder.string() + ": " + error.message());
  WholeFile out(file);
  Sum sum;
  const auto plain = [&](std::uint64_t value) {
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const StateWriter write = [&](std::string_view bytes) {
    sum.add(bytes);
    out.write(bytes);
  };
  out.write(magic);
  out.write(plain(key.size()));
  write(key);
  const std::string tallies = encode_replicate(key, result);
  write(plain(tallies.size()));
  write(tallies);
  Checkpoint::save(simulation, write);
  out.write(plain(sum.value()));
  out.finish();
  out.commit();
}

}  // namespace homeward
