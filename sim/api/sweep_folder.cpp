// The folder of a sweep: whose it is, and which plan was swept into it.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "analysis/whole_file.h"
#include "api/bridge.h"
#include "api/sweep_parts.h"
#include "homeward/version.h"
#include "report/sweep_record.h"

namespace homeward::v1 {
namespace {

namespace fs = std::filesystem;

constexpr const char* note_name = "sweep.json";
constexpr const char* store_name = "store";

[[noreturn]] void refuse(const std::string& path, std::string problem, std::string remedy) {
  throw homeward::InputError(homeward::Fault{{path, 0, 0}, "", std::move(problem), "", std::move(remedy)});
}

// What another process of the same sweep may have put there before its store.
bool is_own(const std::string& name) { return name == note_name || name == store_name || name.starts_with('.'); }

nlohmann::json read_note(const std::string& path) {
  std::ifstream in(fs::path(path) / note_name);
  return nlohmann::json::parse(in, nullptr, false);
}

template <typename Value>
void take(const nlohmann::json& note, const char* key, std::optional<Value>& into) {
  if (note.contains(key) && note[key].is_number()) into = note[key].get<Value>();
}

}  // namespace

SweepFolder SweepFolder::claim(const std::string& path, bool force) {
  return translated([&] {
    if (path.empty()) refuse("-o", "the name of the output folder is empty", "Give a folder, as in `-o results`");
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::none)
      throw homeward::RunError("cannot look at " + path + ": " + error.message());
    if (fs::exists(status) && !fs::is_directory(status))
      refuse(path, "is a file; results need a folder", "Give another folder with -o");
    if (fs::exists(status) && !force && !fs::exists(fs::path(path) / store_name, error)) {
      std::string other;
      for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!is_own(name) && (other.empty() || name < other)) other = name;
      }
      // Another process may have made the store since we looked for it.
      if (!other.empty() && !fs::exists(fs::path(path) / store_name, error)) {
        refuse(path, "holds '" + other + "', which is not of a sweep",
               "Give an empty folder with -o, or --force to write beside it");
      }
    }
    fs::create_directories(fs::path(path) / store_name, error);
    if (error) throw homeward::RunError("cannot make the folder " + path + "/" + store_name + ": " + error.message());
    return SweepFolder(path);
  });
}

SweepFolder SweepFolder::open(const std::string& path) {
  return translated([&] {
    std::error_code error;
    if (!fs::is_directory(fs::path(path) / store_name, error))
      refuse(path, "is not the folder of a sweep", "Give the folder that `homeward sweep PLAN -o` wrote to");
    return SweepFolder(path);
  });
}

std::string SweepFolder::store() const { return (fs::path(path_) / store_name).string(); }

void SweepFolder::note(const SweepPlan& plan, const SweepOptions& options) const {
  translated([&] {
    std::error_code error;
    nlohmann::ordered_json note;
    note["plan"] = fs::absolute(plan.file(), error).lexically_normal().string();
    if (!options.tables.empty()) note["tables"] = fs::absolute(options.tables, error).lexically_normal().string();
    if (options.seed) note["seed"] = *options.seed;
    if (options.replicates) note["replicates"] = *options.replicates;
    if (options.to_year) note["to"] = *options.to_year;
    if (options.scale) note["scale"] = *options.scale;
    if (options.force_range) note["force_range"] = true;
    const BuildFacts build = build_facts();
    const homeward::Sweep& sweep = plan.parts().sweep;
    const std::string tables = sweep.plan().scenarios.front().source->tables().folder;
    note["record"] = nlohmann::ordered_json::parse(
        sweep_record_json(sweep, {build.version, build.revision, load_presentation(tables)}));
    const std::string text = note.dump(2) + '\n';
    std::ifstream in(fs::path(path_) / note_name);
    if (std::string(std::istreambuf_iterator<char>(in), {}) == text) return 0;
    // Shards that start together write the same note: each under a name of its own, the last rename stays.
    char name[300]{};
    char host[200]{};
    ::gethostname(host, sizeof host - 1);
    std::snprintf(name, sizeof name, ".%s.%s.%ld", note_name, host, static_cast<long>(::getpid()));
    WholeFile file((fs::path(path_) / name).string());
    file.write(text);
    file.finish();
    file.commit();
    fs::rename(fs::path(path_) / name, fs::path(path_) / note_name, error);
    if (error) throw homeward::RunError("cannot write " + path_ + '/' + note_name + ": " + error.message());
    return 0;
  });
}

std::string SweepFolder::noted_plan() const {
  return translated([&] {
    const nlohmann::json note = read_note(path_);
    if (!note.is_object() || !note.contains("plan") || !note["plan"].is_string())
      refuse(path_, "does not say which plan was swept into it", "Name the plan, and the folder with -o");
    return note["plan"].get<std::string>();
  });
}

SweepOptions SweepFolder::noted_options() const {
  const nlohmann::json note = read_note(path_);
  SweepOptions options;
  if (!note.is_object()) return options;
  take(note, "seed", options.seed);
  take(note, "replicates", options.replicates);
  take(note, "to", options.to_year);
  take(note, "scale", options.scale);
  if (note.contains("tables") && note["tables"].is_string()) options.tables = note["tables"].get<std::string>();
  options.force_range = note.value("force_range", false);
  return options;
}

}  // namespace homeward::v1
