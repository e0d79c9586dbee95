package io.cleave.policies.pieces;

import io.cleave.policies.graph.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A part of the one tensor that a run of layers makes: where its strips cross. One strip is rows,
 * columns or neurons; a strip of rows and one of columns are a tile. Along every other axis the
 * part is whole.
 *
 * @param strips by ascending axis, each axis once; at least one
 * @param kind what the piece is of the tensor; a summand's one strip is of what the last layer
 *     reads, and what is made apart is cut along rows and columns only
 * @param board on which it is a tile, if it is checkered; else empty
 */
public record Piece(List<Strip> strips, Kind kind, Optional<Checkerboard> board) {
  /** What a piece is of the tensor. */
  public enum Kind {
    /** These places of it. */
    PART(""),

    /**
     * A summand: what the run's last layer makes of these channels, or neurons, of its input alone.
     * All summands added up are the tensor.
     */
    SUMMAND("+"),

    /**
     * These places, made as if there were nothing but zeros around them in each layer: so it needs
     * nothing of what lies beside it, and differs from the tensor along its borders. For networks
     * that were trained so. After ADCNN (Zhang, Lin, Zhang, ICPP 2020).
     */
    APART("~"),

    /**
     * These places, as one tile of a {@link Checkerboard}: besides itself it makes what its
     * neighbours need of the tensors before, or takes that from them. After DeepThings (Zhao,
     * Barijough, Gerstlauer, TCAD 2018).
     */
    CHECKERED("#");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }

    /** What people write before such a piece's places. */
    public String mark() {
      return mark;
    }
  }

  public Piece {
    strips = ascend(strips) ? List.copyOf(strips) : sorted(strips);
    if (strips.isEmpty() || !ascend(strips)) {
      throw new IllegalArgumentException(
          "A piece is cut along at least one axis, and along each once, not as %s."
              .formatted(strips));
    }
    if (kind == Kind.SUMMAND && strips.size() > 1) {
      throw new IllegalArgumentException(
          "A summand is of one axis of what a layer reads, not of %s.".formatted(strips));
    }
    if (kind == Kind.APART && strips.get(0).axis() < Strip.ROWS) {
      throw new IllegalArgumentException(
          "Only rows and columns of an image are made apart, not %s.".formatted(strips));
    }
    checkBoard(strips, kind, board);
  }

  private static void checkBoard(List<Strip> strips, Kind kind, Optional<Checkerboard> board) {
    boolean fits =
        kind == Kind.CHECKERED
            ? board.filter(grid -> grid.has(strips)).isPresent()
            : board.isEmpty();
    if (!fits) {
      throw new IllegalArgumentException(
          "A checkered piece, and no other, is a tile of its checkerboard; not %s as %s with %s."
              .formatted(strips, kind, board));
    }
  }

  /** What is no tile of a checkerboard. */
  public Piece(List<Strip> strips, Kind kind) {
    this(strips, kind, Optional.empty());
  }

  /** Places of the tensor. */
  public Piece(List<Strip> strips) {
    this(strips, Kind.PART);
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
    return new Piece(List.of(new Strip(axis, span)), Kind.SUMMAND);
  }

  /** A tile of an image. */
  public static Piece tile(Span rows, Span columns) {
    return new Piece(List.of(new Strip(Strip.ROWS, rows), new Strip(Strip.COLUMNS, columns)));
  }

  /** The same places as another kind of piece, which is no tile of a checkerboard. */
  public Piece as(Kind other) {
    return new Piece(strips, other);
  }

  /** The same places as a tile of a checkerboard. */
  public Piece on(Checkerboard grid) {
    return new Piece(strips, Kind.CHECKERED, Optional.of(grid));
  }

  /** True for a summand. */
  public boolean summed() {
    return kind == Kind.SUMMAND;
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

  /**
   * The same places, counted from where a part of the tensor begins that has all of them.
   *
   * @throws IllegalArgumentException if it begins before
   */
  public Piece relativeTo(Piece part) {
    List<Strip> moved = new ArrayList<>();
    for (Strip strip : strips) {
      long begin = part.along(strip.axis()).map(Span::from).orElse(0L);
      Span span = new Span(strip.span().from() - begin, strip.span().to() - begin);
      moved.add(new Strip(strip.axis(), span));
    }
    return new Piece(moved);
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
   * +1:0-31}, of the first 32 channels; a tile made apart {@code ~2:0-7x3:8-15}, of a checkerboard
   * {@code #2:0-7x3:8-15}.
   */
  @Override
  public String toString() {
    return kind.mark + strips.stream().map(Strip::toString).collect(Collectors.joining("x"));
  }
}
