package io.cleave.testbed.live;

import io.cleave.policies.wire.Decision;
import io.cleave.testbed.experiment.CsvFile;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.Fixed;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.experiment.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a live site came to: how each device was served, what every decision was, and how soon
 * others took over.
 *
 * @param served device by device
 * @param rematches that events called for
 * @param decisions in the order in which they were heard
 * @param startUnixSeconds of the run
 */
public record SiteAccount(
    List<Served> served,
    List<Rematch> rematches,
    List<Ledger.Line> decisions,
    double startUnixSeconds) {
  private static final List<String> SERVED =
      List.of(
          "device", "frames", "lost", "late", "predicted_ms", "measured_ms", "error_percent", "at");

  static SiteAccount of(FleetPlan plan, List<Experiment.Move> moves, LiveRun.Outcome outcome) {
    List<Served> served = new ArrayList<>();
    for (Resident device : plan.devices()) {
      List<MeasuredFrame> frames = outcome.framesOf(device);
      long expected =
          plan.settings().openEnd()
              ? frames.stream().mapToLong(MeasuredFrame::number).max().orElse(-1) + 1
              : device.frames();
      served.add(Served.of(device, frames, plan.serverNames(), expected));
    }
    return new SiteAccount(
        served, Rematch.of(plan, moves, outcome), outcome.decisions(), outcome.startUnixSeconds());
  }

  /** Frames that were answered. */
  public long frames() {
    return served.stream().mapToLong(Served::frames).sum();
  }

  /** Frames that came in and were not answered. */
  public long lost() {
    return served.stream().mapToLong(Served::lost).sum();
  }

  /** By how much frames took longer on average than their plans foretold, as a share. */
  public double error() {
    double predicted = served.stream().mapToDouble(each -> sum(each.predicted())).sum();
    double measured = served.stream().mapToDouble(each -> sum(each.measured())).sum();
    return measured / predicted - 1;
  }

  private static double sum(Sample sample) {
    return sample.size() == 0 ? 0 : sample.size() * sample.mean();
  }

  /** Writes served.csv and decisions.csv. */
  void write(RunFolder folder) {
    CsvFile.write(
        folder.file("served.csv"),
        csv -> {
          csv.writeRecord(SERVED);
          served.forEach(each -> csv.writeRecord(cells(each)));
        });
    CsvFile.write(
        folder.file("decisions.csv"),
        csv -> {
          csv.writeRecord("at_s", "device", "version", "reason", "helper", "predicted_ms", "text");
          decisions.forEach(line -> csv.writeRecord(cells(line)));
        });
  }

  private List<String> cells(Ledger.Line line) {
    Decision decision = line.decision();
    return List.of(
        Fixed.text(line.unixSeconds() - startUnixSeconds, 3),
        decision.agent(),
        Long.toString(decision.version()),
        decision.grounds().reason().name().toLowerCase(Locale.ROOT),
        line.helper().orElse(""),
        Fixed.text(1e3 * decision.grounds().estimate().seconds(), 1),
        decision.grounds().text());
  }

  private static List<String> cells(Served each) {
    double predicted = each.predicted().mean();
    double measured = each.measured().mean();
    return List.of(
        each.device(),
        Long.toString(each.frames()),
        Long.toString(each.lost()),
        Long.toString(each.late()),
        Fixed.text(1e3 * predicted, 1),
        Fixed.text(1e3 * measured, 1),
        Fixed.text(100 * (measured / predicted - 1), 1),
        each.framesAt().entrySet().stream()
            .map(
                at ->
                    "%s %d".formatted(at.getKey().isEmpty() ? "alone" : at.getKey(), at.getValue()))
            .collect(Collectors.joining("; ")));
  }

  /** Header and rows for the terminal. */
  public List<List<String>> table() {
    List<List<String>> table = new ArrayList<>(List.of(SERVED));
    served.forEach(each -> table.add(cells(each)));
    return table;
  }

  /** What else is to be said, in sentences. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (Rematch rematch : rematches) {
      sentences.add(
          "%s: %s %s."
              .formatted(
                  rematch.why(),
                  rematch.device(),
                  rematch
                      .seconds()
                      .map(s -> "is told another place within %s s".formatted(Fixed.text(s, 1)))
                      .orElse("keeps its place")));
    }
    sentences.add(
        "Frames took %s %% %s on average than their plans foretold; %d were lost."
            .formatted(
                Fixed.text(100 * Math.abs(error()), 1), error() < 0 ? "less" : "more", lost()));
    return sentences;
  }
}
