package io.cleave.policies.plan;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Strip;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How several machines make one tensor together, each a piece of it at the same time. The device
 * hands each machine what its piece needs, and joins what comes back.
 *
 * @param axis of the tensor along which it is cut, as in {@link Strip#axis()}
 * @param shares one after the other along the axis, from its first place on; at least one, no
 *     machine twice
 */
public record Sharing(int axis, List<Share> shares) {
  /**
   * One machine's piece.
   *
   * @param node as in {@link Stage#node()}
   * @param span of the axis
   */
  public record Share(int node, Span span) {
    public Share {
      if (node < 0) {
        throw new IllegalArgumentException("A node must be at least 0, not %d.".formatted(node));
      }
    }
  }

  public Sharing {
    shares = List.copyOf(shares);
    long next = 0;
    Set<Integer> nodes = new HashSet<>();
    for (Share share : shares) {
      if (share.span().from() != next || !nodes.add(share.node())) {
        throw new IllegalArgumentException(
            "Pieces follow one another from 0 on, one a machine, not %s.".formatted(shares));
      }
      next = share.span().to();
    }
    if (axis < 1 || shares.isEmpty()) {
      throw new IllegalArgumentException(
          "A stage is shared along axis 1 or a later one in at least one piece, not along %d in %s."
              .formatted(axis, shares));
    }
  }

  /** Length of the axis: where the last piece ends. */
  public long length() {
    return shares.get(shares.size() - 1).span().to();
  }

  /** A machine's piece as what the run makes. */
  public Strip strip(Share share) {
    return new Strip(axis, share.span());
  }

  /** The same with other numbers for the machines; the device keeps its own. */
  public Sharing renumbered(int[] numbers) {
    return new Sharing(
        axis,
        shares.stream().map(share -> new Share(numbers[share.node()], share.span())).toList());
  }
}
