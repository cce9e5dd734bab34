// Error bounds of x @ w + b and its gradients: gamma_k |A| |B|, and what comes in. Internal.
#pragma once

#include <seedproof/layers/error_bounds.h>

namespace seedproof::kinds {

/// The last forward pass: its input with the input's bound, and the weights.
struct AffinePass {
  const Tensor& input;
  const Tensor& input_bound;
  const Variable& kernel;
  const Variable* bias;  // null: none
};

/// (|x| + dx) dw + dx |w| + gamma_{k+1} (|x| |w| + |b|) + db, k the columns of x.
Tensor affine_forward_bound(const AffinePass& pass, const VariableBounds& variables);

/// Bound of the input's gradient; those of kernel and bias are added to `gradients`.
Tensor affine_backward_bound(const AffinePass& pass, const Tensor& upstream,
                             const Tensor& upstream_bound, const VariableBounds& variables,
                             VariableBounds& gradients);

}  // namespace seedproof::kinds
