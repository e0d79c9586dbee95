package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Span;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What some machines, each with its strip of rows of every tensor, take for runs of layers that
 * they make in rounds.
 *
 * <p><b>Idea:</b> the best rounds from one place to all later ones, one after the other: to each
 * place the one way is kept by which all pieces would be at the device first. <b>Complexity:</b>
 * O(p^2) rounds for p places, each O(machines^2). <b>Assumes</b> that nothing on a link is
 * overtaken from one round to the next. A heuristic: another way to a place may be slower there,
 * and faster behind it.
 */
final class CrewRounds {
  private final Observation observation;
  private final Codec codec;
  private final Runs runs;
  private final List<Integer> crew;
  private final Span[][] strips; // [place][machine]; none where somebody would get no row
  private final Map<Integer, Step> steps = new HashMap<>(); // by start and end; as they are asked
  private final Map<Integer, Way[]> ways = new HashMap<>(); // by start: [end] the best one there

  /** What each machine does from one place to the next. */
  private static final class Step {
    final double[] seconds; // [machine] of work
    final Span[] reads; // [machine] rows of what is there at the first place
    final double[] inputBits; // [machine] of all that is read

    Step(int machines) {
      seconds = new double[machines];
      reads = new Span[machines];
      inputBits = new double[machines];
    }
  }

  /** The best rounds found up to a place. */
  private static final class Way {
    final int before; // where the last round begins
    final double[] ready; // [machine] when it has made its piece
    final double[] upFree; // [machine] when its uplink is free
    final double[] downFree;
    double seconds; // until all is at the device, if it ends here

    /** Rounds that begin. */
    Way(int before, int machines) {
      this.before = before;
      ready = new double[machines];
      upFree = new double[machines];
      downFree = new double[machines];
    }

    /** One more round. */
    Way(int before, Way earlier) {
      this.before = before;
      ready = earlier.ready.clone();
      upFree = earlier.upFree.clone();
      downFree = earlier.downFree.clone();
    }
  }

  /**
   * @param rows [place] of the image there
   * @param crew the machines
   * @param weights [machine] in proportion to which it gets rows
   */
  CrewRounds(
      Observation observation,
      Terms terms,
      Runs runs,
      long[] rows,
      List<Integer> crew,
      double[] weights) {
    this.observation = observation;
    this.codec = terms.codec();
    this.runs = runs;
    this.crew = crew;
    this.strips = new Span[runs.count()][0];
    for (int place = 1; place < strips.length; place++) {
      strips[place] = strips(rows[place], weights);
    }
  }

  /** [place] how many rows there are; 0 if what is there is no image. */
  static long[] rows(DnnGraph graph, Runs runs) {
    long[] rows = new long[runs.count()];
    for (int place = 1; place < rows.length; place++) {
      List<Integer> made = Footprint.outputs(graph, runs.layers(place - 1, place));
      TensorShape shape = graph.tensor(made.get(made.size() - 1)).shape();
      rows[place] = made.size() == 1 && shape.rank() == 4 ? shape.dim(Strip.ROWS) : 0;
    }
    return rows;
  }

  private static Span[] strips(long rows, double[] weights) {
    long[] places = rows == 0 ? new long[] {0} : LargestRemainder.split(weights, rows);
    if (Arrays.stream(places).anyMatch(count -> count == 0)) {
      return new Span[0];
    }
    Span[] strips = new Span[places.length];
    long next = 0;
    for (int i = 0; i < strips.length; i++) {
      strips[i] = new Span(next, next + places[i]);
      next += places[i];
    }
    return strips;
  }

  /** The strips of what is there at a place; empty if it cannot be made so. */
  List<Piece> pieces(int place) {
    return Arrays.stream(strips[place]).map(strip -> Piece.of(Strip.ROWS, strip)).toList();
  }

  private Optional<Step> step(int start, int end) {
    Optional<Divisible> run = runs.divisible(start, end);
    if (strips[end].length == 0 || run.filter(CrewRounds::hasRows).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        steps.computeIfAbsent(start * runs.count() + end, any -> step(run.get(), end)));
  }

  static boolean hasRows(Divisible run) {
    return run.whole().along(Strip.ROWS).isPresent();
  }

