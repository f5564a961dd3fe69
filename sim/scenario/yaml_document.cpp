#include "scenario/yaml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "scenario/number.h"
#include "scenario/text_file.h"

namespace homeward {
namespace {

// A fault after which the text cannot be read on.
struct Unreadable {};

// The text with LF line ends and the way from a position of yaml-cpp (bytes, from 0) to a Place (characters, from 1).
class Source {
 public:
  Source(std::string_view text, std::string file) : file_(std::move(file)) {
    text_.reserve(text.size() + 1);
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
      text_ += text[at];
    }
    line_starts_.push_back(0);
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (text_[at] == '\n') line_starts_.push_back(at + 1);
    }
  }

  const std::string& text() const { return text_; }

  std::size_t offset(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= line_starts_.size()) return text_.size();
    const std::size_t start = line_starts_[static_cast<std::size_t>(mark.line)];
    return std::min(start + static_cast<std::size_t>(std::max(mark.column, 0)), text_.size());
  }

  Place place(const YAML::Mark& mark) {
    if (mark.line < 0) return {file_, 0, 0};
    const std::size_t line = std::min(static_cast<std::size_t>(mark.line), line_starts_.size() - 1);
    const std::size_t end = offset(mark);
    // Places mostly come in order: count on from the last one, so that a long line costs its length once.
    if (line != counted_line_ || end < counted_to_) {
      counted_line_ = line;
      counted_to_ = line_starts_[line];
      counted_column_ = 1;
    }
    for (; counted_to_ < end; ++counted_to_) {
      if ((static_cast<unsigned char>(text_[counted_to_]) & 0xC0) != 0x80) ++counted_column_;
    }
    return {file_, static_cast<int>(line) + 1, counted_column_};
  }

  Place place(std::size_t offset) const { return place_of(text_, offset, file_); }

  std::string line_of(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= line_starts_.size()) return "";
    const std::size_t start = line_starts_[static_cast<std::size_t>(mark.line)];
    return text_.substr(start, text_.find('\n', start) - start);
  }

  // Where the quoted scalar that opens at `offset` closes; npos where it does not.
  std::size_t quote_end(std::size_t offset) const {
    const char quote = text_[offset];
    for (std::size_t at = offset + 1; at < text_.size(); ++at) {
      if (quote == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == quote) {
        if (quote == '"' || at + 1 >= text_.size() || text_[at + 1] != quote) return at;
        ++at;
      }
    }
    return std::string::npos;
  }

 private:
  std::string text_, file_;
  std::vector<std::size_t> line_starts_;
  std::size_t counted_line_ = 0, counted_to_ = 0;
  int counted_column_ = 1;
};

