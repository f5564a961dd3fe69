// A replicate is complete when the file that compares its arms is there.
#include "analysis/comparison_store.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "analysis/byte_stream.h"
#include "analysis/whole_file.h"
#include "base/fault.h"

namespace homeward {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "homeward-comparison 2\n";
constexpr std::string_view arm_prefix = "arm-";

void write_account(ByteWriter& writer, const FiscalAccount& account) {
  writer.integer(account.from_year);
  writer.integer(account.to_year);
  const auto lever = [&](const LeverAccount& one) {
    for (const double value : {one.claimants, one.always, one.additional, one.retained, one.usd}) writer.real(value);
  };
  for (const LeverAccount& one : account.levers) lever(one);
  lever(account.all);
  writer.real(account.income_tax);
  for (const auto& year : account.spending) {
    for (const double usd : year) writer.real(usd);
  }
}

FiscalAccount read_account(ByteReader& reader) {
  FiscalAccount account;
  account.from_year = static_cast<int>(reader.integer());
  account.to_year = static_cast<int>(reader.integer());
  const auto lever = [&](LeverAccount& one) {
    for (double* value : {&one.claimants, &one.always, &one.additional, &one.retained, &one.usd}) *value = reader.real();
  };
  for (LeverAccount& one : account.levers) lever(one);
  lever(account.all);
  account.income_tax = reader.real();
  account.spending.assign(static_cast<std::size_t>(year_count), {});
  for (auto& year : account.spending) {
    for (double& usd : year) usd = reader.real();
  }
  return account;
}

void write_lists(ByteWriter& writer, const std::vector<std::vector<double>>& lists) {
  writer.count(lists.size());
  for (const auto& list : lists) {
    writer.count(list.size());
    for (const double value : list) writer.real(value);
  }
}

std::vector<std::vector<double>> read_lists(ByteReader& reader) {
  std::vector<std::vector<double>> lists(reader.things());
  for (auto& list : lists) {
    list.resize(reader.things());
    for (double& value : list) value = reader.real();
  }
  return lists;
}

void write_ledger(ByteWriter& writer, const Ledger& ledger) {
  writer.integer(ledger.horizon.additional);
  writer.integer(ledger.horizon.early);
  writer.count(ledger.cells.size());
  for (const LedgerCell& cell : ledger.cells) {
    writer.integer(cell.year);
    for (const unsigned part : {unsigned{cell.host}, unsigned{code(cell.migrant_class)}, unsigned{code(cell.generation)},
                                unsigned{code(cell.education)}, unsigned{code(cell.category)}}) {
      writer.count(part);
    }
    writer.integer(cell.base);
    writer.integer(cell.alt);
  }
}

Ledger read_ledger(ByteReader& reader) {
  Ledger ledger;
  ledger.horizon.additional = reader.integer();
  ledger.horizon.early = reader.integer();
  ledger.cells.resize(reader.things());
  for (LedgerCell& cell : ledger.cells) {
    cell.year = static_cast<int>(reader.integer());
    cell.host = static_cast<std::uint16_t>(reader.count());
    cell.migrant_class = static_cast<MigrantClass>(reader.count());
    cell.generation = static_cast<Generation>(reader.count());
    cell.education = static_cast<Education>(reader.count());
    cell.category = static_cast<Category>(reader.count());
    cell.base = reader.integer();
    cell.alt = reader.integer();
  }
  return ledger;
}

}  // namespace

std::string encode_records(std::string_view key, const std::vector<AltRecord>& records) {
  ByteWriter writer;
  writer.raw(magic);
  writer.text(key);
  writer.count(records.size());
  for (const AltRecord& record : records) {
    write_ledger(writer, record.ledger);
    write_account(writer, record.account);
    write_lists(writer, record.shapley);
    write_lists(writer, record.interactions);
  }
  const std::uint64_t sum = checksum(writer.bytes());
  writer.word(sum);
  return writer.take();
}

std::optional<std::vector<AltRecord>> decode_records(std::string_view key, std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  const std::string_view body = bytes.substr(0, bytes.size() - 8);
  if (ByteReader(bytes.substr(body.size())).word() != checksum(body)) return std::nullopt;
  ByteReader reader(body);
  if (!reader.expect(magic) || reader.text() != key) return std::nullopt;
  std::vector<AltRecord> records(reader.things());
  for (AltRecord& record : records) {
    record.ledger = read_ledger(reader);
    record.account = read_account(reader);
    record.shapley = read_lists(reader);
    record.interactions = read_lists(reader);
  }
  if (!reader.at_end()) return std::nullopt;
  return records;
}

ReplicateStore ComparisonStore::arm(std::size_t arm) const {
  if (!keeps()) return {};
  const std::string number = std::to_string(arm);
  return {folder_ + '/' + std::string(arm_prefix) + number, key_ + "arm " + number + "\n"};
}

std::string ComparisonStore::file(int replicate) const {
  char name[40];
  std::snprintf(name, sizeof name, "/compared-%04d.bin", replicate);
  return folder_ + name;
}

std::optional<std::vector<AltRecord>> ComparisonStore::load(int replicate) const {
  if (!keeps()) return std::nullopt;
  std::ifstream in(file(replicate), std::ios::binary);
  if (!in) return std::nullopt;
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return in.bad() ? std::nullopt : decode_records(key_, bytes);
}

void ComparisonStore::save(int replicate, const std::vector<AltRecord>& records) const {
  if (!keeps()) return;
  WholeFile out(file(replicate));
  out.write(encode_records(key_, records));
  out.finish();
  out.commit();
}

bool holds_another_comparison(const std::string& folder, const std::string& key) {
  if (folder.empty()) return false;
  bool any = false;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    any |= name.starts_with("replicate-");  // of a run
    if (!name.starts_with("compared-")) continue;
    any = true;
    std::ifstream in(entry->path(), std::ios::binary);
    std::string head(magic.size() + 16 + key.size(), '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (head.find(key) != std::string::npos) return false;
  }
  return any;
}

void clear_comparison(const std::string& folder) {
  if (folder.empty()) return;
  std::vector<fs::path> arms;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().filename().string().starts_with(arm_prefix)) arms.push_back(entry->path());
    if (entry->path().filename().string().starts_with("compared-")) arms.push_back(entry->path());
  }
  for (const fs::path& path : arms) {
    if (fs::is_directory(path, error)) ReplicateStore(path.string(), "").clear();
    fs::remove(path, error);
  }
  ReplicateStore(folder, "").clear();
}

}  // namespace homeward
