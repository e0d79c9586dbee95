package io.cleave.agents.dnn;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one machine that makes a piece in rounds with others.
 *
 * @param rounds of all
 * @param share place of the machine
 */
public record RoundParts(DnnGraph graph, Rounds rounds, int share) {
  /** What the machine runs in a round. */
  public Step step(int round) {
    return Step.piece(rounds.layers(round), rounds.piece(round, share));
  }

  /** What it runs, round by round. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int round = 0; round < rounds.count(); round++) {
      steps.add(step(round));
    }
    return steps;
  }

  /** What it must be handed before a round. */
  public List<Rounds.Halo> awaited(int round) {
    return round == 0
        ? List.of()
        : rounds.halos(round - 1).stream().filter(halo -> halo.to() == share).toList();
  }

  /** What it hands others after a round. */
  public List<Rounds.Halo> given(int round) {
    return rounds.halos(round).stream().filter(halo -> halo.from() == share).toList();
  }

  /**
   * A part of what it made in a round, under the name by which it goes.
   *
   * @param made its piece of that round
   */
  public TensorValue part(Rounds.Halo halo, TensorValue made) {
    Piece own = rounds.piece(halo.round(), share);
    TensorValue part = TensorParts.cut(made, halo.patch().places().relativeTo(own));
    return named(halo.patch().name(), part);
  }

  /**
   * True if a tensor is what was to be handed over.
   *
   * @param samples that the frame has
   */
  public boolean fits(Rounds.Halo halo, TensorValue tensor, long samples) {
    List<Long> dims = new ArrayList<>(halo.patch().part(graph).shape().dims());
    dims.set(0, samples);
    return tensor.name().equals(halo.patch().name())
        && tensor.kind() == ElementKind.FLOAT32
        && tensor.shape().equals(dims);
  }

  /**
   * What it reads in a round.
   *
   * @param round not the first
   * @param made its piece of the round before
   * @param handed all that it was to be handed
   */
  public TensorValue input(int round, TensorValue made, Map<Rounds.Halo, TensorValue> handed) {
    Patch read = rounds.reads(round, share).get(0);
    Map<Piece, TensorValue> parts = new LinkedHashMap<>();
    rounds
        .kept(round, share)
        .ifPresent(
            kept -> {
              Piece own = rounds.piece(round - 1, share);
              TensorValue part = TensorParts.cut(made, kept.relativeTo(own));
              parts.put(kept.relativeTo(read.places()), part);
            });
    handed.forEach(
        (halo, part) ->
            parts.put(halo.patch().places().relativeTo(read.places()), named(read.name(), part)));
    return TensorParts.joined(parts);
  }

  private static TensorValue named(String name, TensorValue tensor) {
    return new TensorValue(name, tensor.kind(), tensor.shape(), tensor.data());
  }
}