// Builds the tree from the parser's events. `content_size`: bytes of the source that are the user's; a quote that
// closes only behind them is open.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(Source& source, std::size_t content_size, Faults& faults)
      : source_(source), content_size_(content_size), faults_(faults) {}

  YamlNode take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      stop(source_.place(mark), "a second document starts here", "A scenario is one YAML document",
           "Remove the '---' or '...' and what follows, or put it into a file of its own");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Place place = source_.place(mark);
    if (at_key()) {
      if (source_.offset(mark) < content_size_ && source_.text().substr(source_.offset(mark), 4) == "null") {
        key("null", place);
        return;
      }
      stop(place, "a key is missing", "Every value of a map has a name", "Write 'key: value'");
    }
    check_anchor(place, anchor);
    YamlNode node;
    // An empty value has no place of its own: its key's is where to mend it.
    node.place = !stack_.empty() && stack_.back().node.is_map() ? stack_.back().key_place : place;
    attach(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const Place place = source_.place(mark);
    if (at_key()) stop(place, "an alias ('*name') as a key", "Aliases are not read", "Write the key out");
    fault(place, "an alias ('*name')", "Aliases are not read, so that every value stands where it acts",
          "Write the value out, or inherit it with 'extends:'");
    YamlNode node;
    node.kind = YamlNode::Kind::broken;
    node.place = place;
    attach(std::move(node));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Place place = source_.place(mark);
    const std::size_t offset = source_.offset(mark);
    const char first = offset < source_.text().size() ? source_.text()[offset] : ' ';
    const bool quotes = first == '"' || first == '\'';
    if (quotes && source_.quote_end(offset) >= content_size_) {
      stop(place, std::string("the quote ") + first + " is never closed", "The rest of the file would become one text",
           "Close the quote");
    }
    check_anchor(place, anchor);
    const bool quoted = tag == "!" && (quotes || first == '|' || first == '>');
    if (!quoted) check_tag(place, tag);
    if (at_key()) {
      key(value, place, quoted);
      return;
    }
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.place = place;
    node.text = value;
    node.quoted = quoted;
    attach(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  // A list or map that is still open.
  struct Level {
    YamlNode node;
    bool key_next = false;
    bool drop_value = false;  // of a key that is at fault
    std::string key;
    Place key_place;
    std::set<std::string> keys;
  };

  bool at_key() const { return !stack_.empty() && stack_.back().node.is_map() && stack_.back().key_next; }

  std::string path() const {
    std::string text;
    for (const Level& level : stack_) {
      if (!level.node.is_map() || level.key_next) continue;
      text += (text.empty() ? "" : ".") + shown(level.key);
    }
    return text;
  }

  void fault(const Place& place, std::string problem, std::string reason, std::string remedy) {
    faults_.add({place, path(), std::move(problem), std::move(reason), std::move(remedy)});
  }
  [[noreturn]] void stop(const Place& place, std::string problem, std::string reason, std::string remedy) {
    fault(place, std::move(problem), std::move(reason), std::move(remedy));
    throw Unreadable{};
  }

  void check_anchor(const Place& place, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    fault(place, "an anchor ('&name')", "Anchors are not read, so that every value stands where it acts",
          "Remove the anchor");
  }
  void check_tag(const Place& place, const std::string& tag) {
    if (tag.empty() || tag == "?") return;
    fault(place, "a tag ('!name')", "Tags are not read: the type of a value follows from its key", "Remove the tag");
  }

  void key(const std::string& word, const Place& place, bool quoted = false) {
    count_node(place);
    Level& level = stack_.back();
    level.key_next = false;
    level.key = word;
    level.key_place = place;
    level.drop_value = false;
    if (word == "<<" && !quoted) {
      level.drop_value = true;
      fault(place, "a merge key ('<<')", "Merge keys are not read", "Inherit with 'extends:', or write the values out");
    } else if (!level.keys.insert(word).second) {
      level.drop_value = true;
      fault(place, "duplicate key", "The same key stands further up in this map", "Keep one of the two");
    }
  }

  void count_node(const Place& place) {
    if (++nodes_ > most_yaml_nodes) {
      stop(place, "more than " + std::to_string(most_yaml_nodes) + " values", "No scenario needs that many",
           "Check that it is the file you meant");
    }
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const Place place = source_.place(mark);
    if (at_key()) stop(place, "a list or map as a key", "A key is one word", "Write 'key: value'");
    check_anchor(place, anchor);
    check_tag(place, tag);
    if (stack_.size() >= deepest_yaml) {
      stop(place, "nested deeper than " + std::to_string(deepest_yaml) + " levels", "No scenario needs that many", "");
    }
    Level level;
    level.node.kind = kind;
    level.node.place = place;
    level.key_next = kind == YamlNode::Kind::map;
    stack_.push_back(std::move(level));
  }

  void close() {
    YamlNode node = std::move(stack_.back().node);
    stack_.pop_back();
    attach(std::move(node));
  }

  void attach(YamlNode node) {
    count_node(node.place);
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = stack_.back();
    if (!level.node.is_map()) {
      level.node.items.push_back(std::move(node));
      return;
    }
    level.key_next = true;
    if (!level.drop_value) level.node.entries.push_back({level.key, level.key_place, std::move(node)});
  }

  Source& source_;
  std::size_t content_size_;
  Faults& faults_;
  std::vector<Level> stack_;
  YamlNode root_;
  int documents_ = 0;
  int nodes_ = 0;
};

// The parser's terse messages in words.
Fault syntax_fault(const Place& place, const std::string& message, const std::string& line) {
  const auto is = [&](std::string_view start) { return message.rfind(start, 0) == 0; };
  Fault fault{place, "", "not YAML: " + message, "", "Check quotes, brackets, colons and indentation here and above"};
  if (is("illegal map value")) {
    fault.problem = "an unexpected ':'";
    fault.reason = "A key cannot start here: its indentation differs from the lines above, or its line has a value";
  } else if (is("end of map not found") || is("end of sequence not found")) {
    fault.problem = "something other than the next key";
    fault.reason = "The text left of it is complete, or its indentation differs from the lines above";
  } else if (is("end of map flow not found")) {
    fault.problem = "a '{' is not closed";
    fault.remedy = "Close it with '}', and separate its entries with ','";
  } else if (is("end of sequence flow not found")) {
    fault.problem = "a '[' is not closed";
    fault.remedy = "Close it with ']', and separate its entries with ','";
  } else if (is("illegal flow end")) {
    fault.problem = "a closing bracket that nothing opened";
  } else if (is("illegal EOF in scalar")) {
    fault.problem = "a quote is never closed";
    fault.remedy = "Close the quote";
  } else if (is("the referenced anchor is not defined")) {
    fault.problem = "an alias ('*name')";
    fault.reason = "Aliases are not read";
    fault.remedy = "Quote a text that starts with '*'";
  } else if (is("unknown token")) {
    fault.problem = "a character that cannot start a value";
    fault.remedy = "Put the text into quotes";
  } else if (is("bad file")) {
    fault.problem = "nested too deeply";
  }
  if (line.find('\t') < line.find_first_not_of(" \t")) {
    fault.reason = "YAML does not allow tabs in the indentation";
    fault.remedy = "Indent with spaces";
  }
  return fault;
}

// What yaml-cpp takes much memory for or passes over in silence.
bool check_outline(const Source& source, Faults& faults) {
  const std::string& text = source.text();
  const auto brackets = std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{'; });
  if (brackets > most_yaml_nodes) {
    faults.add({source.place(text.find_first_of("[{")), "",
                "more than " + std::to_string(most_yaml_nodes) + " brackets", "No scenario needs that many",
                "Check that it is the file you meant"});
    return false;
  }
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    if (text[at] == '%') {
      faults.add({source.place(at), "", "a directive ('%')", "Directives are not read", "Remove the line"});
      return false;
    }
    if (text.find('\n', at) == std::string::npos) break;
  }
  return true;
}

// yaml-cpp tells only where the text ends: with the quote closed behind it, the builder finds where it opened.
void blame_open_quote(const Source& source, const std::string& file, const Fault& otherwise, Faults& faults) {
  for (const char* quote : {"\"", "'"}) {
    Source closed(source.text() + quote + "\n", file);
    Faults found;
    TreeBuilder builder(closed, source.text().size(), found);
    std::istringstream stream(closed.text());
    try {
      YAML::Parser parser(stream);
      parser.HandleNextDocument(builder);
    } catch (const Unreadable&) {
      for (const Fault& fault : found.in_order()) {
        if (fault.remedy == "Close the quote") {
          faults.add(fault);
          return;
        }
      }
    } catch (const YAML::Exception&) {
    }
  }
  faults.add(otherwise);
}

}  // namespace

const YamlEntry* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file, Faults& faults) {
  if (!check_characters(text, TextKind::yaml, file, faults)) return std::nullopt;
  Source source(text, file);
  if (!check_outline(source, faults)) return std::nullopt;
  TreeBuilder builder(source, source.text().size(), faults);
  std::istringstream stream(source.text());
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Unreadable&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    const Fault fault = syntax_fault(source.place(error.mark), error.msg, source.line_of(error.mark));
    if (error.msg.rfind("illegal EOF in scalar", 0) == 0) {
      blame_open_quote(source, file, fault, faults);
    } else {
      faults.add(fault);
    }
    return std::nullopt;
  }
  return builder.take_root();
}

}  // namespace homeward
