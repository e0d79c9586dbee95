package io.cleave.policies.exits;

/** Which side runs the first layers of a network that is cut in two. */
public enum Direction {
  /** The device sends what it made of the input, and the answer comes back: the common way. */
  DEVICE_FIRST,
  /** The device sends the input, the server what it made of that, and the device finishes. */
  EDGE_FIRST
}
