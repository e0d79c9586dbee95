package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.cost.Estimate;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TrackTest {
  private static final DnnGraph GRAPH = Zoo.LENET_EXITS.graph();
  private static final List<String> SERVERS = List.of("near", "far");
  private static final int ALONE = 0;
  private static final int NEAR = 1;
  private static final int FAR = 2;
  private static final Estimate ESTIMATE = Estimate.ZERO;

  @Test
  void aLostServerConcernsWhomItHelps() {
    Track track = track(List.of(frame(10, NEAR)), List.of(told(9, NEAR), told(26, FAR)));
    assertThat(track.helper(25)).isEqualTo("near");
    assertThat(track.moved("near", 25)).contains(1.0);
  }

  @Test
  void whoWasToldToLeaveBeforeIsHelpedByTheOther() {
    Track track =
        track(List.of(frame(10, NEAR)), List.of(told(9, NEAR), told(24, FAR), told(33, FAR)));
    assertThat(track.helper(25)).isEqualTo("far");
  }

  @Test
  void aServerThatOnlyStandsByHelpsNobody() {
    Track track = track(List.of(frame(10, ALONE)), List.of(told(9, NEAR)));
    assertThat(track.helper(25)).isEmpty();
    assertThat(track(List.of(), List.of(told(9, NEAR))).helper(25)).isEmpty();
  }

  @Test
  void decisionsThatStayDoNotCount() {
    List<Ledger.Line> stays = List.of(told(9, NEAR), told(26, NEAR));
    assertThat(track(List.of(frame(10, NEAR)), stays).moved("near", 25)).isEmpty();
    List<Ledger.Line> alone = List.of(told(9, NEAR), told(26, NEAR), told(27, NEAR, Reason.MOVED));
    assertThat(track(List.of(frame(10, NEAR)), alone).moved("near", 25)).contains(2.0);
  }

  private static Track track(List<MeasuredFrame> frames, List<Ledger.Line> decisions) {
    return new Track(frames, decisions, SERVERS);
  }

  private static MeasuredFrame frame(double at, int node) {
    return new MeasuredFrame(
        0,
        at,
        0.1,
        new MeasuredFrame.Promise(plan(node), 1, 0.1, 1e8),
        new MeasuredFrame.Bytes(0, 0),
        new MeasuredFrame.Ending(false, false, false, 0),
        new MeasuredFrame.Parts(0, 0, 0, 0, 0, 0),
        new MeasuredFrame.Busy(0, 0),
        new MeasuredFrame.Answer(OptionalInt.empty(), Optional.empty()));
  }

  private static Ledger.Line told(double at, int node) {
    return told(at, node, Reason.BETTER);
  }

  private static Ledger.Line told(double at, int node, Reason reason) {
    return new Ledger.Line(
        at,
        new Decision(
            "camera",
            1,
            SERVERS,
            PlanTable.constant(new PlanTable.Entry(plan(node), 0.1, 0)),
            Instant.ofEpochSecond(60),
            new Decision.Grounds(reason, "", ESTIMATE)));
  }

  private static Plan plan(int node) {
    return node == ALONE ? Plan.local(GRAPH) : Plan.split(GRAPH, LayerSet.range(0, 1), node);
  }
}
