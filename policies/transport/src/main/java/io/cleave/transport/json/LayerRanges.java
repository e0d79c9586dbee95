package io.cleave.transport.json;

import io.cleave.policies.graph.LayerSet;
import java.util.BitSet;

/**
 * A set of layers as text: {@code 0-12,15}. Ranges ascend and do not overlap; a set is never empty.
 */
public final class LayerRanges {
  /** Highest layer that can be named, so that no text makes a reader allocate without bound. */
  public static final int HIGHEST = 65535;

  private static final String RULE =
      "Layers are written like 0-12,15, ascending and at most " + HIGHEST + ", not '%s'.";

  private final String text;
  private int at;

  private LayerRanges(String text) {
    this.text = text;
  }

  /** The text of a set that is not empty. */
  public static String format(LayerSet layers) {
    StringBuilder text = new StringBuilder();
    int[] range = {-1, -1}; // first and last of the range under way
    layers.forEach(
        layer -> {
          if (layer != range[1] + 1 || range[0] < 0) {
            append(text, range);
            range[0] = layer;
          }
          range[1] = layer;
        });
    append(text, range);
    if (range[1] < 0 || range[1] > HIGHEST) {
      throw new IllegalArgumentException(
          "Layers to be named must be some and at most %d, not %s."
              .formatted(HIGHEST, range[1] < 0 ? "none" : range[1]));
    }
    return text.toString();
  }

  /**
   * The set of a text.
   *
   * @throws IllegalArgumentException if it is not written as {@link #format} writes it; two ranges
   *     that touch pass
   */
  public static LayerSet parse(String text) {
    return new LayerRanges(text).parse();
  }

  private LayerSet parse() {
    BitSet layers = new BitSet();
    addRange(layers);
    while (at < text.length()) {
      skip(',');
      addRange(layers);
    }
    return LayerSet.of(layers);
  }

  private void addRange(BitSet layers) {
    int first = number();
    int last = first;
    if (at < text.length() && text.charAt(at) == '-') {
      skip('-');
      last = number();
    }
    if (first < layers.length() || last < first) {
      throw refused();
    }
    layers.set(first, last + 1);
  }

  private void skip(char sign) {
    if (text.charAt(at++) != sign) {
      throw refused();
    }
  }

  private int number() {
    int begin = at;
    int value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = value * 10 + text.charAt(at++) - '0';
      if (value > HIGHEST) {
        throw refused();
      }
    }
    boolean leadingZero = at - begin > 1 && text.charAt(begin) == '0';
    if (at == begin || leadingZero) {
      throw refused();
    }
    return value;
  }

  private IllegalArgumentException refused() {
    return new IllegalArgumentException(RULE.formatted(MalformedMessage.shown(text)));
  }

  private static void append(StringBuilder text, int[] range) {
    if (range[0] >= 0) {
      text.append(text.isEmpty() ? "" : ",").append(range[0]);
      if (range[1] > range[0]) {
        text.append('-').append(range[1]);
      }
    }
  }
}
