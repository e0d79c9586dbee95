package io.cleave.testbed.learn;

import io.cleave.policies.learning.PolicyTraining;
import io.cleave.policies.learning.Trial;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.chart.LearningSvg;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The learning curve beside a policy's file, as figures and as a picture, and what to resume from:
 * written after each round.
 */
public final class TrainingLog {
  private static final String HEADER =
      "round,seconds,lessons,loss,validation_cost_ratio,validation_cost_ratio_se,changed_share\n";

  private final Path policy;
  private final List<LearningSvg.Point> points = new ArrayList<>();
  private final long began = System.nanoTime();
  private final StringBuilder csv = new StringBuilder(HEADER);
  private final StringBuilder table =
      new StringBuilder("round  seconds   lessons       loss  against the cost model  changed\n");

  /**
   * @param policy the file beside which the log goes
   */
  public TrainingLog(Path policy) {
    this.policy = policy;
  }

  /** A round is over. */
  public void add(PolicyTraining.Round round) {
    Trial trial = round.validation();
    double seconds = (System.nanoTime() - began) / 1e9;
    points.add(new LearningSvg.Point(seconds, 100 * (trial.ratio() - 1), 100 * trial.spread()));
    csv.append(
        String.format(
            Locale.ROOT,
            "%d,%.1f,%d,%.6f,%.6f,%.6f,%.4f\n",
            round.number(),
            seconds,
            round.lessons(),
            round.loss(),
            trial.ratio(),
            trial.spread(),
            trial.changed()));
    table.append(
        String.format(
            Locale.ROOT,
            "%5d  %7.0f  %8d  %9.5f  %+9.2f %% +- %5.2f  %5.1f %%\n",
            round.number(),
            seconds,
            round.lessons(),
            round.loss(),
            100 * (trial.ratio() - 1),
            100 * trial.spread(),
            100 * trial.changed()));
    WholeFiles.write(
        List.of(beside(".last"), beside(".csv")),
        List.of(round.policy().bytes(), csv.toString().getBytes(StandardCharsets.UTF_8)));
    WholeFiles.write(beside(".svg"), text -> LearningSvg.write(points, text));
  }

  private Path beside(String ending) {
    return policy.resolveSibling(policy.getFileName() + ending);
  }

  /** All rounds, for people. */
  public String table() {
    return table.toString();
  }
}
