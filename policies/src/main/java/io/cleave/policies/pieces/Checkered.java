package io.cleave.policies.pieces;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A tile of a checkerboard. One of those that are made first is computed with all its halo, and
 * hands its neighbours what they need of the tensors between; any other one takes that and computes
 * the rest. Worked out once, since a planner asks of each tile and machine.
 */
final class Checkered implements Making {
  private final Funnel funnel;
  private final Piece piece;
  private final Strands strands;
  private final List<Patch> reads;
  private final List<Patch> gives;
  private final List<Piece> sources;
  private final double inputBits;
  private final double outputBits;
  private final double[] parts; // [layer] of it that is computed

  Checkered(Funnel funnel, Piece piece, Strands strands) {
    this.funnel = funnel;
    this.piece = piece;
    this.strands = strands;
    boolean first = piece.board().orElseThrow().isFirst(piece);
    List<Patch> overlaps = strands.overlaps().stream().map(Strands.Overlap::patch).toList();
    int input = funnel.tensors[funnel.inputs[0]];
    this.reads = new ArrayList<>();
    if (strands.made().containsKey(input)) {
      reads.add(new Patch(input, funnel.graph.tensor(input).name(), held(input)));
    }
    reads.addAll(first ? List.of() : overlaps);
    int output = funnel.tensors[funnel.output];
    this.gives = new ArrayList<>();
    gives.add(new Patch(output, funnel.graph.tensor(output).name(), made(output)));
    gives.addAll(first ? overlaps : List.of());
    this.sources =
        first
            ? List.of()
            : strands.overlaps().stream().map(Strands.Overlap::source).distinct().toList();
    this.inputBits = bits(reads);
    this.outputBits = bits(gives);
    this.parts =
        Arrays.stream(funnel.made)
            .mapToDouble(
                place ->
                    Optional.ofNullable(strands.made().get(funnel.tensors[place]))
                        .map(made -> share(funnel.tensors[place], made))
                        .orElse(0.0))
            .toArray();
  }

  private double bits(List<Patch> patches) {
    return patches.stream().mapToDouble(patch -> patch.bits(funnel.graph)).sum();
  }

  private double share(int tensor, Piece made) {
    double share = 1;
    for (Strip strip : made.strips()) {
      long length = funnel.graph.tensor(tensor).shape().dim(strip.axis());
      share = share * strip.span().length() / length;
    }
    return share;
  }

  @Override
  public Piece piece() {
    return piece;
  }

  @Override
  public LayerSet layers() {
    BitSet run = new BitSet();
    for (int i = 0; i < parts.length; i++) {
      run.set(funnel.layers[i], parts[i] > 0);
    }
    return LayerSet.of(run);
  }

  @Override
  public Piece made(int tensor) {
    return found(Optional.ofNullable(strands.made().get(tensor)), tensor);
  }

  @Override
  public Piece held(int tensor) {
    return found(Optional.ofNullable(strands.held().get(tensor)), tensor);
  }

  private Piece found(Optional<Piece> part, int tensor) {
    return part.orElseThrow(
        () ->
            new IllegalArgumentException(
                "Tensor %d of %s has no part in tile %s."
                    .formatted(tensor, funnel.graph.name(), piece)));
  }

  @Override
  public List<Patch> reads() {
    return List.copyOf(reads);
  }

  @Override
  public List<Patch> gives() {
    return List.copyOf(gives);
  }

  @Override
  public List<Piece> sources() {
    return sources;
  }

  @Override
  public double inputBits() {
    return inputBits;
  }

  @Override
  public double outputBits() {
    return outputBits;
  }

  @Override
  public double seconds(LayerTimes times) {
    double sum = times.startSeconds();
    for (int i = 0; i < parts.length; i++) {
      sum += parts[i] * times.layer(funnel.layers[i]);
    }
    return sum;
  }
}
