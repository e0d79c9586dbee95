package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.tiling.FineGrained;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Stamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plans with pieces on several servers, as the loop keeps, renumbers and matches them. */
class SharedPlansTest {
  private static final DnnGraph ALEXNET = Zoo.ALEXNET.graph();
  private static final DeviceClass BOARD = DeviceClass.RASPBERRY_PI_4B;

  private final Map<String, Long> sequences = new HashMap<>();

  private static ControlLoop loop(Targeting targeting, String... servers) {
    Site site =
        new Site(
            List.of(
                new Site.Device(
                    "camera",
                    BOARD.profile(),
                    BOARD.energy(),
                    ALEXNET,
                    new Demand(0.5, Double.POSITIVE_INFINITY, 0))),
            Stream.of(servers).map(name -> new Site.Server(name, BOARD.profile())).toList());
    FineGrained planner =
        new FineGrained(new io.cleave.policies.tiling.Terms(Codec.FP32, Airtime.SEPARATE));
    return new ControlLoop(site, planner, Terms.of(SwitchRule.none()).with(targeting));
  }

  private void hear(ControlLoop loop, double seconds, String... servers) {
    for (String server : servers) {
      loop.onReport(
          new Report(server, stamp(server), LoadReport.IDLE, List.of(), List.of(), 0), at(seconds));
    }
  }

  private Decision decide(ControlLoop loop, double seconds, double mbps, String... servers) {
    List<LinkReport> links =
        Stream.of(servers)
            .map(name -> new LinkReport(name, mbps * 1e6, mbps * 1e6, 0.002, List.of(1.0)))
            .toList();
    Report report = new Report("camera", stamp("camera"), LoadReport.IDLE, links, List.of(), 0);
    return ((Verdict.Decided) loop.onReport(report, at(seconds))).decision();
  }

  private Stamp stamp(String agent) {
    return new Stamp(1, sequences.merge(agent, 1L, Long::sum));
  }

  private static Instant at(double seconds) {
    return Instant.EPOCH.plusMillis(Math.round(1e3 * seconds));
  }

  private static Set<String> helpers(Decision decision) {
    Set<String> helpers = new TreeSet<>();
    decision.table().entries().stream()
        .flatMap(entry -> entry.plan().stages().stream())
        .flatMap(stage -> stage.nodes().stream())
        .filter(node -> node > 0)
        .forEach(node -> helpers.add(decision.servers().get(node - 1)));
    return helpers;
  }

  @Test
  void theDecisionNamesHelpersByTheirPlacesAtTheSite() {
    ControlLoop loop = loop(Targeting.EACH, "silent", "one", "two");
    hear(loop, 0, "one", "two");
    assertThat(helpers(decide(loop, 1, 150, "silent", "one", "two"))).containsExactly("one", "two");
  }

  @Test
  void aHelperThatFallsSilentIsPlannedAroundAtOnce() {
    ControlLoop loop = loop(Targeting.EACH, "one", "two");
    hear(loop, 0, "one", "two");
    decide(loop, 1, 150, "one", "two");
    hear(loop, 5, "two");
    Decision after = decide(loop, 5, 150, "one", "two");
    assertThat(after.grounds().reason()).isEqualTo(Reason.SERVER_LOST);
    assertThat(helpers(after)).containsExactly("two");
  }

  @Test
  void withoutAnyHelperThePlanIsLocalAndSaysSo() {
    ControlLoop loop = loop(Targeting.EACH, "one", "two");
    hear(loop, 0, "one", "two");
    decide(loop, 1, 150, "one", "two");
    Decision after = decide(loop, 5, 150, "one", "two");
    assertThat(after.grounds().reason()).isEqualTo(Reason.NO_SERVER);
    assertThat(helpers(after)).isEmpty();
    assertThat(decide(loop, 6, 150, "one", "two").grounds().reason()).isEqualTo(Reason.REFRESHED);
  }

  @Test
  void aHelperBehindOneThatIsForgottenMovesUp() {
    ControlLoop loop = loop(Targeting.EACH, "gone", "one");
    hear(loop, 0, "one");
    decide(loop, 1, 150, "one");
    loop.forget("gone");
    Decision after = decide(loop, 2, 150, "one");
    assertThat(after.servers()).containsExactly("one");
    assertThat(helpers(after)).containsExactly("one");
    assertThat(after.grounds().reason()).isEqualTo(Reason.REFRESHED);
  }

  @Test
  void aSiteSharesWithTheServerThatItChoseAndAtAnyRateAlike() {
    ControlLoop loop = loop(Targeting.SWAP_MATCHING, "one", "two");
    hear(loop, 0, "one", "two");
    Decision decision = decide(loop, 1, 150, "one", "two");
    assertThat(helpers(decision)).hasSize(1);
    assertThat(decision.table().entries()).hasSize(1);
  }

  @Test
  void aServerWorksForAPieceEvenIfTheDeviceIsLaterThanIt() {
    ControlLoop loop = loop(Targeting.EACH, "one");
    hear(loop, 0, "one");
    Report report =
        new Report(
            "camera",
            stamp("camera"),
            LoadReport.IDLE,
            List.of(new LinkReport("one", 1.5e8, 1.5e8, 0.002, List.of(1.0))),
            List.of(),
            0);
    Verdict.Decided decided = (Verdict.Decided) loop.onReport(report, at(1));
    PlanTable table = decided.decision().table();
    Plan plan = table.at(Bandwidth.mbps(150)).plan();
    double most = BOARD.profile().times(ALEXNET).run(ALEXNET.all());

    assertThat(HostWork.seconds(plan, decided.seen().orElseThrow())).isBetween(most / 5, most / 2);
    assertThat(HostWork.seconds(Plan.local(ALEXNET), decided.seen().orElseThrow())).isZero();
  }
}
