package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.FrameReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import io.cleave.policies.wire.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A mistake of ours stops where it is made, and not at every reader of the site. */
class WriterLimitsTest {
  private static final Instant NOW = RandomMessages.NOW;
  private static final PlanTable LOCAL =
      PlanTable.constant(new PlanTable.Entry(plan(Stage.DEVICE), 1, 0));

  @Test
  void refusesMoreRunsThanAReportMayHave() {
    List<RunReport> runs = Collections.nCopies(257, new RunReport("net", LayerSet.of(1), 0.1));
    assertThat(WireJson.readReport(WireJson.write(report("a", runs.subList(0, 256)))).runs())
        .hasSize(256);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(report("a", runs)))
        .withMessage("A message has at most 256 runs, not 257.");
  }

  /** 250 runs, each of 350 layers with gaps: more than 64 KiB. */
  @Test
  void refusesMoreBytesThanAReportMayHave() {
    LayerSet gaps = LayerSet.of(IntStream.range(0, 350).map(i -> 2 * i).toArray());
    List<RunReport> runs = Collections.nCopies(250, new RunReport("net", gaps, 0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(report("a", runs)))
        .withMessageStartingWith("A message must have at most 65536 bytes, not ");
  }

  @Test
  void refusesNamesThatNoReaderTakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(report("controller", List.of())));
    assertThatIllegalArgumentException().isThrownBy(() -> WireJson.write(Status.offline("a/b", 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(server("edge-1.local")))
        .withMessageContaining("host:port");
    assertThatIllegalArgumentException().isThrownBy(() -> WireJson.write(server("edge-1:65536")));
  }

  @Test
  void refusesAnAnswerThatNeverCame() {
    FrameReport frames =
        new FrameReport(
            FrameReport.NONE.counts(),
            List.of(new FrameReport.Answered(Double.POSITIVE_INFINITY, 1, 0)));
    Report report =
        new Report(
            "a",
            new Stamp(1, 1),
            LoadReport.IDLE,
            List.of(),
            List.of(),
            0,
            frames,
            Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(report))
        .withMessageStartingWith("latencySeconds must be in 0.0..1.0E15");
  }

  @Test
  void refusesANodeWithoutAName() {
    PlanTable table = PlanTable.constant(new PlanTable.Entry(plan(2), 1, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireJson.write(decision(table, "", NOW, List.of("edge-1")), NOW))
        .withMessageContaining("0..1");
  }

  @Test
  void cutsWhatItSaysToPeople() {
    String text = "why\nnot \ud83d" + "🙂".repeat(2000);
    Decision decision = decision(LOCAL, text, NOW.plusSeconds(1), List.of());
    Decision read = WireJson.readDecision(WireJson.write(decision, NOW), NOW);
    assertThat(read.grounds().text()).isEqualTo("why not  " + "🙂".repeat(991));
  }

  @Test
  void aLeaseCountsFromReceiptByTheReadersClock() {
    Decision decision = decision(LOCAL, "", NOW.plusMillis(9_500), List.of());
    Instant received = Instant.parse("2001-01-01T00:00:00Z"); // a clock that is years behind
    assertThat(WireJson.readDecision(WireJson.write(decision, NOW), received).validUntil())
        .isEqualTo(Instant.parse("2001-01-01T00:00:09.500Z"));
  }

  @Test
  void aLeaseThatIsOverIsOverAtOnce() {
    Decision decision = decision(LOCAL, "", NOW.minusSeconds(3), List.of());
    assertThat(WireJson.readDecision(WireJson.write(decision, NOW), NOW).validUntil())
        .isEqualTo(NOW);
  }

  /** A prediction over a link that hardly moves is longer than the format can say. */
  @Test
  void aDurationBeyondAllMeasureIsInfinite() {
    PlanTable table = PlanTable.constant(new PlanTable.Entry(plan(Stage.DEVICE), 1e300, 0));
    byte[] json = WireJson.write(decision(table, "", NOW.plusSeconds(1), List.of()), NOW);
    assertThat(WireJson.readDecision(json, NOW).table().entries().get(0).fixedSeconds())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  private static Plan plan(int node) {
    List<Stage> stages =
        List.of(new Stage(Stage.DEVICE, LayerSet.of(0)), new Stage(node, LayerSet.of(1)));
    return new Plan(stages, Codec.FP32, Hedge.NEVER);
  }

  private static Report report(String agent, List<RunReport> runs) {
    return new Report(agent, new Stamp(1, 1), LoadReport.IDLE, List.of(), runs, 0);
  }

  private static Status server(String dataAddress) {
    return new Status(
        "edge-1",
        1,
        Optional.of(
            new Capabilities(
                "desktop",
                false,
                Optional.empty(),
                Optional.of(new Capabilities.Serving(dataAddress)))));
  }

  private static Decision decision(
      PlanTable table, String text, Instant validUntil, List<String> servers) {
    Estimate estimate = Estimate.ZERO;
    Decision.Grounds grounds = new Decision.Grounds(Reason.FIRST, text, estimate);
    return new Decision("a", 1, servers, table, validUntil, grounds);
  }
}
