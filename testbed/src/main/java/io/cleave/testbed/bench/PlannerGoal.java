package io.cleave.testbed.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the planners should reach, and the benchmarks that tell. */
public enum PlannerGoal {
  QDMP_RESNET50("QDMP decision, ResNet-50", "resnet50", "blockMinCut", 50e3),
  QDMP_INCEPTIONV4("QDMP decision, Inception-v4", "inceptionv4", "blockMinCut", 200e3),
  TABLE("full plan table, Inception-v4", "inceptionv4", "table", 5e6),
  TABLE_FROM_NOTHING("the same, network not prepared", "inceptionv4", "tableFromNothing", 5e6),
  LOOKUP("plan table lookup, Inception-v4", "inceptionv4", "lookup", 50),
  CUT_RESNET50("min cut against push-relabel, ResNet-50", "resnet50", "minCut", "pushRelabel", 10),
  CUT_INCEPTIONV4(
      "min cut against push-relabel, Inception-v4", "inceptionv4", "minCut", "pushRelabel", 10);

  private final String title;
  private final String network;
  private final String benchmark;
  private final String opponent; // empty if the target is a time
  private final double target; // nanoseconds at most, or times faster at least

  PlannerGoal(String title, String network, String benchmark, double atMostNanos) {
    this(title, network, benchmark, "", atMostNanos);
  }

  PlannerGoal(String title, String network, String benchmark, String opponent, double target) {
    this.title = title;
    this.network = network;
    this.benchmark = benchmark;
    this.opponent = opponent;
    this.target = target;
  }

  public String title() {
    return title;
  }

  public boolean met(Map<BenchCase, Figure> figures) {
    double measured = measured(figures);
    return opponent.isEmpty() ? measured <= target : measured >= target;
  }

  public String targetText() {
    return opponent.isEmpty()
        ? "<= " + Figure.number(target)
        : String.format(Locale.ROOT, ">= %.0fx", target);
  }

  public String measuredText(Map<BenchCase, Figure> figures) {
    return opponent.isEmpty()
        ? figure(figures, benchmark).text()
        : String.format(
            Locale.ROOT,
            "%.1fx (%s to %s)",
            measured(figures),
            Figure.number(figure(figures, benchmark).nanos()),
            Figure.number(figure(figures, opponent).nanos()));
  }

  private double measured(Map<BenchCase, Figure> figures) {
    double own = figure(figures, benchmark).nanos();
    return opponent.isEmpty() ? own : figure(figures, opponent).nanos() / own;
  }

  private Figure figure(Map<BenchCase, Figure> figures, String name) {
    Figure figure = figures.get(new BenchCase(name, network));
    if (figure == null) {
      throw new IllegalStateException("%s was not measured on %s.".formatted(name, network));
    }
    return figure;
  }

  /** The benchmarks that this goal needs. */
  public List<BenchCase> cases() {
    BenchCase own = new BenchCase(benchmark, network);
    return opponent.isEmpty() ? List.of(own) : List.of(own, new BenchCase(opponent, network));
  }
}
