#include <seedproof/harness/subjects/trace.h>

namespace seedproof {

namespace {

bool lies_below(const std::string& path, const std::string& layer) {
  return path.compare(0, layer.size(), layer) == 0 &&
         (path.size() == layer.size() || path[layer.size()] == '/');
}

}  // namespace

std::vector<const DrawEvent*> Trace::draws_of(const std::string& layer) const {
  std::string path = layer;
  for (const auto& [node, actual] : paths) {
    if (node == layer) path = actual;
  }
  std::vector<const DrawEvent*> out;
  for (const DrawEvent& draw : draws) {
    if (lies_below(draw.record.site.scope.path, path)) out.push_back(&draw);
  }
  return out;
}

std::string Trace::layer_of(const std::string& path) const {
  for (const auto& [node, actual] : paths) {
    if (lies_below(path, actual)) return node;
  }
  return path;
}

// FNV-1a over bytes, then the finishing steps of MurmurHash3, so that high and low bits both depend
// on every byte.
std::uint64_t digest_bytes(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdu;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53u;
  return hash ^ (hash >> 33);
}

}  // namespace seedproof
