package io.cleave.policies.pieces;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run of layers that several machines make round by round: in each round everybody makes a piece
 * of one tensor and keeps it; before the next one they hand each other what is read of it elsewhere
 * than where it was made.
 *
 * <p><b>Idea:</b> the pieces of a tensor are all of it, each place once; so what a machine lacks of
 * what its next piece reads is where that meets the pieces of the others. <b>Complexity:</b>
 * O(pieces x layers), and O(pieces^2) a round. <b>Assumes</b> that a round reads nothing of this
 * run but the one tensor of the round before.
 */
public final class Rounds {
  private final DnnGraph graph;
  private final List<Funnel> funnels; // [round]
  private final List<List<Piece>> pieces; // [round][share]
  private final List<List<Footprint>> footprints = new ArrayList<>(); // [round][share]
  private final List<Halo> halos = new ArrayList<>();

  /**
   * What one machine hands another.
   *
   * @param round after which
   * @param from place of the share that made it
   * @param to place of the share whose next piece reads it
   * @param patch of the tensor that the round makes; its name says which places it is
   */
  public record Halo(int round, int from, int to, Patch patch) {
    /** Bits of it. */
    public double bits(DnnGraph graph) {
      return patch.bits(graph);
    }
  }

  private Rounds(DnnGraph graph, List<Funnel> funnels, List<List<Piece>> pieces) {
    this.graph = graph;
    this.funnels = funnels;
    this.pieces = pieces;
    for (int round = 0; round < funnels.size(); round++) {
      Funnel funnel = funnels.get(round);
      checkWhole(funnel, pieces.get(round));
      footprints.add(pieces.get(round).stream().map(funnel::footprint).toList());
      if (round > 0) {
        exchange(round);
      }
    }
  }

  /**
   * Lays rounds out.
   *
   * @param layers of each round, in order
   * @param pieces of each round, by share; of each round all of what it makes, each place once
   * @throws IllegalArgumentException if a round cannot be divided so, does not make one tensor, or
   *     reads another than the one of the round before
   */
  public static Rounds of(DnnGraph graph, List<LayerSet> layers, List<List<Piece>> pieces) {
    return of(layers.stream().map(run -> Funnel.of(graph, run)).toList(), pieces);
  }

  /** The same of runs that are laid out. */
  public static Rounds of(List<Funnel> runs, List<List<Piece>> pieces) {
    return new Rounds(runs.get(0).graph, List.copyOf(runs), List.copyOf(pieces));
  }

  private static void checkWhole(Funnel funnel, List<Piece> pieces) {
    for (Strip strip : pieces.get(0).strips()) {
      long end = pieces.stream().mapToLong(p -> to(p, strip.axis())).max().orElseThrow();
      long length = funnel.length(strip.axis(), false);
      if (end != length) {
        throw new IllegalArgumentException(
            "The pieces of layers %s end at %d, but there are %d places along axis %d."
                .formatted(funnel.run(), end, length, strip.axis()));
      }
    }
  }

  private static long to(Piece piece, int axis) {
    return piece.along(axis).orElseThrow().to();
  }

  private void exchange(int round) {
    int tensor = Footprint.output(graph, funnels.get(round - 1).run());
    for (int to = 0; to < footprints.get(round).size(); to++) {
      Footprint next = footprints.get(round).get(to);
      if (!next.inputs().equals(List.of(tensor))) {
        throw new IllegalArgumentException(
            "Layers %s read tensors %s, not only what the round before makes, %d."
                .formatted(funnels.get(round).run(), next.inputs(), tensor));
      }
      Piece read = next.part(tensor);
      for (int from = 0; from < pieces.get(round - 1).size(); from++) {
        Piece made = pieces.get(round - 1).get(from);
        if (from != to && read.meets(made)) {
          Patch handed = Patch.overlap(graph, tensor, common(read, made));
          halos.add(new Halo(round - 1, from, to, handed));
        }
      }
    }
  }

  /** Of two pieces that are cut along the same axes, and meet. */
  private static Piece common(Piece one, Piece other) {
    return new Piece(
        one.strips().stream()
            .map(strip -> strip.within(other.along(strip.axis()).orElseThrow()))
            .toList());
  }

  /** How many machines take part. */
  public int shares() {
    return pieces.get(0).size();
  }

  /** How many rounds there are. */
  public int count() {
    return funnels.size();
  }

  /** What is run in a round. */
  public LayerSet layers(int round) {
    return funnels.get(round).run();
  }

  /** What a share makes in a round. */
  public Piece piece(int round, int share) {
    return pieces.get(round).get(share);
  }

  /** What it takes to make that. */
  public Footprint footprint(int round, int share) {
    return footprints.get(round).get(share);
  }

  /** What is handed over, round by round, and within one by who needs it and who has it. */
  public List<Halo> halos() {
    return List.copyOf(halos);
  }

  /** What is handed over after a round. */
  public List<Halo> halos(int round) {
    return halos.stream().filter(halo -> halo.round() == round).toList();
  }

  /**
   * What a share reads in a round of what it made in the one before, as places of the whole tensor;
   * empty if nothing.
   *
   * @param round not the first
   */
  public Optional<Piece> kept(int round, int share) {
    Piece read = reads(round, share).get(0).places();
    Piece made = piece(round - 1, share);
    return read.meets(made) ? Optional.of(common(read, made)) : Optional.empty();
  }

  /** What a share makes of the tensor that it keeps after a round, or gives back after the last. */
  public Patch made(int round, int share) {
    int tensor = Footprint.output(graph, funnels.get(round).run());
    return new Patch(tensor, graph.tensor(tensor).name(), piece(round, share));
  }

  /** What a share reads in a round of what the round before made, or, in the first, is given. */
  public List<Patch> reads(int round, int share) {
    Footprint footprint = footprint(round, share);
    return footprint.inputs().stream()
        .map(t -> new Patch(t, graph.tensor(t).name(), footprint.part(t)))
        .toList();
  }
}
