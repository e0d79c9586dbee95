package io.cleave.policies.tiling;

import io.cleave.policies.graph.Span;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.pieces.Strip;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import java.util.ArrayList;
import java.util.List;

/**
 * What no sharing of a run can be quicker than, if each machine does one piece after the other: all
 * machines work from the first moment to the last.
 *
 * <p>A machine is begun and asked once at least; of a piece it makes, and is given, what {@link
 * Needs} says, and gives back what it is asked for. The pieces are 1 together, so the least seconds
 * are those in which the machines make 1. Where a piece may need less than its share ({@link
 * Divisible#dense}) nothing is known, and the bound is 0. <b>Source:</b> our own.
 * <b>Complexity:</b> O(layers) a machine, O(machines^2) a question.
 */
final class LeastTime {
  private static final double ROUNDED = 1 - 1e-9; // so that no bound is too high by rounding

  private final Divisible run;
  private final List<Integer> crew;
  private final List<LeastWork> machines = new ArrayList<>(); // none if nothing is known

  private LeastTime(Divisible run, List<Integer> crew) {
    this.run = run;
    this.crew = crew;
  }

  /**
   * Of machines that can be reached.
   *
   * @param crew in the order in which grids give them places
   */
  static LeastTime of(Observation observation, Terms terms, Divisible run, List<Integer> crew) {
    LeastTime least = new LeastTime(run, crew);
    if (run.dense()) {
      for (int node : crew) {
        least.machines.add(LeastWork.of(node, run.needs(), observation, terms));
      }
    }
    return least;
  }

  /** Seconds of any pieces of the first so many machines, or of some of these. */
  double seconds(int count) {
    double[] begun = new double[Math.min(count, machines.size())];
    double[] all = new double[begun.length];
    for (int i = 0; i < begun.length; i++) {
      begun[i] = machines.get(i).fixed();
      all[i] = machines.get(i).all();
    }
    return rounded(level(begun, all, 1));
  }

  double seconds() {
    return seconds(machines.size());
  }

  /** Seconds of these pieces, of which each machine makes one at most. */
  double pieces(List<Sharing.Share> shares) {
    double last = 0;
    for (int i = 0; i < shares.size() && !machines.isEmpty(); i++) {
      LeastWork machine = machines.get(crew.indexOf(shares.get(i).node()));
      last = Math.max(last, seconds(machine, shares.get(i).piece()));
    }
    return rounded(last);
  }

  /** Seconds of these pieces, whoever makes each: weighed by what each machine does a second. */
  double anybody(List<Piece> pieces) {
    double speed = 0;
    for (LeastWork machine : machines) {
      speed += 1 / machine.all();
    }
    double sum = 0;
    for (int i = 0; i < pieces.size() && !machines.isEmpty(); i++) {
      double least = Double.POSITIVE_INFINITY;
      for (LeastWork machine : machines) {
        double work = seconds(machine, pieces.get(i)) - machine.fixed(); // paid once, or more often
        least = Math.min(least, work / machine.all());
      }
      sum += least;
    }
    return rounded(sum / speed);
  }

  private double seconds(LeastWork machine, Piece piece) {
    List<Strip> axes = run.whole().strips();
    Span down = axes.get(0).span();
    Span across = axes.get(axes.size() - 1).span();
    Span first = piece.along(axes.get(0).axis()).orElse(down);
    Span second = piece.along(axes.get(axes.size() - 1).axis()).orElse(across);
    double r = (double) first.length() / down.length();
    double c = axes.size() == 1 ? 1 : (double) second.length() / across.length();
    return machine.cost(position(first, down), position(second, across)).seconds(r, c);
  }

  private static int position(Span piece, Span axis) {
    boolean begins = piece.from() == axis.from();
    boolean ends = piece.to() == axis.to();
    return begins && ends ? Line.WHOLE : begins || ends ? Line.AT_END : Line.BETWEEN;
  }

  /** Seconds of strips along the longest axis on some of the machines, one each. */
  double strips() {
    return strips(run.axis(), machines.size());
  }

