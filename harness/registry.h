// Everything that can be named: the built-in items and a program's own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <seedproof/harness/checks/check.h>
#include <seedproof/harness/relations/relation.h>
#include <seedproof/harness/subjects/subject.h>
#include <seedproof/harness/variations/variation.h>
#include <seedproof/layers/layer.h>
#include <seedproof/rng/generators/generator.h>

namespace seedproof {

/// Lists of named items. Adding a name that is taken throws ValueError; finding one that is not
/// there throws ValueError naming it and the names that are.
class Registry {
 public:
  void add(GeneratorEntry entry);
  void add(LayerEntry entry);
  void add(Subject subject);
  void add(Variation variation);
  void add(Relation relation);
  void add(Check check);
  /// Puts `entry` in the place of the item of that name.
  void replace(GeneratorEntry entry);
  void replace(LayerEntry entry);
  void replace(Relation relation);
  void replace(Check check);

  const GeneratorEntry& generator(std::string_view name) const;
  const LayerEntry& layer(std::string_view class_name) const;
  const Subject& subject(std::string_view name) const;
  const Variation& variation(std::string_view name) const;
  const Relation& relation(std::string_view name) const;
  const Check& check(std::string_view name) const;

  const std::vector<GeneratorEntry>& generators() const { return generators_; }
  const std::vector<LayerEntry>& layers() const { return layers_; }
  const std::vector<Subject>& subjects() const { return subjects_; }
  const std::vector<Variation>& variations() const { return variations_; }
  const std::vector<Relation>& relations() const { return relations_; }
  const std::vector<Check>& checks() const { return checks_; }

 private:
  std::vector<GeneratorEntry> generators_;
  std::vector<LayerEntry> layers_;
  std::vector<Subject> subjects_;
  std::vector<Variation> variations_;
  std::vector<Relation> relations_;
  std::vector<Check> checks_;
};

/// The built-in generators, layers, subjects, variations, relations and checks.
Registry builtin();

}  // namespace seedproof
