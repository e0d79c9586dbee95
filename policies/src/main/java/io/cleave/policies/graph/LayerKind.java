package io.cleave.policies.graph;

/** What bounds a layer's time; machines have one rate for each kind. */
public enum LayerKind {
  /** The network's input: no work, always on the device. */
  INPUT,
  /** Dense or grouped convolution: bound by multiply-accumulates. */
  CONVOLUTION,
  /** One filter a channel: bound by memory although it counts as convolution. */
  DEPTHWISE,
  /** Matrix times vector: bound by reading the weights. */
  FULLY_CONNECTED,
  /** Max or average over windows or the whole map. */
  POOL,
  /** Activations, additions, normalisations: one pass over memory. */
  ELEMENTWISE,
  /** Concatenation, transposition, slicing: copies. */
  MOVE,
  /** Changes the view only: flatten, reshape. */
  VIEW,
  /** A loop or branch with its body, kept whole. */
  CONTROL_FLOW
}
