package io.cleave.policies.pieces;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.profile.LayerTimes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A tile of a checkerboard. One of those that are made first is computed with all its halo, and
 * hands its neighbours what they need of the tensors between; any other one takes that and computes
 * the rest.
 */
record Checkered(Funnel funnel, Footprint footprint, Strands strands) implements Making {
  @Override
  public Piece piece() {
    return footprint.piece();
  }

  private boolean first() {
    return piece().board().orElseThrow().isFirst(piece());
  }

  @Override
  public LayerSet layers() {
    BitSet run = new BitSet();
    for (int i = 0; i < funnel.layers.length; i++) {
      run.set(funnel.layers[i], strands.made().containsKey(funnel.tensors[funnel.made[i]]));
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
                    .formatted(tensor, funnel.graph.name(), piece())));
  }

  @Override
  public List<Patch> reads() {
    List<Patch> reads = new ArrayList<>();
    int input = funnel.tensors[funnel.inputs[0]];
    if (strands.made().containsKey(input)) {
      reads.add(new Patch(input, funnel.graph.tensor(input).name(), held(input)));
    }
    if (!first()) {
      reads.addAll(overlaps());
    }
    return reads;
  }

  @Override
  public List<Patch> gives() {
    int output = funnel.tensors[funnel.output];
    List<Patch> gives = new ArrayList<>();
    gives.add(new Patch(output, funnel.graph.tensor(output).name(), made(output)));
    if (first()) {
      gives.addAll(overlaps());
    }
    return gives;
  }

  private List<Patch> overlaps() {
    return strands.overlaps().stream().map(Strands.Overlap::patch).toList();
  }

  @Override
  public List<Piece> sources() {
    return first()
        ? List.of()
        : strands.overlaps().stream().map(Strands.Overlap::source).distinct().toList();
  }

  @Override
  public double inputBits() {
    return bits(reads());
  }

  @Override
  public double outputBits() {
    return bits(gives());
  }

  private double bits(List<Patch> patches) {
    return patches.stream().mapToDouble(patch -> patch.bits(funnel.graph)).sum();
  }

  @Override
  public double seconds(LayerTimes times) {
    double sum = times.startSeconds();
    for (int i = 0; i < funnel.layers.length; i++) {
      int tensor = funnel.tensors[funnel.made[i]];
      Optional<Piece> made = Optional.ofNullable(strands.made().get(tensor));
      double part = made.map(piece -> share(tensor, piece)).orElse(0.0);
      sum += part * times.layer(funnel.layers[i]);
    }
    return sum;
  }

  private double share(int tensor, Piece piece) {
    double share = 1;
    for (Strip strip : piece.strips()) {
      long length = funnel.graph.tensor(tensor).shape().dim(strip.axis());
      share = share * strip.span().length() / length;
    }
    return share;
  }
}
