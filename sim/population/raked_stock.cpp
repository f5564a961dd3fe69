#include "population/raked_stock.h"

#include <string>

#include "parallel/blocks.h"

namespace homeward {
namespace {

constexpr std::size_t most_bytes = std::size_t{32} << 20;

Kept<RakedStock>& kept() {
  static Kept<RakedStock> latest(most_bytes);
  return latest;
}

RakedStock rake_all(const Tables& tables, int threads) {
  RakedStock stock{StockLaws(tables), {}, {}};
  stock.groups.resize(tables.groups.size());
  stock.generation_by_age.resize(tables.groups.size());
  for_each_block(stock.groups.size(), threads, [&](std::size_t group) {
    stock.groups[group] = rake_group(tables, stock.laws, static_cast<int>(group));
    stock.generation_by_age[group] = generation_by_age(stock.groups[group]);
  });
  return stock;
}

std::size_t bytes_of(const Margin& margin) {
  return margin.bin.size() * sizeof(int) + static_cast<std::size_t>(margin.target.size()) * sizeof(double);
}

}  // namespace

std::size_t RakedStock::bytes() const {
  std::size_t bytes = sizeof *this;
  for (const GroupStock& group : groups) {
    bytes += group.cells.size() * (sizeof(StockCellCode) + sizeof(double));
    for (const Margin& margin : group.margins) bytes += bytes_of(margin);
  }
  for (const Margin& margin : generation_by_age) bytes += bytes_of(margin);
  return bytes;
}

void add_raking_input(const Tables& tables, ByteKey& key) {
  key.add(tables.groups.size());
  for (const HostGroup& group : tables.groups) {
    key.add(group.synthesis_factor);
    key.add(group.attribute_profile);
    key.add(group.code);
  }
  key.add(tables.stocks.size());
  for (const StockCell& cell : tables.stocks) {
    key.add(cell.group);
    key.add(code(cell.migrant_class));
    key.add(code(cell.generation));
    key.add(cell.age_group);
    key.add(cell.persons);
  }
  key.add(tables.attributes.size());
  for (const AttributeShare& row : tables.attributes) {
    key.add(row.attribute);
    key.add(row.profile);
    key.add(row.category);
    key.add(row.share);
  }
  for (const auto* laws : {&tables.ages_2004, &tables.arrival_years}) {
    key.add(laws->size());
    for (const auto& [name, law] : *laws) {
      key.add(name);
      for (const double number : {law.base, law.span, law.power, law.min_age}) key.add(number);
    }
  }
}

std::shared_ptr<const RakedStock> raked_stock(const Tables& tables, int threads) {
  ByteKey key;
  add_raking_input(tables, key);
  return kept().get(key, [&] { return rake_all(tables, threads); });
}

std::size_t stocks_raked() { return kept().made(); }

}  // namespace homeward
