package io.cleave.testbed.learn;

import io.cleave.policies.catalog.PlannerCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * All planners over the runs of one network in one deployment, held against the best published one
 * and the oracle.
 */
public final class Verdict {
  /** A published planner so near to the oracle leaves nothing to gain. */
  private static final double NEAR = 0.02;

  private final Deployment deployment;
  private final String network;
  private final Map<Entrant, List<Entry>> scores;
  private final Entrant oracle;
  private final Entrant published; // the best one, by the mean

  /** What came of a run over one course. */
  record Entry(String course, Score score) {}

  Verdict(
      Deployment deployment,
      String network,
      Map<Entrant, List<Entry>> scores,
      PlannerCatalog catalog) {
    this.deployment = deployment;
    this.network = network;
    this.scores = scores;
    this.oracle =
        scores.keySet().stream()
            .filter(each -> catalog.clairvoyant(each.planner()))
            .findFirst()
            .orElseThrow();
    this.published =
        scores.keySet().stream()
            .filter(each -> catalog.published(each.planner()))
            .min((one, other) -> Double.compare(mean(one), mean(other)))
            .orElseThrow();
  }

  public Deployment deployment() {
    return deployment;
  }

  public String network() {
    return network;
  }

  /** Who of the published planners has the least mean. */
  public String published() {
    return published.toString();
  }

  private List<Entry> of(Entrant entrant) {
    return Objects.requireNonNull(scores.get(entrant));
  }

  private double mean(Entrant entrant) {
    return Paired.mean(all(entrant, Score::meanSeconds));
  }

  private double[] all(Entrant entrant, ToDoubleFunction<Score> figure) {
    return of(entrant).stream().map(Entry::score).mapToDouble(figure).toArray();
  }

  /**
   * Places of the runs over courses on which the best published planner leaves something to gain.
   */
  private List<Integer> open(ToDoubleFunction<Score> figure) {
    List<Entry> best = of(published);
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      String course = best.get(i).course();
      if (mean(published, course, figure) > (1 + NEAR) * mean(oracle, course, figure)) {
        open.add(i);
      }
    }
    return open;
  }

  private double mean(Entrant entrant, String course, ToDoubleFunction<Score> figure) {
    return of(entrant).stream()
        .filter(entry -> entry.course().equals(course))
        .mapToDouble(entry -> figure.applyAsDouble(entry.score()))
        .average()
        .orElseThrow();
  }

  /**
   * The share of what lies between the best published planner and the oracle that a planner gains,
   * over the courses that leave something to gain; NaN if none does.
   */
  private double closed(Entrant entrant, ToDoubleFunction<Score> figure) {
    List<Integer> open = open(figure);
    double own = 0;
    double best = 0;
    double least = 0;
    for (int i : open) {
      own += figure.applyAsDouble(of(entrant).get(i).score());
      best += figure.applyAsDouble(of(published).get(i).score());
      least += figure.applyAsDouble(of(oracle).get(i).score());
    }
    return open.isEmpty() ? Double.NaN : (best - own) / (best - least);
  }

  /** The worst of the traces: by how much a planner is above the best published one there. */
  private double worst(Entrant entrant) {
    return of(entrant).stream()
        .map(Entry::course)
        .distinct()
        .mapToDouble(
            course ->
                mean(entrant, course, Score::meanSeconds)
                        / mean(published, course, Score::meanSeconds)
                    - 1)
        .max()
        .orElseThrow();
  }

  /** The header of {@link #rows}. */
  public static List<String> header() {
    return List.of(
        "planner, servers chosen by",
        "mean ms",
        "p95 ms",
        "missed %",
        "right %",
        "J",
        "switches/100",
        "regret %",
        "against best published %",
        "worst trace %",
        "gap closed %",
        "in p95 %",
        "kinds of plan %",
        "entropy");
  }

  /** A row for each entrant. */
  public List<List<String>> rows() {
    return scores.keySet().stream().map(this::row).toList();
  }

  private List<String> row(Entrant entrant) {
    double[] means = all(entrant, Score::meanSeconds);
    return List.of(
        entrant.toString(),
        text("%.1f", 1e3 * Paired.mean(means)),
        text("%.0f", 1e3 * Paired.mean(all(entrant, Score::p95Seconds))),
        text("%.2f", 100 * Paired.mean(all(entrant, Score::missedShare))),
        text("%.1f", 100 * Paired.mean(all(entrant, Score::rightShare))),
        text("%.2f", Paired.mean(all(entrant, Score::joulesPerFrame))),
        text("%.1f", Paired.mean(all(entrant, Score::switchesPerHundred))),
        Paired.of(means, all(oracle, Score::meanSeconds)).toString(),
        Paired.of(means, all(published, Score::meanSeconds)).toString(),
        text("%+.2f", 100 * worst(entrant)),
        text("%.1f", 100 * closed(entrant, Score::meanSeconds)),
        text("%.1f", 100 * closed(entrant, Score::p95Seconds)),
        Kinds.of(of(entrant).stream().map(Entry::score).toList()).shares(),
        text("%.2f", Kinds.of(of(entrant).stream().map(Entry::score).toList()).entropy()));
  }

  private static String text(String format, double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, format, number);
  }
}
