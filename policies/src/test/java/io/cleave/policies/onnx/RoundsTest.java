package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.LegalCuts;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Patch;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.pieces.Strip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime is the judge: pieces made round by round, of halos handed over, are the whole. */
final class RoundsTest {
  private static final double TOLERANCE = 1e-5;

  /** Layers behind which one tensor that can be cut is all that is open. */
  private static List<Integer> ends(DnnGraph graph, List<Integer> axes) {
    List<Integer> ends = new ArrayList<>();
    int from = 1;
    for (int end = 1; end < graph.size(); end++) {
      LayerSet run = LayerSet.range(from, end + 1);
      LayerSet rest = LayerSet.range(end + 1, graph.size());
      boolean open =
          !rest.isEmpty()
              && LegalCuts.positions(graph).contains(end)
              && Footprint.outputs(graph, LayerSet.range(1, end + 1)).size() == 1
              && divisible(graph, run, axes)
              && divisible(graph, rest, axes);
      if (open) {
        ends.add(end);
        from = end + 1;
      }
    }
    return ends;
  }

  private static boolean divisible(DnnGraph graph, LayerSet run, List<Integer> axes) {
    return axes.stream().allMatch(axis -> Footprint.obstacle(graph, run, axis).isEmpty());
  }

  /** So many strips, or columns of strips, as fit. */
  private static List<Span> spans(long length, long wanted, SplittableRandom random) {
    TreeSet<Long> ends = new TreeSet<>(Set.of(length));
    while (ends.size() < wanted) {
      ends.add(random.nextLong(1, length + 1));
    }
    List<Span> spans = new ArrayList<>();
    long before = 0;
    for (long end : ends) {
      spans.add(new Span(before, end));
      before = end;
    }
    return spans;
  }

  /** What a random network is shared as; empty if it cannot be. */
  private static Optional<Rounds> random(DnnGraph graph, SplittableRandom random) {
    boolean tiles = random.nextInt(3) == 0;
    List<Integer> axes =
        tiles ? List.of(Strip.ROWS, Strip.COLUMNS) : List.of(2 + random.nextInt(2));
    List<Integer> ends = new ArrayList<>(ends(graph, axes));
    ends.removeIf(end -> random.nextInt(3) == 0);
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    ends.add(graph.size() - 1);
    List<LayerSet> runs = new ArrayList<>();
    int from = 1;
    for (int end : ends) {
      runs.add(LayerSet.range(from, end + 1));
      from = end + 1;
    }
    List<TensorShape> shapes =
        runs.stream().map(run -> graph.tensor(Footprint.output(graph, run)).shape()).toList();
    long[] counts = new long[axes.size()];
    for (int i = 0; i < counts.length; i++) {
      int axis = axes.get(i);
      counts[i] = Math.min(3, shapes.stream().mapToLong(shape -> shape.dim(axis)).min().orElse(1));
    }
    List<List<Piece>> pieces = new ArrayList<>();
    for (TensorShape shape : shapes) {
      int axis = axes.get(0);
      pieces.add(
          tiles
              ? grid(shape, counts, random)
              : spans(shape.dim(axis), counts[0], random).stream()
                  .map(span -> Piece.of(axis, span))
                  .toList());
    }
    return Optional.of(Rounds.of(graph, runs, pieces));
  }

