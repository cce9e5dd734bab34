#include <algorithm>

#include <seedproof/layers/layer.h>
#include <seedproof/layers/names.h>

namespace seedproof {

namespace {

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool word(char c) { return upper(c) || lower(c) || (c >= '0' && c <= '9') || c == '_'; }

// (.)([A-Z][a-z]+) -> \1_\2
std::string split_words(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    out += name[i++];
    if (i + 1 >= name.size() || !upper(name[i]) || !lower(name[i + 1])) continue;
    out += '_';
    out += name[i++];
    while (i < name.size() && lower(name[i])) out += name[i++];
  }
  return out;
}

// ([a-z])([A-Z]) -> \1_\2
std::string split_steps(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    out += name[i];
    if (i + 1 < name.size() && lower(name[i]) && upper(name[i + 1])) {
      out += '_';
      out += name[++i];
    }
  }
  return out;
}

}  // namespace

std::string to_snake_case(std::string_view name) {
  std::string out;
  std::copy_if(name.begin(), name.end(), std::back_inserter(out), word);
  out = split_steps(split_words(out));
  for (char& c : out) {
    if (upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::shared_ptr<NameRegistry> NameRegistry::current() {
  thread_local const auto registry = std::make_shared<NameRegistry>();
  return registry;
}

void NameRegistry::add(Layer& layer) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(&layer);
}

void NameRegistry::remove(const Layer& layer) {
  const std::lock_guard lock(mutex_);
  std::erase(waiting_, &layer);
}

void NameRegistry::settle() {
  const std::lock_guard lock(mutex_);
  settle_locked();
}

void NameRegistry::settle_locked() {
  for (Layer* layer : waiting_) layer->name_ = next_locked(layer->class_name());
  waiting_.clear();
}

std::string NameRegistry::next(std::string_view class_name) {
  const std::lock_guard lock(mutex_);
  return next_locked(class_name);
}

std::string NameRegistry::next_locked(std::string_view class_name) {
  const std::string base = to_snake_case(class_name);
  const unsigned number = counts_[base]++;
  return number == 0 ? base : base + "_" + std::to_string(number);
}

void NameRegistry::clear() {
  const std::lock_guard lock(mutex_);
  settle_locked();
  counts_.clear();
}

void clear_session() { NameRegistry::current()->clear(); }

}  // namespace seedproof
