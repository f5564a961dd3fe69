// YAML: the tree, its places, and everything that yaml-cpp lets pass and this reader does not.
#include "scenario/yaml_document.h"

#include <doctest/doctest.h>

#include "unit/scenario/support.h"

using namespace homeward;
using namespace homeward::test;

namespace {

YamlNode tree_of(const std::string& text) {
  Faults faults;
  const std::optional<YamlNode> root = parse_yaml(text, "t", faults);
  CHECK(text_of(faults) == "");
  REQUIRE(root);
  return *root;
}

std::string faults_in(const std::string& text) {
  Faults faults;
  parse_yaml(text, "t", faults);
  return text_of(faults);
}

}  // namespace

TEST_CASE("keys keep their order and every node its place") {
  const YamlNode root = tree_of("zeta: 1\nalpha:\n  - x\n  - {k: \"v\"}\n");
  REQUIRE(root.entries.size() == 2);
  CHECK(root.entries[0].key == "zeta");
  CHECK(root.entries[0].key_place.line == 1);
  CHECK(root.entries[0].key_place.column == 1);
  CHECK(root.entries[0].value.place.column == 7);
  const YamlNode& list = root.find("alpha")->value;
  CHECK(list.kind == YamlNode::Kind::list);
  CHECK(list.items[0].text == "x");
  CHECK(list.items[0].place.line == 3);
  CHECK(list.items[0].place.column == 5);
  const YamlEntry& inner = list.items[1].entries[0];
  CHECK(inner.value.quoted);
  CHECK(inner.value.place.line == 4);
  CHECK(inner.value.place.column == 9);
  CHECK(root.find("beta") == nullptr);
}

TEST_CASE("columns count characters, not bytes, and CRLF changes nothing") {
  CHECK(tree_of("{Đà Nẵng: 1, b: 2}").entries[1].value.place.column == 17);
  const YamlNode root = tree_of("a: 1\r\nb: 2\r\n");
  CHECK(root.entries[1].value.text == "2");
  CHECK(root.entries[1].key_place.line == 2);
}

TEST_CASE("forms of text") {
  CHECK(tree_of("a: >\n  two\n  lines\n").entries[0].value.text == "two lines\n");
  CHECK(tree_of("a: 'it''s'").entries[0].value.text == "it's");
  CHECK(tree_of("a: \"\\\"q\\\"\"").entries[0].value.text == "\"q\"");
  CHECK(tree_of("a: \"two\n  lines\"\nb: 1").entries[0].value.text == "two lines");
  CHECK(tree_of("{\"a\":1}").entries[0].value.text == "1");
  CHECK(tree_of("a:\nb: ~\n").entries[0].value.kind == YamlNode::Kind::null);
  CHECK(tree_of("").kind == YamlNode::Kind::null);
  CHECK(tree_of("# nothing\n").kind == YamlNode::Kind::null);
  CHECK(tree_of("---\na: 1\n...\n").entries.size() == 1);
  CHECK(tree_of("a: \"017\"").entries[0].value.quoted);
  CHECK_FALSE(tree_of("a: 017").entries[0].value.quoted);
}

TEST_CASE("duplicate keys are told at the second one") {
  CHECK(faults_in("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n") ==
        "t:5:3: b.c: duplicate key. The same key stands further up in this map. Keep one of the two.\n"
        "t:6:1: a: duplicate key. The same key stands further up in this map. Keep one of the two.");
  Faults faults;
  CHECK(parse_yaml("a: 1\na: 2\n", "t", faults)->entries.size() == 1);
}

TEST_CASE("a second document is not passed over") {
  const std::string rest =
      ": a second document starts here. A scenario is one YAML document. Remove the '---' or '...' and what follows, "
      "or put it into a file of its own.";
  CHECK(faults_in("a: 1\n---\nb: 2\n") == "t:2:1" + rest);
  CHECK(faults_in("a: 1\n...\nb: 2\n") == "t:3:1" + rest);
  CHECK(faults_in("{a: 1}\n{b: 2}\n") == "t:2:1" + rest);
  CHECK(faults_in("a: 1\n---\n") == "t:2:1" + rest);
}

TEST_CASE("an open quote does not swallow the rest") {
  const std::string rest = " is never closed. The rest of the file would become one text. Close the quote.";
  CHECK(faults_in("a: 1\nb: \"x\nc: 2\n") == "t:2:4: b: the quote \"" + rest);
  CHECK(faults_in("a: 1\nb: 'x\nc: 2") == "t:2:4: b: the quote '" + rest);
  CHECK(faults_in("b: \"x") == "t:1:4: b: the quote \"" + rest);
  CHECK(faults_in("b: \"x\\\"\n") == "t:1:4: b: the quote \"" + rest);
  CHECK(faults_in("b: 'x''\n") == "t:1:4: b: the quote '" + rest);
  CHECK(faults_in("a: {b: 1, \"c: 2}\nd: 1\n") == "t:1:11: a: the quote \"" + rest);
  CHECK(faults_in("\"a: 1\nb: 2") == "t:1:1: the quote \"" + rest);
}

