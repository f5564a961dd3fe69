// One mapping for all columns: address space is reserved at once, memory is taken page by page as people come.
#include "population/columns.h"

#include <sys/mman.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <string>

#include "base/fault.h"

namespace homeward {
namespace {

constexpr std::size_t line_bytes = 64;

constexpr std::size_t rounded_up(std::size_t bytes) { return (bytes + line_bytes - 1) / line_bytes * line_bytes; }

// Bytes of a slot, column by column.
constexpr std::size_t column_bytes = sizeof(std::uint64_t) + sizeof(std::uint32_t) + 6 * sizeof(std::uint16_t) +
                                     6 * sizeof(std::uint8_t);
static_assert(column_bytes == Columns::bytes_per_slot);
constexpr std::size_t column_count = 14;

}  // namespace

Columns::Columns(std::size_t slots) : slots_(slots) {
  if (slots == 0) return;
  if (slots > std::numeric_limits<std::size_t>::max() / (2 * column_bytes)) {
    throw RunError("the population needs more slots than memory can be addressed for");
  }
  const std::size_t bytes = slots * column_bytes + column_count * line_bytes;
  // Zeroed by the system at first touch. Small pages on purpose: blocks keep room for children that is mostly never
  // touched, and huge pages would fill it.
  void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (address == MAP_FAILED) {
    throw RunError("no memory for the population: " + std::to_string(bytes >> 20) + " MiB of address space for " +
                   std::to_string(slots) + " slots (" + std::strerror(errno) + "). A smaller --scale needs less.");
  }
  memory_ = std::unique_ptr<void, Unmap>(address, Unmap{bytes});

  auto* next = static_cast<std::byte*>(address);
  const auto take = [&](auto*& column) {
    using Value = std::remove_reference_t<decltype(*column)>;
    column = reinterpret_cast<Value*>(next);
    next += rounded_up(slots * sizeof(Value));
  };
  each(*this, take);
}

void Columns::copy_slots(const Columns& from, std::size_t first, std::size_t count) {
  std::array<const void*, column_count> sources{};
  std::size_t next = 0;
  each(from, [&](const auto* column) { sources[next++] = column + first; });
  next = 0;
  each(*this, [&](auto* column) { std::memcpy(column + first, sources[next++], count * sizeof(*column)); });
}

void Columns::clear_slots(std::size_t first, std::size_t count) {
  each(*this, [&](auto* column) { std::memset(column + first, 0, count * sizeof(*column)); });
}

void Columns::Unmap::operator()(void* address) const { munmap(address, bytes); }

}  // namespace homeward
