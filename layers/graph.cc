#include <algorithm>
#include <charconv>
#include <utility>

#include <seedproof/layers/config_reader.h>
#include <seedproof/layers/kinds/unary_layer.h>
#include <seedproof/layers/model.h>
#include <seedproof/layers/ops/ops.h>

namespace seedproof {

namespace {

constexpr std::size_t kMostInputs = 1024;

}  // namespace

Graph::Graph(LayerOptions options) : Layer(std::move(options)) {}

/// "name" or "name:k"; `name` is "input" or an earlier node.
Graph::Source Graph::resolve(const std::string& text) const {
  const std::size_t colon = text.find(':');
  const std::string base = text.substr(0, colon);
  std::size_t output = 0;
  if (colon != std::string::npos) {
    const char* begin = text.data() + colon + 1;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(begin, end, output);
    if (begin == end || stopped != end || error != std::errc() || output >= kMostInputs) {
      fail_value("'" + text + "' is not a node, or a node, ':' and a number below 1024");
    }
  }
  if (base == "input") return {kOwnInput, output};
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].name == base) return {i, output};
  }
  fail_value("there is no node '" + base + "' before this one");
}

void Graph::add(std::shared_ptr<Layer> layer, std::vector<std::string> inputs) {
  if (!layer) fail_value("a node is null");
  const std::string& node = layer->name();
  if (node == "input" || node.find(':') != std::string::npos) {
    fail_value("a node may not be named '" + node + "'");
  }
  for (const Node& known : nodes_) {
    if (known.name == node) fail_value("there are two nodes named '" + node + "'");
  }
  if (inputs.empty()) fail_value("node '" + node + "' has no inputs");
  std::vector<Source> sources;
  for (const std::string& input : inputs) sources.push_back(resolve(input));
  const bool shared = std::find(sublayers().begin(), sublayers().end(), layer) != sublayers().end();
  if (shared) fail_value("the layer of node '" + node + "' is a node already");
  track(std::move(layer));
  for (const Source& source : sources) {
    if (source.node == kOwnInput) input_count_ = std::max(input_count_, source.output + 1);
  }
  nodes_.push_back({sublayers().back()->name(), std::move(inputs), std::move(sources)});
  rebuild();
}

void Graph::set_outputs(std::vector<std::string> nodes) {
  if (nodes.empty()) fail_value("a graph needs an output");
  std::vector<Source> sources;
  for (const std::string& node : nodes) {
    sources.push_back(resolve(node));
    if (sources.back().node == kOwnInput) {
      fail_value("output '" + node + "' is an input of the graph");
    }
  }
  outputs_ = std::move(nodes);
  output_sources_ = std::move(sources);
}

std::vector<Graph::Source> Graph::output_sources() const {
  if (!output_sources_.empty()) return output_sources_;
  return {{nodes_.size() - 1, 0}};
}

void Graph::check_input_count(std::size_t count) const {
  if (nodes_.empty()) fail_value("a graph without nodes cannot be built; call add()");
  if (count == input_count_) return;
  fail_value("takes " + std::to_string(input_count_) + " inputs, got " + std::to_string(count));
}

template <class T>
const T& Graph::pick(const Source& source, std::span<const T> own,
                     const std::vector<std::vector<T>>& made) const {
  if (source.node == kOwnInput) return own[source.output];
  const std::vector<T>& outputs = made[source.node];
  if (source.output < outputs.size()) return outputs[source.output];
  fail_value("node '" + nodes_[source.node].name + "' has " + std::to_string(outputs.size()) +
             " outputs, output " + std::to_string(source.output) + " was asked for");
}

std::vector<Shape> Graph::compute_output_shape(std::span<const Shape> input_shapes) const {
  check_input_count(input_shapes.size());
  std::vector<std::vector<Shape>> made;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::vector<Shape> shapes;
    for (const Source& source : nodes_[i].sources) {
      shapes.push_back(pick<Shape>(source, input_shapes, made));
    }
    made.push_back(sublayers()[i]->compute_output_shape(shapes));
  }
  std::vector<Shape> out;
  for (const Source& source : output_sources()) {
    out.push_back(pick<Shape>(source, input_shapes, made));
  }
  return out;
}

void Graph::on_build(std::span<const Shape> input_shapes) {
  check_input_count(input_shapes.size());
  std::vector<std::vector<Shape>> made;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    std::vector<Shape> shapes;
    for (const Source& source : nodes_[i].sources) {
      shapes.push_back(pick<Shape>(source, input_shapes, made));
    }
    sublayers()[i]->build(shapes);
    if (i + 1 == nodes_.size()) break;
    try {
      made.push_back(sublayers()[i]->compute_output_shape(shapes));
    } catch (const NotImplementedError&) {
      return;  // the rest is built by the first call
    }
  }
}