TEST_CASE("anchors, aliases, merge keys and tags are refused where they stand") {
  CHECK(faults_in("a: &x 1\n") ==
        "t:1:4: a: an anchor ('&name'). Anchors are not read, so that every value stands where it acts. Remove the "
        "anchor.");
  CHECK_HAS(faults_in("a: &x 1\nb: *x\n"),
            "t:2:4: b: an alias ('*name'). Aliases are not read, so that every value stands where it acts.");
  CHECK_HAS(faults_in("a: *nowhere\n"),
            "t:1:4: an alias ('*name'). Aliases are not read. Quote a text that starts with '*'.");
  CHECK_HAS(faults_in("a: &x [*x]\n"), "t:1:8: a: an alias");
  CHECK_HAS(faults_in("&m\na: 1\n"), "t:1:1: an anchor");
  CHECK_HAS(
      faults_in("a: 1\n<<: {b: 1}\n"),
      "t:2:1: <<: a merge key ('<<'). Merge keys are not read. Inherit with 'extends:', or write the values out.");
  for (const char* tag : {"!!int 3", "!<tag:x> 3", "! 3", "!!str \"3\"", "!!map {b: 1}", "!!seq [1]", "! 'x'"}) {
    CAPTURE(tag);
    CHECK_HAS(faults_in("a: " + std::string(tag) + "\n"),
              "t:1:4: a: a tag ('!name'). Tags are not read: the type of a value follows from its key.");
  }
  CHECK(faults_in("a: \"<<\"\n\"<<\": 1\n") == "");
}

TEST_CASE("directives, odd keys and tabs") {
  CHECK(faults_in("%YAML 1.2\n---\na: 1\n") == "t:1:1: a directive ('%'). Directives are not read. Remove the line.");
  CHECK_HAS(faults_in("a: 1\n%foo\nb: 2\n"), "t:2:1: a directive");
  CHECK(faults_in("? [a]\n: 1\n") == "t:1:3: a list or map as a key. A key is one word. Write 'key: value'.");
  CHECK(faults_in(": 1\n") == "t:1:1: a key is missing. Every value of a map has a name. Write 'key: value'.");
  CHECK(faults_in("a: {,}\n") == "t:1:5: a: a key is missing. Every value of a map has a name. Write 'key: value'.");
  CHECK(tree_of("null: 1\n").entries[0].key == "null");
  CHECK(faults_in("p:\n\tx: 1\n") ==
        "t:2:3: an unexpected ':'. YAML does not allow tabs in the indentation. Indent with spaces.");
}

TEST_CASE("what is no YAML is told in words") {
  CHECK_HAS(faults_in("a: [1\n"), "t:2:1: a '[' is not closed. Close it with ']'");
  CHECK_HAS(faults_in("a: {b: 1\n"), "t:2:1: a '{' is not closed. Close it with '}'");
  CHECK_HAS(faults_in("a: 1\n]\n"), "t:2:1: a closing bracket that nothing opened.");
  CHECK_HAS(faults_in("a: 1\n b: 2\n"), "t:2:3: an unexpected ':'.");
  CHECK_HAS(faults_in("a: 'x' y\n"), "t:1:8: something other than the next key.");
  CHECK_HAS(faults_in("a: @x\n"), "t:1:4: a character that cannot start a value. Put the text into quotes.");
  CHECK_HAS(faults_in("a: \"\\q\"\n"), "t:1:7: not YAML: unknown escape character: q.");
}

TEST_CASE("depth, size and number of values are capped") {
  const auto repeated = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  CHECK_HAS(faults_in(repeated("[", 40) + repeated("]", 40)), "t:1:33: nested deeper than 32 levels.");
  CHECK_HAS(faults_in(repeated("- ", 500000)), "nested deeper than 32 levels.");
  CHECK_HAS(faults_in(repeated("[", 1000000)), "t:1:1: more than 20000 brackets.");
  CHECK_HAS(faults_in(repeated("[\n", 500000)), "more than 20000 brackets.");
  CHECK_HAS(faults_in("a: [" + repeated("1,", 400000) + "]"), "t:1:40003: a: more than 20000 values.");
  CHECK_HAS(faults_in(repeated("# text\n", 200000)), "t: the text is larger than 1 MB.");
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c <= 'i'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) bomb += std::string("*") + static_cast<char>(c - 1) + ",";
    bomb += "]\n";
  }
  CHECK_HAS(faults_in(bomb), "t:1:4: a: an anchor");
}
