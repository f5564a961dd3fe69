#include "population/raked_stock.h"

#include <cstring>
#include <mutex>
#include <string>

#include "parallel/blocks.h"

namespace homeward {
namespace {

// Everything in the tables that raking reads, bit for bit: equal keys, equal results.
class Key {
 public:
  explicit Key(const Tables& tables) {
    for (const HostGroup& group : tables.groups) {
      add(group.synthesis_factor);
      add(group.attribute_profile);
      add(group.code);
    }
    for (const StockCell& cell : tables.stocks) {
      add(cell.group);
      add(code(cell.migrant_class));
      add(code(cell.generation));
      add(cell.age_group);
      add(cell.persons);
    }
    for (const AttributeShare& row : tables.attributes) {
      add(row.attribute);
      add(row.profile);
      add(row.category);
      add(row.share);
    }
    for (const auto* laws : {&tables.ages_2004, &tables.arrival_years}) {
      add(laws->size());
      for (const auto& [name, law] : *laws) {
        add(name);
        for (const double number : {law.base, law.span, law.power, law.min_age}) add(number);
      }
    }
  }
  const std::string& bytes() const { return bytes_; }

 private:
  template <typename Number>
  void add(const Number& number) {
    static_assert(std::is_arithmetic_v<Number>);
    char bytes[sizeof(Number)];
    std::memcpy(bytes, &number, sizeof number);
    bytes_.append(bytes, sizeof number);
  }
  void add(const std::string& text) {
    add(text.size());
    bytes_ += text;
  }
  std::string bytes_;
};

struct Kept {
  std::mutex mutex;
  std::string key;
  std::shared_ptr<const RakedStock> stock;
};
Kept& kept() {
  static Kept latest;
  return latest;
}

}  // namespace

std::shared_ptr<const RakedStock> raked_stock(const Tables& tables, int threads) {
  const Key key(tables);
  {
    const std::lock_guard lock(kept().mutex);
    if (kept().stock != nullptr && kept().key == key.bytes()) return kept().stock;
  }
  auto stock = std::make_shared<RakedStock>(RakedStock{StockLaws(tables), {}});
  stock->groups.resize(tables.groups.size());
  for_each_block(stock->groups.size(), threads, [&](std::size_t group) {
    stock->groups[group] = rake_group(tables, stock->laws, static_cast<int>(group));
  });
  const std::lock_guard lock(kept().mutex);
  kept().key = key.bytes();
  kept().stock = stock;
  return stock;
}

}  // namespace homeward
