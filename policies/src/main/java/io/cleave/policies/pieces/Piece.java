package io.cleave.policies.pieces;

import io.cleave.policies.graph.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of the one tensor that a run of layers makes: where its strips cross. One strip is rows,
 * columns or neurons; a strip of rows and one of columns are a tile. Along every other axis the
 * part is whole.
 *
 * <p>Or a summand of that tensor: what the run's last layer makes of these channels, or neurons, of
 * its input alone. All summands added up are the tensor.
 *
 * @param strips by ascending axis, each axis once; at least one
 * @param summed true if the one strip is of what the last layer reads, and the piece a summand
 */
public record Piece(List<Strip> strips, boolean summed) {
  public Piece {
    strips = ascend(strips) ? List.copyOf(strips) : sorted(strips);
    if (strips.isEmpty() || !ascend(strips)) {
      throw new IllegalArgumentException(
          "A piece is cut along at least one axis, and along each once, not as %s."
              .formatted(strips));
    }
    if (summed && strips.size() > 1) {
      throw new IllegalArgumentException(
          "A summand is of one axis of what a layer reads, not of %s.".formatted(strips));
    }
  }

  /** A part of the tensor, no summand. */
  public Piece(List<Strip> strips) {
    this(strips, false);
  }

  private static List<Strip> sorted(List<Strip> strips) {
    return strips.stream().sorted(Comparator.comparingInt(Strip::axis)).toList();
  }

  private static boolean ascend(List<Strip> strips) {
    for (int i = 1; i < strips.size(); i++) {
      if (strips.get(i - 1).axis() >= strips.get(i).axis()) {
        return false;
      }
    }
    return true;
  }

  /** A piece that is cut along one axis. */
  public static Piece of(int axis, Span span) {
    return new Piece(List.of(new Strip(axis, span)));
  }

  /** The summand that a layer makes of these places of its input. */
  public static Piece sum(int axis, Span span) {
    return new Piece(List.of(new Strip(axis, span)), true);
  }

  /** A tile of an image. */
  public static Piece tile(Span rows, Span columns) {
    return new Piece(List.of(new Strip(Strip.ROWS, rows), new Strip(Strip.COLUMNS, columns)));
  }

  /** The axes along which it is cut, ascending. */
  public List<Integer> axes() {
    return strips.stream().map(Strip::axis).toList();
  }

  /** Its places along an axis; empty if it is whole there. */
  public Optional<Span> along(int axis) {
    for (int i = 0; i < strips.size(); i++) { // asked for each two pieces of a plan
      if (strips.get(i).axis() == axis) {
        return Optional.of(strips.get(i).span());
      }
    }
    return Optional.empty();
  }

  /** How many places it has, of those axes along which it is cut. */
  public long places() {
    return strips.stream().mapToLong(strip -> strip.span().length()).reduce(1, Math::multiplyExact);
  }

  /** True if both, cut along the same axes, have a place in common. */
  public boolean meets(Piece other) {
    for (int i = 0; i < strips.size(); i++) {
      Strip strip = strips.get(i);
      if (!strip.span().meets(other.along(strip.axis()).orElseThrow())) {
        return false;
      }
    }
    return true;
  }

  /**
   * As people write it: {@code 2:0-7x3:8-15}, rows 0 to 7 of columns 8 to 15; a summand {@code
   * +1:0-31}, of the first 32 channels.
   */
  @Override
  public String toString() {
    String places = strips.stream().map(Strip::toString).collect(Collectors.joining("x"));
    return summed ? "+" + places : places;
  }
}
