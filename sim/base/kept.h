// What took long to make, kept in the process for the next run that wants the same.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

namespace homeward {

// Everything that determines a thing, bit for bit: equal keys, equal things.
class ByteKey {
 public:
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
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// The things last asked for, up to `most_bytes` of them by their own bytes(). From any thread: who asks for what
// another is making waits for it.
template <typename Thing>
class Kept {
 public:
  explicit Kept(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  template <typename Make>
  std::shared_ptr<const Thing> get(const ByteKey& key, const Make& make) {
    const std::shared_ptr<Entry> entry = entry_of(key.bytes());
    std::call_once(entry->once, [&] {
      entry->thing = std::make_shared<const Thing>(make());
      ++made_;
    });
    const std::lock_guard lock(mutex_);
    entry->bytes = entry->key.size() + entry->thing->bytes();
    if (entry->bytes > most_bytes_) entries_.remove(entry);
    std::size_t bytes = 0;
    for (auto at = entries_.begin(); at != entries_.end();) {
      bytes += (*at)->bytes;
      at = bytes > most_bytes_ ? entries_.erase(at) : std::next(at);
    }
    return entry->thing;
  }

  // How many were made so far: for tests.
  std::size_t made() const { return made_.load(); }

 private:
  struct Entry {
    explicit Entry(std::string all) : key(std::move(all)) {}
    std::string key;
    std::once_flag once;
    std::shared_ptr<const Thing> thing;
    std::size_t bytes = 0;
  };

  std::shared_ptr<Entry> entry_of(const std::string& key) {
    const std::lock_guard lock(mutex_);
    auto found = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry->key == key; });
    if (found == entries_.end()) {
      entries_.push_front(std::make_shared<Entry>(key));
    } else {
      entries_.splice(entries_.begin(), entries_, found);
    }
    return entries_.front();
  }

  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::list<std::shared_ptr<Entry>> entries_;  // the one asked for last comes first
  std::atomic<std::size_t> made_{0};
};

}  // namespace homeward
