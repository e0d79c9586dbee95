package io.cleave.policies.pieces;

import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.ReceptiveField;
import io.cleave.policies.graph.Span;
import java.util.Optional;

/**
 * One axis of a run: how what is made of a layer's output asks for what it reads. Immutable, but
 * for being built.
 */
final class Track {
  private static final int EVERYTHING = 0; // for a kernel: such a layer needs all of its inputs

  private final long[] length; // [tensor's place]
  private final int whole; // place of a tensor that is made as a whole, or below 0
  private final boolean apart;
  private final int[] made; // [layer] its output's place, last layer first
  private final int[][] read; // [layer] its inputs' places
  private final long[] reach; // [layer] of its window, or EVERYTHING
  private final long[] stride;
  private final long[] padding;
  private final int output; // place of the tensor of which spans are
  private final Optional<Extents> steady; // empty if each span is to be traversed

  /**
   * @param layers of the run, each divisible along the axis, ascending
   * @param made [layer] its output's place among the run's tensors
   * @param read [layer] its inputs' places
   * @param length [place] of the tensor along the axis
   * @param output place of what they make, or of the one tensor that there is
   * @param whole place of a tensor that every piece makes as a whole; below 0 if there is none
   * @param apart true if nothing is read beyond what lies below the span itself
   */
  Track(
      Layer[] layers,
      int axis,
      int[] made,
      int[][] read,
      long[] length,
      int output,
      int whole,
      boolean apart) {
    int count = layers.length;
    this.length = length;
    this.output = output;
    this.whole = whole;
    this.apart = apart;
    this.made = new int[count];
    this.read = new int[count][];
    this.reach = new long[count];
    this.stride = new long[count];
    this.padding = new long[count];
    for (int i = 0; i < count; i++) {
      int layer = count - 1 - i;
      this.made[i] = made[layer];
      this.read[i] = read[layer];
      ReceptiveField field = layers[layer].division().along(axis).orElseThrow();
      if (field instanceof ReceptiveField.Sliding window) {
        reach[i] = window.reach();
        stride[i] = window.stride();
        padding[i] = window.padding();
      } else {
        reach[i] = EVERYTHING;
      }
    }
    this.steady = apart ? Optional.empty() : Optional.of(untraversed()).filter(Extents::steady);
  }

  long length(int place) {
    return length[place];
  }

  /** True if no span is traversed. */
  boolean isSteady() {
    return steady.isPresent();
  }

  /** What is read or made of each tensor, for a span of what these layers make. */
  Extents extents(Span span) {
    return steady.orElseGet(() -> Extents.fixed(length, traversed(span)));
  }

  /** All spans' extents at once; time O(inputs of all layers). */
  private Extents untraversed() {
    Extents extents = Extents.growing(length, output);
    for (int i = 0; i < made.length; i++) {
      for (int input : read[i]) {
        if (reach[i] == EVERYTHING) {
          extents.everything(input);
        } else {
          extents.window(made[i], input, stride[i], padding[i], reach[i]);
        }
      }
    }
    if (whole >= 0) {
      extents.everything(whole);
    }
    return extents;
  }

  /**
   * The same for one span, layer by layer.
   *
   * @return [2 x place] where it begins and, behind that, where it ends
   */
  long[] traversed(Span span) {
    long[] spans = new long[2 * length.length];
    spans[2 * output] = span.from();
    spans[2 * output + 1] = span.to();
    for (int i = 0; i < made.length; i++) {
      long from = spans[2 * made[i]];
      long to = spans[2 * made[i] + 1];
      for (int input : read[i]) {
        long begin = 0;
        long end = length[input];
        if (apart) {
          begin = from * stride[i];
          end = to == length[made[i]] ? end : Math.min(end, to * stride[i]);
          checkSome(begin, end, span);
        } else if (reach[i] != EVERYTHING) {
          begin = Math.max(begin, from * stride[i] - padding[i]);
          end = Math.min(end, (to - 1) * stride[i] - padding[i] + reach[i]);
        }
        boolean asked = spans[2 * input + 1] > 0; // by another reader: both need the hull
        spans[2 * input] = asked ? Math.min(spans[2 * input], begin) : begin;
        spans[2 * input + 1] = Math.max(spans[2 * input + 1], end);
      }
    }
    if (whole >= 0) {
      spans[2 * whole + 1] = length[whole];
    }
    return spans;
  }

  private static void checkSome(long begin, long end, Span span) {
    if (begin >= end) {
      throw new IllegalArgumentException(
          "Of places %s made apart a layer would read only padding. Use a coarser grid or fewer layers."
              .formatted(span));
    }
  }
}