  private static List<Piece> grid(TensorShape shape, long[] counts, SplittableRandom random) {
    List<Piece> tiles = new ArrayList<>();
    List<Span> columns = spans(shape.dim(3), counts[1], random);
    for (Span rows : spans(shape.dim(2), counts[0], random)) {
      columns.forEach(column -> tiles.add(Piece.tile(rows, column)));
    }
    return tiles;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void piecesOfRandomNetworksMakeTheWhole(long seed) {
    ModelProto model = RandomRuns.images(seed);
    OnnxSlicer slicer = OnnxSlicer.of("random", model, Map.of());
    DnnGraph graph = slicer.graph();
    Optional<Rounds> rounds = random(graph, new SplittableRandom(seed));
    if (rounds.isEmpty()) {
      return; // counted below
    }
    List<Long> dims = new ArrayList<>(graph.tensor(0).shape().dims());
    dims.set(0, 1 + seed % 2); // the batch stays open
    Map<String, Floats> held = Map.of("x", Floats.random(seed, dims));
    Floats whole =
        Engine.pick(Engine.run(model, held), graph.tensor(graph.outputs().get(0)).name());
    assertThat(whole.relativeDifference(joined(slicer, rounds.get(), held)))
        .as("seed %d: %s", seed, model.getGraph().getNodeList())
        .isLessThanOrEqualTo(TOLERANCE);
  }

  /** So that the test above looks at something. */
  @Test
  void manyRandomNetworksHandSomethingOver() {
    long handing =
        LongStream.range(0, 300)
            .mapToObj(
                seed ->
                    random(
                        OnnxGraph.of("random", RandomRuns.images(seed)),
                        new SplittableRandom(seed)))
            .filter(rounds -> rounds.filter(some -> !some.halos().isEmpty()).isPresent())
            .count();
    assertThat(handing).isGreaterThanOrEqualTo(100);
  }

  /** Each round of each share is given what it kept and what others hand it, and no more. */
  private static Floats joined(OnnxSlicer slicer, Rounds rounds, Map<String, Floats> held) {
    Map<Piece, Floats> made = new LinkedHashMap<>();
    for (int round = 0; round < rounds.count(); round++) {
      Map<Piece, Floats> next = new LinkedHashMap<>();
      for (int share = 0; share < rounds.shares(); share++) {
        Map<String, Floats> given = new HashMap<>();
        for (Patch read : rounds.reads(round, share)) {
          given.put(
              read.name(),
              round == 0
                  ? cut(Engine.pick(held, read.name()), read.places())
                  : assembled(rounds, round, share, made));
        }
        Patch output = rounds.made(round, share);
        Map<String, Floats> answer =
            Engine.run(slicer.piece(rounds.layers(round), output.places()), given);
        next.put(output.places(), Engine.pick(answer, output.name()));
      }
      made = next;
    }
    return mosaic(made);
  }

  private static Floats assembled(
      Rounds rounds, int round, int share, Map<Piece, Floats> madeBefore) {
    Map<Piece, Floats> parts = new LinkedHashMap<>();
    rounds
        .kept(round, share)
        .ifPresent(
            kept -> {
              Piece own = rounds.piece(round - 1, share);
              parts.put(kept, within(of(madeBefore, own), own, kept));
            });
    for (Rounds.Halo halo : rounds.halos(round - 1)) {
      if (halo.to() == share) {
        Piece places = halo.patch().places();
        Piece giver = rounds.piece(round - 1, halo.from());
        parts.put(places, within(of(madeBefore, giver), giver, places));
      }
    }
    return mosaic(parts);
  }

  private static Floats of(Map<Piece, Floats> made, Piece piece) {
    return Optional.ofNullable(made.get(piece)).orElseThrow();
  }

  private static Floats within(Floats part, Piece places, Piece wanted) {
    return cut(part, wanted.relativeTo(places));
  }

  private static Floats cut(Floats whole, Piece piece) {
    Floats part = whole;
    for (Strip strip : piece.strips()) {
      part = part.part(strip.axis(), strip.span());
    }
    return part;
  }

  /** Parts of a grid, side by side. */
  private static Floats mosaic(Map<Piece, Floats> parts) {
    int axis = parts.keySet().iterator().next().strips().get(0).axis();
    Map<Span, List<Piece>> bands =
        new TreeMap<>(Comparator.comparingLong(Span::from).thenComparingLong(Span::to));
    parts
        .keySet()
        .forEach(
            piece ->
                bands
                    .computeIfAbsent(piece.strips().get(0).span(), span -> new ArrayList<>())
                    .add(piece));
    List<Floats> joined = new ArrayList<>();
    for (List<Piece> band : bands.values()) {
      band.sort(
          Comparator.comparingLong(
              piece -> piece.strips().get(piece.strips().size() - 1).span().from()));
      joined.add(Floats.joined(band.stream().map(parts::get).toList(), Strip.COLUMNS));
    }
    return Floats.joined(joined, axis);
  }

  @Test
  void roundsThatAreNoneAreRefused() {
    DnnGraph graph = Zoo.VGG16.graph();
    List<Piece> halves = List.of(Piece.of(2, new Span(0, 100)), Piece.of(2, new Span(100, 224)));
    List<LayerSet> runs = List.of(LayerSet.of(1, 2), LayerSet.of(3, 4));
    assertThat(Rounds.of(graph, runs, List.of(halves, halves)).halos()).hasSize(2);
    assertThatThrownBy(() -> Rounds.of(graph, runs, List.of(halves, halves.subList(0, 1))))
        .hasMessageContaining("end at 100, but there are 224 places");
    assertThatThrownBy(
            () ->
                Rounds.of(
                    graph, List.of(LayerSet.of(1, 2), LayerSet.of(4)), List.of(halves, halves)))
        .hasMessageContaining("not only what the round before makes");
  }
}
