package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Six devices and three servers as programs: one server dies, two devices go where their links are
 * dead slow. Nobody loses a frame, and whom it concerns is told another place within two reports.
 *
 * <p>The devices are so weak, and their frames so few, that help pays from the first frame on, also
 * on a machine whose processors are busy starting all of it.
 */
final class SixByThree {
  private static final double REPORT_SECONDS = 2;

  private static final String SITE =
      """
      name: %s
      site:
        devices: 6
        classes: [microcontroller]
        reach: 3
        targeting: [swap-matching]
        events:
          - {at-seconds: 25, lost: fog-1}
          - {at-seconds: 40, device: device-1, trace: {file: slow.csv}}
          - {at-seconds: 40, device: device-2, trace: {file: slow.csv}}
      models: ["zoo:mobilenetv2"]
      servers:
        - {class: desktop, name: fog-1}
        - {class: laptop, name: fog-2}
        - {class: laptop, name: fog-3}
      traces: [{file: fast.csv}]
      arrivals: {kind: periodic, frames-per-second: 0.08}
      reports: {interval-seconds: %s, delay-seconds: 0.05}
      switching: {min-gain: 0.05, hold-seconds: 2}
      planners: [remote]
      seeds: 1
      seconds: 60
      """;

  private SixByThree() {}

  /**
   * Runs it and looks.
   *
   * @param folder for files
   * @param name of its own, so that two of them do not meet
   */
  static void run(Path folder, String name, BuiltSite world) throws IOException {
    Files.writeString(folder.resolve("fast.csv"), rates("100,100,10"));
    Files.writeString(folder.resolve("slow.csv"), rates("0.1,0.1,200"));
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, SITE.formatted("site-in-" + name, REPORT_SECONDS));
    Experiment experiment =
        ExperimentFile.read(file, new Setting.Fields("test", Map.of()), PlannerCatalog.standard());
    StringWriter told = new StringWriter();
    Narrator narrator = new Narrator(new PrintWriter(told, true), false);
    SiteAccount account;
    Path results;
    try (RunFolder run = RunFolder.at(folder.resolve("run"))) {
      account = world.run(experiment, run, narrator);
      results = run.publish();
    }
    assertThat(account.served()).as(told.toString()).hasSize(6);
    assertThat(account.served()).allSatisfy(each -> assertThat(each.frames()).isPositive());
    assertThat(account.lost()).as("lost").isZero();
    assertThat(helped(account)).as("frames that servers took part in").isPositive();
    assertThat(account.rematches()).as(told.toString()).isNotEmpty();
    assertThat(account.rematches())
        .as(told.toString())
        .allSatisfy(
            each ->
                assertThat(each.seconds().orElse(Double.POSITIVE_INFINITY))
                    .isLessThan(2 * REPORT_SECONDS));
    assertThat(afterTheLoss(account, "fog-1")).as("decisions for a dead server").isEmpty();
    assertThat(Files.readAllLines(results.resolve("served.csv"))).hasSize(7);
    assertThat(Files.readAllLines(results.resolve("site.csv"))).hasSize(2);
    assertThat(Files.readAllLines(results.resolve("decisions.csv")).size()).isGreaterThan(100);
    assertThat(told.toString()).doesNotContain("did not end well");
  }

  private static String rates(String row) {
    return "t_s,down_mbps,up_mbps,rtt_ms\n0,%s\n1,%s\n2,%s\n".formatted(row, row, row);
  }

  private static long helped(SiteAccount account) {
    return account.served().stream()
        .flatMap(each -> each.framesAt().entrySet().stream())
        .filter(at -> !at.getKey().isEmpty())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<Ledger.Line> afterTheLoss(SiteAccount account, String server) {
    double at = account.startUnixSeconds() + 30 + 2 * REPORT_SECONDS;
    return account.decisions().stream()
        .filter(line -> line.unixSeconds() > at)
        .filter(line -> line.helper().map(server::equals).orElse(false))
        .toList();
  }
}
