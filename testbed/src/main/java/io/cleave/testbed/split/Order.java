package io.cleave.testbed.split;

/** What the near side asks of the far side; one byte. */
enum Order {
  /** Tensors and labels follow; the answer is the loss and slopes. */
  TURN(1),
  /** A rate follows; the answer is one byte. */
  DESCEND(2),
  /** The answer is the slopes and then the weights of the far half. */
  TELL(3);

  final int code;

  Order(int code) {
    this.code = code;
  }
}
