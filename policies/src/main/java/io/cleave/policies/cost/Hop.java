package io.cleave.policies.cost;

import io.cleave.policies.plan.Handout;
import java.util.List;
import java.util.Optional;

/**
 * One leg of a frame's way: a run of layers on a node, a transfer over a link, or pieces of a run
 * on several nodes at the same time.
 */
public sealed interface Hop {
  /**
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}
   * @param seconds of work, start included, queue not
   */
  record Compute(int node, double seconds) implements Hop {}

  /**
   * @param server node number of the link's far end
   * @param up true from the device to the server
   * @param bits on the wire, codec applied
   * @param codecSeconds of encoding and decoding them
   */
  record Transfer(int server, boolean up, double bits, double codecSeconds) implements Hop {}

  /**
   * Pieces that are made at the same time; the frame goes on when all are back.
   *
   * @param branches of pieces of which some are made of others as if these were there
   * @param handout when each machine gets its pieces
   * @param reuses which pieces are made of others, by ascending piece
   * @param rounds of which the last makes the pieces; empty if all is made in one go
   */
  record Shared(List<Branch> branches, Handout handout, List<Reuse> reuses, List<Round> rounds)
      implements Hop {
    public Shared {
      branches = List.copyOf(branches);
      reuses = List.copyOf(reuses);
      rounds = List.copyOf(rounds);
    }

    /** Pieces that are made in one go. */
    public Shared(List<Branch> branches, Handout handout, List<Reuse> reuses) {
      this(branches, handout, reuses, List.of());
    }

    /** Pieces that need nothing of each other. */
    public Shared(List<Branch> branches, Handout handout) {
      this(branches, handout, List.of());
    }

    /** What a piece is made of; empty if of nothing that others make. */
    Optional<Reuse> reuse(int piece) {
      return reuses.stream().filter(reuse -> reuse.piece() == piece).findFirst();
    }
  }

  /**
   * A piece that is made of what others made, if these are back when it is taken.
   *
   * @param piece place among the branches
   * @param sources places of the others
   * @param otherwise what it takes if one of them is not
   */
  record Reuse(int piece, List<Integer> sources, Branch otherwise) {
    public Reuse {
      sources = List.copyOf(sources);
    }
  }

  /**
   * What all machines do before they hand each other what is read in the next round.
   *
   * @param seconds of work of each branch, start included, queue not
   * @param handed afterwards; none after the last round
   */
  record Round(List<Double> seconds, List<Halo> handed) {
    public Round {
      seconds = List.copyOf(seconds);
      handed = List.copyOf(handed);
    }
  }

  /**
   * What one machine hands another: what a helper is handed crosses its uplink, from wherever; what
   * the device is handed crosses the giver's downlink.
   *
   * @param from place of the giver's branch
   * @param to place of the taker's branch
   * @param bits codec applied
   */
  record Halo(int from, int to, double bits) {}

  /**
   * A piece on its machine.
   *
   * @param node as in {@link io.cleave.policies.plan.Stage#node()}
   * @param upBits of what it is given, codec applied; 0 for the device
   * @param seconds of work, each start included, queue not
   * @param downBits of what it gives back; 0 for the device
   */
  record Branch(int node, double upBits, double seconds, double downBits) {}
}
