package io.cleave.policies.graph;

/** Which part of an input's axis a part of the output's axis is made of. */
public sealed interface ReceptiveField {
  /** What an output of some element needs of the input at the same place only. */
  ReceptiveField POINT = new Sliding(1, 1, 1, 0);

  /** Every output needs all of the input, as a neuron does. */
  ReceptiveField EVERYTHING = new Everything();

  /**
   * What is needed of an input.
   *
   * @param made part of the output
   * @param length of the input's axis; what lies beyond is padding and no part of it
   */
  Span needed(Span made, long length);

  /**
   * A window that slides over the axis.
   *
   * @param kernel places that it looks at, at least 1
   * @param dilation distance between two of them, at least 1
   * @param stride distance between two windows, at least 1
   * @param padding places before the first of the axis where the first window starts, at least 0
   */
  record Sliding(long kernel, long dilation, long stride, long padding) implements ReceptiveField {
    public Sliding {
      if (kernel < 1 || dilation < 1 || stride < 1 || padding < 0) {
        throw new IllegalArgumentException(
            "A window has kernel, dilation and stride of at least 1 and padding of at least 0, not %d, %d, %d and %d."
                .formatted(kernel, dilation, stride, padding));
      }
    }

    /** Places from a window's first to its last. */
    public long reach() {
      return (kernel - 1) * dilation + 1;
    }

    /** Where the first window of these starts; below 0 in the padding. */
    public long begin(Span made) {
      return made.from() * stride - padding;
    }

    /** Behind the place where the last window of these ends; may lie in the padding. */
    public long end(Span made) {
      return (made.to() - 1) * stride - padding + reach();
    }

    @Override
    public Span needed(Span made, long length) {
      return new Span(Math.max(0, begin(made)), Math.min(length, end(made)));
    }
  }

  /** No locality. */
  record Everything() implements ReceptiveField {
    @Override
    public Span needed(Span made, long length) {
      return Span.whole(length);
    }
  }
}