  /**
   * Seconds of strips along an axis on some of the first so many machines, one each; or of all on
   * one. Two strips are at the ends, and need less.
   */
  double strips(int along, int count) {
    int axis = place(along);
    double shortest = 1.0 / run.length(along);
    double[] begun = new double[Math.min(count, machines.size())];
    double[] slope = new double[begun.length];
    double first = 0;
    double second = 0;
    double alone = Double.POSITIVE_INFINITY;
    for (int i = 0; i < begun.length; i++) {
      LeastWork machine = machines.get(i);
      begun[i] = machine.begun(axis, Line.BETWEEN);
      slope[i] = machine.slope(axis, Line.BETWEEN);
      double saved = saved(machine, axis, shortest);
      second = Math.max(second, Math.min(first, saved));
      first = Math.max(first, saved);
      alone = Math.min(alone, machine.fixed() + machine.all());
    }
    return rounded(Math.min(alone, level(begun, slope, 1 - first - second)));
  }

  /** What part of the axis more a machine can make at an end of it in the same time, at most. */
  private static double saved(LeastWork machine, int axis, double shortest) {
    double slope = machine.slope(axis, Line.BETWEEN);
    double more = machine.slope(axis, Line.AT_END) - slope;
    double begun =
        machine.begun(axis, Line.AT_END) + Math.min(more * shortest, more * (1 - shortest));
    return (machine.begun(axis, Line.BETWEEN) - begun) / slope;
  }

  /**
   * Seconds of a grid in which each machine gets places, band by band.
   *
   * @param axis that is cut into so many bands
   * @param bands of them
   * @param other axis, that is cut into so many besides
   * @param across machines a band, 1 if that is not cut
   */
  double grid(int axis, int bands, int other, int across) {
    if (machines.isEmpty()) {
      return 0;
    }
    return across == 1
        ? rounded(row(axis, bands))
        : rounded(bands == 1 ? row(other, across) : tiles(bands, across));
  }

  /** Strips of all of the first machines, in their order. */
  private double row(int axis, int count) {
    double shortest = 1.0 / run.length(axis);
    double sum = 1;
    double speed = 0;
    double last = 0;
    for (int i = 0; i < count; i++) {
      LeastWork machine = machines.get(i);
      double begun = machine.begun(place(axis), position(i, count));
      double slope = machine.slope(place(axis), position(i, count));
      sum += begun / slope;
      speed += 1 / slope;
      last = Math.max(last, begun + slope * shortest);
    }
    double together = sum / speed;
    return together > last ? together : last; // also if a strip of any length takes the same
  }

  /** Bands of tiles, rows before columns: weighed by what each machine does a second. */
  private double tiles(int bands, int across) {
    double sum = 0;
    double speed = 0;
    double down = Double.POSITIVE_INFINITY;
    double area = Double.POSITIVE_INFINITY;
    for (int band = 0; band < bands; band++) {
      double taller = 0;
      double wider = Double.POSITIVE_INFINITY;
      for (int column = 0; column < across; column++) {
        LeastWork machine = machines.get(band * across + column);
        LeastWork.Cost cost = machine.cost(position(band, bands), position(column, across));
        double weight = 1 / machine.all();
        speed += weight;
        sum += weight * cost.base();
        taller += weight * cost.down();
        wider = Math.min(wider, weight * cost.across());
        area = Math.min(area, weight * cost.area());
      }
      sum += wider;
      down = Math.min(down, taller);
    }
    return (sum + down + area) / speed;
  }

  private static int position(int strip, int strips) {
    return strips == 1
        ? Line.WHOLE
        : strip == 0 || strip == strips - 1 ? Line.AT_END : Line.BETWEEN;
  }

  private int place(int axis) {
    return run.whole().strips().get(0).axis() == axis ? 0 : 1;
  }

  /** 0 also if machines that take no time make no sense of it. */
  private static double rounded(double seconds) {
    return seconds >= 0 && seconds < Double.POSITIVE_INFINITY ? ROUNDED * seconds : 0;
  }

  /**
   * When machines have made some of the whole, each from its begin on.
   *
   * @param all [machine] seconds for the whole
   * @param need part of the whole
   */
  private static double level(double[] begun, double[] all, double need) {
    boolean[] in = new boolean[begun.length];
    double sum = need;
    double speed = 0;
    double level = Double.POSITIVE_INFINITY;
    for (int next = first(begun, in); next >= 0; next = first(begun, in)) {
      if (begun[next] >= level || all[next] == 0) {
        return Math.min(begun[next], level);
      }
      in[next] = true;
      sum += begun[next] / all[next];
      speed += 1 / all[next];
      level = sum / speed;
    }
    return level;
  }

  /** Which begins first of those who have not; below 0 if all have. */
  private static int first(double[] begun, boolean[] in) {
    int first = -1;
    for (int i = 0; i < in.length; i++) {
      if (!in[i] && (first < 0 || begun[i] < begun[first])) {
        first = i;
      }
    }
    return first;
  }
}