  private Step step(Divisible run, int end) {
    Step step = new Step(crew.size());
    for (int i = 0; i < crew.size(); i++) {
      Footprint piece = run.funnel().footprint(Piece.of(Strip.ROWS, strips[end][i]));
      step.seconds[i] = piece.seconds(observation.node(crew.get(i)).times());
      step.reads[i] = piece.part(piece.inputs().get(0)).along(Strip.ROWS).orElseThrow();
      step.inputBits[i] = codec.sizeFactor() * piece.inputBits();
    }
    return step;
  }

  List<Integer> crew() {
    return crew;
  }

  /** True if everybody gets a row of what is there at all places but the first. */
  boolean canEnd(List<Integer> places) {
    return places.stream().skip(1).allMatch(place -> strips[place].length > 0);
  }

  /** Where rounds end by the best way from one place to another, both left out. */
  List<Integer> between(int start, int end) {
    List<Integer> places = new ArrayList<>();
    for (int at = from(start)[end].before; at > start; at = from(start)[at].before) {
      places.add(0, at);
    }
    return places;
  }

  /** Seconds of it, as foretold here; infinite if there is none, or it has one round only. */
  double seconds(int start, int end) {
    Way way = from(start)[end];
    return way == null || way.before == start ? Double.POSITIVE_INFINITY : way.seconds;
  }

  private Way[] from(int start) {
    return ways.computeIfAbsent(start, this::search);
  }

  private Way[] search(int start) {
    Way[] best = new Way[runs.count()];
    for (int end = start + 1; end < best.length; end++) {
      int last = end;
      step(start, end).ifPresent(step -> best[last] = first(start, last, step));
      for (int middle = start + 1; middle < end; middle++) {
        Optional<Step> step = best[middle] == null ? Optional.empty() : step(middle, end);
        if (step.isPresent()) {
          Way way = next(middle, end, best[middle], step.get());
          best[end] = best[end] == null || way.seconds < best[end].seconds ? way : best[end];
        }
      }
    }
    return best;
  }

  private LinkState link(int machine) {
    return observation.server(crew.get(machine)).link();
  }

  private boolean here(int machine) {
    return crew.get(machine) == Stage.DEVICE;
  }

  private Way first(int start, int end, Step step) {
    Way way = new Way(start, crew.size());
    for (int i = 0; i < crew.size(); i++) {
      if (!here(i)) {
        double bits = step.inputBits[i];
        way.upFree[i] = codec.seconds(bits) + bits / link(i).up().bitsPerSecond();
        double queue = observation.node(crew.get(i)).queueSeconds();
        way.ready[i] = way.upFree[i] + link(i).rttSeconds() / 2 + queue;
      }
    }
    made(way, end, step);
    return way;
  }

  private Way next(int middle, int end, Way before, Step step) {
    Way way = new Way(middle, before);
    double bitsPerRow = bits(middle) / rows(strips[middle]);
    for (int to = 0; to < crew.size(); to++) {
      for (int from = 0; from < crew.size(); from++) {
        if (from != to && step.reads[to].meets(strips[middle][from])) {
          double bits = bitsPerRow * step.reads[to].within(strips[middle][from]).length();
          double set = before.ready[from] + codec.seconds(bits);
          way.ready[to] = Math.max(way.ready[to], arrives(from, to, bits, set, way));
        }
      }
    }
    made(way, end, step);
    return way;
  }

  private double arrives(int from, int to, double bits, double set, Way way) {
    int helper = here(to) ? from : to;
    double[] free = here(to) ? way.downFree : way.upFree;
    Bandwidth rate = here(to) ? link(from).down() : link(to).up();
    free[helper] = Math.max(free[helper], set) + bits / rate.bitsPerSecond();
    return free[helper] + link(helper).rttSeconds() / 2;
  }

  private void made(Way way, int end, Step step) {
    double bitsPerRow = bits(end) / rows(strips[end]);
    for (int i = 0; i < crew.size(); i++) {
      way.ready[i] += step.seconds[i];
      double back = 0;
      if (!here(i)) {
        double bits = bitsPerRow * strips[end][i].length();
        double seconds = bits / link(i).down().bitsPerSecond();
        back = codec.seconds(bits) + seconds + link(i).rttSeconds() / 2;
      }
      way.seconds = Math.max(way.seconds, way.ready[i] + back);
    }
  }

  private static long rows(Span[] strips) {
    return strips[strips.length - 1].to();
  }

  private double bits(int place) {
    return codec.sizeFactor() * runs.outputBits(place - 1, place);
  }
}