Tensors Graph::on_call(const Tensors& inputs, const CallArgs& args) {
  check_input_count(inputs.size());
  std::vector<Tensors> made;
  input_forms_.clear();
  output_forms_.clear();
  for (const Tensor& input : inputs) input_forms_.push_back({input.shape(), input.dtype()});
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    Tensors given;
    for (const Source& source : nodes_[i].sources) {
      given.push_back(pick<Tensor>(source, inputs, made));
    }
    made.push_back((*sublayers()[i])(given, args));
    output_forms_.emplace_back();
    for (const Tensor& output : made.back()) {
      output_forms_.back().push_back({output.shape(), output.dtype()});
    }
  }
  Tensors out;
  for (const Source& source : output_sources()) out.push_back(pick<Tensor>(source, inputs, made));
  return out;
}

namespace {

void add_gradient(std::optional<Tensor>& total, const Tensor& gradient) {
  if (!total) {
    total = gradient;
  } else {
    ops::add_in_place(*total, gradient);
  }
}

}  // namespace

/// Zeros where no gradient came. An output that nobody used hands back nothing, unless the node has
/// losses of its own: those act through its backward pass.
std::optional<Tensors> Graph::upstream_of(std::size_t node,
                                          std::vector<std::optional<Tensor>>& gradients) const {
  const bool reached = std::any_of(gradients.begin(), gradients.end(),
                                   [](const auto& gradient) { return gradient.has_value(); });
  if (!reached && sublayers()[node]->losses().empty()) return std::nullopt;
  Tensors out;
  for (std::size_t k = 0; k < gradients.size(); ++k) {
    const Form& form = output_forms_[node][k];
    out.push_back(gradients[k] ? std::move(*gradients[k]) : Tensor(form.dtype, form.shape));
  }
  return out;
}

Tensors Graph::on_backward(const Tensors& upstream) {
  std::vector<std::optional<Tensor>> own(input_forms_.size());
  std::vector<std::vector<std::optional<Tensor>>> gradients(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) gradients[i].resize(output_forms_[i].size());
  const std::vector<Source> outputs = output_sources();
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    add_gradient(gradients[outputs[k].node][outputs[k].output], upstream[k]);
  }
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    const std::optional<Tensors> given = upstream_of(i, gradients[i]);
    if (!given) continue;
    const Tensors back = sublayers()[i]->backward(*given);
    for (std::size_t k = 0; k < back.size() && k < nodes_[i].sources.size(); ++k) {
      const Source& source = nodes_[i].sources[k];
      add_gradient(
          source.node == kOwnInput ? own[source.output] : gradients[source.node][source.output],
          back[k]);
    }
  }
  Tensors out;
  for (std::size_t k = 0; k < own.size(); ++k) {
    out.push_back(own[k] ? std::move(*own[k])
                         : Tensor(input_forms_[k].dtype, input_forms_[k].shape));
  }
  return out;
}

namespace {

ConfigValue texts(const std::vector<std::string>& list) {
  ConfigValue::List out;
  for (const std::string& text : list) out.emplace_back(text);
  return out;
}

std::vector<std::string> texts(const ConfigValue& value, const std::string& where) {
  std::vector<std::string> out;
  for (const ConfigValue& item : value.as_list(where)) out.push_back(item.as_text(where));
  return out;
}

std::shared_ptr<Layer> graph_from_config(const Config& config) {
  ConfigReader reader("Graph", config);
  auto graph = std::make_shared<Graph>(kinds::read_options(reader));
  if (const ConfigValue* nodes = reader.value("nodes")) {
    for (const ConfigValue& item : nodes->as_list("Graph.nodes")) {
      const Config node = item.as_config("an item of Graph.nodes");
      graph->add(deserialize_layer(node.at("layer")),
                 texts(node.at("inputs"), "inputs of an item of Graph.nodes"));
    }
  }
  if (const ConfigValue* outputs = reader.value("outputs")) {
    graph->set_outputs(texts(*outputs, "Graph.outputs"));
  }
  reader.finish();
  return graph;
}

}  // namespace

void Graph::on_config(Config& config) const {
  ConfigValue::List nodes;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    nodes.push_back(
        Config{{"layer", serialize(*sublayers()[i])}, {"inputs", texts(nodes_[i].inputs)}});
  }
  config.set("nodes", std::move(nodes));
  if (!outputs_.empty()) config.set("outputs", texts(outputs_));
}

LayerEntry graph_entry() {
  const auto dense = [](const char* name) {
    return Config{{"class_name", "Dense"}, {"config", Config{{"name", name}, {"units", 3}}}};
  };
  const auto node = [&](const char* name, const char* input) {
    return Config{{"layer", dense(name)}, {"inputs", ConfigValue::List{input}}};
  };
  LayerEntry entry;
  entry.class_name = "Graph";
  entry.family = "model";
  entry.probe_config = {
      {"nodes", ConfigValue::List{node("left", "input"), node("right", "input:0")}},
      {"outputs", ConfigValue::List{"right", "left"}}};
  entry.from_config = graph_from_config;
  return entry;
}

}  // namespace seedproof
