package io.cleave.policies.plan;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Checkerboard;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How several machines make one tensor together, each some pieces of it at the same time. The
 * device hands each machine what its pieces need, and joins what comes back.
 *
 * @param shares together the whole tensor, each place once, or all its summands; all cut along the
 *     same axes. What one machine makes it makes in this order.
 * @param handout when each gets them
 * @param zerosAfterSeconds from the stage's beginning, after which a piece that is missing is taken
 *     for zeros, above 0; infinite if the device makes what is missing. Finite only for pieces that
 *     are made {@link Piece.Kind#APART apart}: the answer is another one then.
 * @param rounds that come before the last one, in which the shares' pieces are made; empty if all
 *     is made in one go. Only {@link Piece.Kind#PART parts} along rows and columns are made in
 *     rounds, one on each machine, {@link Handout#ASSIGNED assigned}.
 */
public record Sharing(
    List<Share> shares, Handout handout, double zerosAfterSeconds, List<Round> rounds) {
  /**
   * Who makes a piece.
   *
   * @param node as in {@link Stage#node()}
   */
  public record Share(int node, Piece piece) {
    public Share {
      if (node < 0) {
        throw new IllegalArgumentException("A node must be at least 0, not %d.".formatted(node));
      }
    }
  }

  /** Each machine gets all of its pieces at once; all are made, be it by the device. */
  public Sharing(List<Share> shares) {
    this(shares, Handout.ASSIGNED);
  }

  /** All is made in one go. */
  public Sharing(List<Share> shares, Handout handout, double zerosAfterSeconds) {
    this(shares, handout, zerosAfterSeconds, List.of());
  }

  /** Each machine makes one piece, round by round; all are made, be it by the device. */
  public static Sharing inRounds(List<Share> shares, List<Round> before) {
    return new Sharing(shares, Handout.ASSIGNED, Double.POSITIVE_INFINITY, before);
  }

  /** All pieces are made, be it by the device. */
  public Sharing(List<Share> shares, Handout handout) {
    this(shares, handout, Double.POSITIVE_INFINITY);
  }

  public Sharing {
    shares = List.copyOf(shares);
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("A stage is shared in at least one piece, not in none.");
    }
    checkCovered(shares.stream().map(Share::piece).toList());
    checkBoard(shares, handout);
    boolean apart = shares.get(0).piece().kind() == Piece.Kind.APART;
    if (!(zerosAfterSeconds > 0) || (!Double.isInfinite(zerosAfterSeconds) && !apart)) {
      throw new IllegalArgumentException(
          "Pieces made apart are taken for zeros after more than 0 seconds, and no others ever are; not %s after %s."
              .formatted(shares.get(0).piece(), zerosAfterSeconds));
    }
    rounds = List.copyOf(rounds);
    if (!rounds.isEmpty()) {
      checkRounds(shares, handout, rounds);
    }
  }

  private static void checkRounds(List<Share> shares, Handout handout, List<Round> rounds) {
    Piece first = shares.get(0).piece();
    boolean slides = first.kind() == Piece.Kind.PART && first.strips().get(0).axis() >= Strip.ROWS;
    if (!slides || handout != Handout.ASSIGNED) {
      throw new IllegalArgumentException(
          "Only parts along rows and columns that are assigned are made in rounds, not %s as %s."
              .formatted(first, handout));
    }
    if (shares.stream().map(Share::node).distinct().count() < shares.size()) {
      throw new IllegalArgumentException(
          "A machine makes one piece if it does so in rounds, but several are of one of %s."
              .formatted(shares));
    }
    for (Round round : rounds) {
      if (round.pieces().size() != shares.size()
          || !round.pieces().get(0).axes().equals(first.axes())
          || round.pieces().get(0).kind() != Piece.Kind.PART) {
        throw new IllegalArgumentException(
            "In each round each of %d machines makes a part along axes %s, not %s."
                .formatted(shares.size(), first.axes(), round.pieces()));
      }
      checkCovered(round.pieces());
    }
  }

  /**
   * Tiles of one checkerboard, which whoever is free takes: an odd one that is taken while a
   * neighbour is not there yet is made as any other piece.
   *
   * @param shares of pieces that are a grid of tiles together
   */
  public static Sharing checkered(List<Share> shares) {
    Checkerboard board = Checkerboard.of(shares.stream().map(Share::piece).toList());
    return new Sharing(
        shares.stream().map(share -> new Share(share.node(), share.piece().on(board))).toList(),
        Handout.STOLEN);
  }

  private static void checkBoard(List<Share> shares, Handout handout) {
    Optional<Checkerboard> board = shares.get(0).piece().board();
    for (Share share : shares) {
      if (!share.piece().board().equals(board)) {
        throw new IllegalArgumentException(
            "Checkered pieces are tiles of one checkerboard, not of %s and %s."
                .formatted(board, share.piece().board()));
      }
    }
    if (board.isPresent() && handout != Handout.STOLEN) {
      throw new IllegalArgumentException(
          "Checkered pieces are taken one by one, %s, since they need one another; not %s."
              .formatted(Handout.STOLEN, handout));
    }
  }

  /** Pieces that do not meet, and are as many places as the box from 0 on around them, are it. */
  private static void checkCovered(List<Piece> pieces) {
    List<Piece> before = new ArrayList<>();
    long places = 0;
    Piece first = pieces.get(0);
    for (Piece piece : pieces) {
      if (!piece.axes().equals(first.axes()) || piece.kind() != first.kind()) {
        throw new IllegalArgumentException(
            "All pieces of a tensor are of one kind and cut along the same axes, not %s and %s."
                .formatted(first, piece));
      }
      for (Piece other : before) {
        if (piece.meets(other)) {
          throw new IllegalArgumentException(
              "Each place is made once, but pieces %s and %s meet.".formatted(other, piece));
        }
      }
      before.add(piece);
      places = Math.addExact(places, piece.places());
    }
    Piece whole = hull(before);
    if (whole.places() != places) {
      throw new IllegalArgumentException(
          "Pieces are all of a tensor together, but of %s only %d of %d places are made."
              .formatted(whole, places, whole.places()));
    }
  }

  private static Piece hull(List<Piece> pieces) {
    Piece.Kind kind = pieces.get(0).kind();
    return new Piece(
        pieces.get(0).axes().stream()
            .map(axis -> new Strip(axis, Span.whole(end(pieces, axis))))
            .toList(),
        kind == Piece.Kind.CHECKERED ? Piece.Kind.PART : kind);
  }

  private static long end(List<Piece> pieces, int axis) {
    return pieces.stream().mapToLong(piece -> piece.along(axis).orElseThrow().to()).max().orElse(0);
  }

  /** What all pieces are of the tensor. */
  public Piece.Kind kind() {
    return shares.get(0).piece().kind();
  }

  /** All that the pieces make, from 0 on. */
  public Piece whole() {
    return hull(shares.stream().map(Share::piece).toList());
  }

  /** The same with other numbers for the machines; the device keeps its own. */
  public Sharing renumbered(int[] numbers) {
    return new Sharing(
        shares.stream().map(share -> new Share(numbers[share.node()], share.piece())).toList(),
        handout,
        zerosAfterSeconds,
        rounds);
  }

  /** The same of layers by other numbers. */
  Sharing with(UnaryOperator<LayerSet> change) {
    List<Round> changed = rounds.stream().map(round -> round.with(change)).toList();
    return new Sharing(shares, handout, zerosAfterSeconds, changed);
  }
}
