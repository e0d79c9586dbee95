package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final RowStrips rows;
  private final Step[][] steps; // [start][end]; none if there is none, or nobody asked
  private final boolean[][] asked; // [start][end]
  private final Way[][] ways; // [start][end] the best one there, if there is any
  private final int[] searched; // [start] up to which end
  private Way spare; // one that was beaten, to be used again
  private final boolean[] here; // [machine] true of the device, of which the rest says nothing
  private final double[] up; // [machine] bits a second to it
  private final double[] down;
  private final double[] halfTrip; // [machine] seconds

  /** What each machine does from one place to the next. */
  private static final class Step {
    final double[] seconds; // [machine] of work
    final double[] inputBits; // [machine] of all that is read
    final int[] first; // [machine] that makes the first of the rows that it reads
    final double[][] bits; // [machine][others from the first on] that it reads of theirs

    Step(int machines) {
      seconds = new double[machines];
      inputBits = new double[machines];
      first = new int[machines];
      bits = new double[machines][0];
    }
  }

  /** The best rounds found up to a place. */
  private static final class Way {
    int before; // where the last round begins
    final double[] ready; // [machine] when it has made its piece
    final double[] upFree; // [machine] when its uplink is free
    final double[] downFree;
    double seconds; // until all is at the device, if it ends here

    Way(int machines) {
      ready = new double[machines];
      upFree = new double[machines];
      downFree = new double[machines];
    }

    /** Rounds that begin. */
    void begin(int start) {
      before = start;
      seconds = 0;
      Arrays.fill(ready, 0);
      Arrays.fill(upFree, 0);
      Arrays.fill(downFree, 0);
    }

    /** One more round. */
    void goOn(int middle, Way earlier) {
      before = middle;
      seconds = 0;
      System.arraycopy(earlier.ready, 0, ready, 0, ready.length);
      System.arraycopy(earlier.upFree, 0, upFree, 0, upFree.length);
      System.arraycopy(earlier.downFree, 0, downFree, 0, downFree.length);
    }
  }

  CrewRounds(Observation observation, Terms terms, Runs runs, RowStrips rows) {
    this.observation = observation;
    this.codec = terms.codec();
    this.runs = runs;
    this.rows = rows;
    this.crew = rows.crew();
    int count = runs.count();
    this.steps = new Step[count][count];
    this.asked = new boolean[count][count];
    this.ways = new Way[count][count];
    this.searched = new int[count];
    this.spare = new Way(crew.size());
    this.here = new boolean[crew.size()];
    this.up = new double[crew.size()];
    this.down = new double[crew.size()];
    this.halfTrip = new double[crew.size()];
    for (int i = 0; i < up.length; i++) {
      here[i] = crew.get(i) == Stage.DEVICE;
      if (!here[i]) {
        up[i] = link(i).up().bitsPerSecond();
        down[i] = link(i).down().bitsPerSecond();
        halfTrip[i] = link(i).rttSeconds() / 2;
      }
    }
  }

  /** True if there is such a step, which is at hand then. */
  private boolean step(int start, int end) {
    if (!asked[start][end]) {
      asked[start][end] = true;
      Optional<Divisible> run = runs.divisible(start, end);
      if (rows.at(end).length > 0 && run.filter(CrewRounds::hasRows).isPresent()) {
        steps[start][end] = step(run.get(), start, end);
      }
    }
    return steps[start][end] != null;
  }

  static boolean hasRows(Divisible run) {
    return run.whole().along(Strip.ROWS).isPresent();
  }

  private Step step(Divisible run, int start, int end) {
    Step step = new Step(crew.size());
    for (int i = 0; i < crew.size(); i++) {
      Footprint piece = run.funnel().footprint(Piece.of(Strip.ROWS, rows.at(end)[i]));
      step.seconds[i] = piece.seconds(observation.node(crew.get(i)).times());
      step.inputBits[i] = codec.sizeFactor() * piece.inputBits();
      if (rows.at(start).length > 0) {
        read(step, i, start, piece.part(piece.inputs().get(0)).along(Strip.ROWS).orElseThrow());
      }
    }
    return step;
  }

  /** Rows that lie in a row are made by machines that do. */
  private void read(Step step, int machine, int start, Span wanted) {
    Span[] made = rows.at(start);
    int first = 0;
    while (!wanted.meets(made[first])) {
      first++;
    }
    int next = first;
    while (next < made.length && wanted.meets(made[next])) {
      next++;
    }
    double bitsPerRow = bits(start) / rows.rows(start);
    step.first[machine] = first;
    step.bits[machine] = new double[next - first];
    for (int i = first; i < next; i++) {
      step.bits[machine][i - first] = bitsPerRow * wanted.within(made[i]).length();
    }
  }

  /** Which rows each machine has. */
  RowStrips rows() {
    return rows;
  }

  /** Where rounds end by the best way from one place to another, both left out. */
  List<Integer> between(int start, int end) {
    List<Integer> places = new ArrayList<>();
    Way[] from = from(start, end);
    for (int at = from[end].before; at > start; at = from[at].before) {
      places.add(0, at);
    }
    return places;
  }

  /** Seconds of it, as foretold here; infinite if there is none, or it has one round only. */
  double seconds(int start, int end) {
    Way way = from(start, end)[end];
    return way == null || way.before == start ? Double.POSITIVE_INFINITY : way.seconds;
  }

  /** [place] the best ways from a place, up to an end at least. */
  private Way[] from(int start, int last) {
    Way[] best = ways[start];
    for (int end = Math.max(start, searched[start]) + 1; end <= last; end++) {
      if (step(start, end)) {
        offer(best, end, first(start, end));
      }
      for (int middle = start + 1; middle < end; middle++) {
        if (best[middle] != null && step(middle, end)) {
          offer(best, end, next(middle, end, best[middle]));
        }
      }
      searched[start] = end;
    }
    return best;
  }

  /** Takes the spare one, which leads there, if it is better. */
  private void offer(Way[] best, int end, Way way) {
    if (best[end] == null) {
      best[end] = way;
      spare = new Way(crew.size());
    } else if (way.seconds < best[end].seconds) {
      spare = best[end];
      best[end] = way;
    }
  }

  private LinkState link(int machine) {
    return observation.server(crew.get(machine)).link();
  }

  private Way first(int start, int end) {
    Step step = steps[start][end];
    Way way = spare;
    way.begin(start);
    for (int i = 0; i < up.length; i++) {
      if (!here[i]) {
        double bits = step.inputBits[i];
        way.upFree[i] = codec.seconds(bits) + bits / up[i];
        way.ready[i] = way.upFree[i] + halfTrip[i] + observation.node(crew.get(i)).queueSeconds();
      }
    }
    made(way, end, step);
    return way;
  }

  private Way next(int middle, int end, Way before) {
    Step step = steps[middle][end];
    Way way = spare;
    way.goOn(middle, before);
    for (int to = 0; to < up.length; to++) {
      double[] read = step.bits[to];
      for (int i = 0; i < read.length; i++) {
        int from = step.first[to] + i;
        if (from != to) {
          double set = before.ready[from] + codec.seconds(read[i]);
          way.ready[to] = Math.max(way.ready[to], arrives(from, to, read[i], set, way));
        }
      }
    }
    made(way, end, step);
    return way;
  }

  private double arrives(int from, int to, double bits, double set, Way way) {
    int helper = here[to] ? from : to;
    double[] free = here[to] ? way.downFree : way.upFree;
    double rate = here[to] ? down[from] : up[to];
    free[helper] = Math.max(free[helper], set) + bits / rate;
    return free[helper] + halfTrip[helper];
  }

  private void made(Way way, int end, Step step) {
    double bitsPerRow = bits(end) / rows.rows(end);
    for (int i = 0; i < up.length; i++) {
      way.ready[i] += step.seconds[i];
      double back = 0;
      if (!here[i]) {
        double bits = bitsPerRow * rows.at(end)[i].length();
        back = codec.seconds(bits) + bits / down[i] + halfTrip[i];
      }
      way.seconds = Math.max(way.seconds, way.ready[i] + back);
    }
  }

  private double bits(int place) {
    return codec.sizeFactor() * runs.outputBits(place - 1, place);
  }
}
