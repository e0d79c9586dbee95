package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.profile.Radio;
import io.cleave.policies.units.Bandwidth;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.LinkReport;
import io.cleave.policies.wire.LoadReport;
import io.cleave.policies.wire.Reason;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.RunReport;
import io.cleave.policies.wire.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cameras that share servers, and a loop that chooses for all of them together. */
class JointTargetsTest {
  private static final Planner REMOTE =
      seen ->
          PlanTable.constant(CostModel.entry(Plan.split(seen.graph(), LayerSet.of(0), 1), seen));
  private static final RunReport SLOW = new RunReport("crossing", LayerSet.of(1, 2), 0.4);

  private final Map<String, Long> sequences = new HashMap<>();

  /** The whole network takes 2 s on a camera and 0.1 s on a server; the input has 500 kbit. */
  private static ControlLoop loop(int cameras, SwitchRule rule, Site.Server... servers) {
    return loop(Weights.TIME, cameras, rule, servers);
  }

  private static ControlLoop loop(
      Weights weights, int cameras, SwitchRule rule, Site.Server... servers) {
    Demand demand = new Demand(3, Double.POSITIVE_INFINITY, weights, 1, Bounds.NONE);
    List<Site.Device> devices = new ArrayList<>();
    for (int i = 0; i < cameras; i++) {
      devices.add(
          new Site.Device(
              "camera" + i,
              graph -> LayerTimes.of(new double[] {0, 1, 1}, 0),
              new EnergyModel(5, 1, new Radio(0, 0, 0)),
              Crossing.GRAPH,
              demand));
    }
    Site site = new Site(devices, List.of(servers));
    return new ControlLoop(site, REMOTE, Terms.of(rule).with(Targeting.SWAP_MATCHING));
  }

  private static Site.Server server(String name, int devices) {
    return new Site.Server(
        name,
        graph -> LayerTimes.of(new double[] {0, 0.05, 0.05}, 0),
        new Capacity(devices, 1_000_000));
  }

  private void hear(ControlLoop loop, double seconds, String server, RunReport... runs) {
    loop.onReport(
        new Report(server, stamp(server), LoadReport.IDLE, List.of(), List.of(runs), 0),
        at(seconds));
  }

  private Stamp stamp(String agent) {
    return new Stamp(1, sequences.merge(agent, 1L, Long::sum));
  }

  private static Instant at(double seconds) {
    return Instant.EPOCH.plusMillis(Math.round(1e3 * seconds));
  }

  private Decision decide(
      ControlLoop loop, double seconds, String camera, Map<String, Double> mbps) {
    List<LinkReport> links =
        mbps.entrySet().stream()
            .map(each -> new LinkReport(each.getKey(), each.getValue() * 1e6, 1e9, 0, List.of(1.0)))
            .toList();
    Report report = new Report(camera, stamp(camera), LoadReport.IDLE, links, List.of(), 0);
    return ((Verdict.Decided) loop.onReport(report, at(seconds))).decision();
  }

  private static String target(Decision decision) {
    int node = PlanInForce.serverOf(decision.table());
    Plan plan = decision.table().at(Bandwidth.mbps(5)).plan();
    return plan.isLocal() ? "nobody" : decision.servers().get(node - 1);
  }

  private static Map<String, Double> links(double one, double two) {
    return new TreeMap<>(Map.of("one", one, "two", two));
  }

  @Test
  void spreadsCamerasThatWouldAllGoToOneServer() {
    ControlLoop loop = loop(4, SwitchRule.steady(), server("one", 9), server("two", 9));
    hear(loop, 0, "one");
    hear(loop, 0, "two");
    Map<String, Integer> guests = new TreeMap<>();
    for (int round = 0; round < 2; round++) {
      guests.clear();
      for (int camera = 0; camera < 4; camera++) {
        Decision decision = decide(loop, 1 + 0.2 * camera, "camera" + camera, links(5.1, 5));
        guests.merge(target(decision), 1, Integer::sum);
      }
    }
    assertThat(guests).isEqualTo(Map.of("one", 2, "two", 2));
  }

  /** Alone a camera falls behind, which counts some 26 s; a frame takes 0.1 s of a server. */
  @Test
  void sendsNobodyToServersWhoseSecondsAreDear() {
    for (double price : new double[] {10, 1000}) {
      Weights weights = new Weights(0, 0, price);
      ControlLoop loop = loop(weights, 2, SwitchRule.steady(), server("one", 9), server("two", 9));
      hear(loop, 0, "one");
      hear(loop, 0, "two");
      for (int camera = 0; camera < 2; camera++) {
        String target = target(decide(loop, 1, "camera" + camera, links(5.1, 5)));
        assertThat(target.equals("nobody")).as("at %s", price).isEqualTo(price == 1000);
      }
    }
  }

  @Test
  void sendsFewToAServerWhoseOwnLinkIsNarrow() {
    Capacity narrow = new Capacity(9, 1_000_000, 2e6); // a frame takes a quarter of a second there
    Site.Server one = new Site.Server("one", server("one", 9).profile(), narrow);
    ControlLoop loop = loop(4, SwitchRule.steady(), one, server("two", 9));
    hear(loop, 0, "one");
    hear(loop, 0, "two");
    List<String> targets = new ArrayList<>();
    for (int camera = 0; camera < 4; camera++) {
      targets.add(target(decide(loop, 1, "camera" + camera, links(5.1, 5))));
    }
    assertThat(Collections.frequency(targets, "one")).isLessThanOrEqualTo(1);
    assertThat(Collections.frequency(targets, "two")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void sendsNobodyToAServerThatIsFull() {
    ControlLoop loop = loop(3, SwitchRule.steady(), server("one", 1), server("two", 1));
    hear(loop, 0, "one");
    hear(loop, 0, "two");
    List<String> targets = new ArrayList<>();
    for (int camera = 0; camera < 3; camera++) {
      targets.add(target(decide(loop, 1, "camera" + camera, links(5, 5))));
    }
    assertThat(targets).containsExactlyInAnyOrder("one", "two", "nobody");
  }

  @Test
  void movesOnAtOnceWhenItsServerIsSilent() {
    ControlLoop loop = loop(1, new SwitchRule(0.05, 60, 0), server("one", 9), server("two", 9));
    hear(loop, 0, "one");
    hear(loop, 0, "two");
    assertThat(target(decide(loop, 1, "camera0", links(8, 5)))).isEqualTo("one");
    hear(loop, 5, "two");
    Decision after = decide(loop, 5, "camera0", links(8, 5));
    assertThat(target(after)).isEqualTo("two");
    assertThat(after.grounds().reason()).isEqualTo(Reason.MOVED);
    assertThat(after.grounds().text()).startsWith("two (1 guests").contains("instead of one");
    Decision nobody = decide(loop, 10, "camera0", links(8, 5));
    assertThat(nobody.grounds().reason()).isEqualTo(Reason.NO_SERVER);
  }

  @Test
  void isNotMovedToAndFroByALinkThatFlaps() {
    ControlLoop loop = loop(1, SwitchRule.steady(), server("one", 9), server("two", 9));
    int moves = 0;
    for (int second = 1; second <= 60; second++) {
      hear(loop, second, "one");
      hear(loop, second, "two");
      double mbps = second % 2 == 0 ? 4.9 : 5.1;
      Decision decision = decide(loop, second, "camera0", links(mbps, 5));
      moves += decision.grounds().reason().switches() ? 1 : 0;
    }
    assertThat(moves).isLessThanOrEqualTo(2);
    hear(loop, 61, "one");
    hear(loop, 61, "two");
    String before = target(decide(loop, 61, "camera0", links(5, 5)));
    Map<String, Double> step = before.equals("one") ? links(1, 5) : links(5, 1);
    assertThat(target(decide(loop, 62, "camera0", step))).isNotEqualTo(before);
  }

  @Test
  void staysForTheHoldTimeHoweverGreatTheGain() {
    ControlLoop loop = loop(1, SwitchRule.steady(), server("one", 9), server("two", 9));
    List<Double> moved = new ArrayList<>();
    for (double second = 1; second <= 30; second += 0.5) {
      hear(loop, second, "one");
      hear(loop, second, "two");
      boolean even = Math.round(2 * second) % 2 == 0;
      Decision decision = decide(loop, second, "camera0", even ? links(9, 2) : links(2, 9));
      if (decision.grounds().reason().switches()) {
        moved.add(second);
      }
    }
    for (int i = 1; i < moved.size(); i++) {
      assertThat(moved.get(i) - moved.get(i - 1)).isGreaterThanOrEqualTo(2);
    }
    assertThat(moved.size()).isGreaterThan(1);
  }

  @Test
  void seesThroughAServerThatIsSlowerThanItSays() {
    ControlLoop loop = loop(1, SwitchRule.steady(), server("one", 9), server("two", 9));
    hear(loop, 0, "one");
    hear(loop, 0, "two");
    assertThat(target(decide(loop, 1, "camera0", links(6, 5)))).isEqualTo("one");
    int frames = 0;
    String now = "one";
    for (double second = 2; now.equals("one") && frames < 40; second++) {
      hear(loop, second, "one", SLOW, SLOW, SLOW); // four times what its profile says
      hear(loop, second, "two");
      frames += 3;
      now = target(decide(loop, second, "camera0", links(6, 5)));
    }
    assertThat(now).isEqualTo("two");
    assertThat(frames).isLessThanOrEqualTo(20);
  }

  @Test
  void samplesOfTheAssignmentFindNobodyWhoWouldChangePlaces() {
    SwitchRule rule = new SwitchRule(0.05, 2, 0);
    ControlLoop loop = loop(12, rule, server("a", 4), server("b", 6), server("c", 12));
    SplittableRandom random = new SplittableRandom(7);
    for (int second = 0; second < 60; second++) {
      for (String server : List.of("a", "b", "c")) {
        hear(loop, second, server);
      }
      for (int camera = 0; camera < 12; camera++) {
        Map<String, Double> links = new TreeMap<>();
        for (String server : List.of("a", "b", "c")) {
          links.put(server, 0.2 + 20 * random.nextDouble());
        }
        decide(loop, second + camera * 0.05, "camera" + camera, links);
      }
    }
    assertThat(loop.stability().made()).isBetween(55L, 65L);
    assertThat(loop.stability().blocked()).isZero();
  }

  @Test
  void tellsALonelyCameraTheSameServerInReserveForALease() {
    ControlLoop loop = loop(1, SwitchRule.none(), server("a", 4), server("b", 4));
    List<String> told = new ArrayList<>();
    for (int second = 0; second < 25; second++) {
      hear(loop, second, "a");
      hear(loop, second, "b");
      double better = second % 2 == 0 ? 0.06 : 0.05; // both so bad that it is best alone
      Decision decision = decide(loop, second, "camera0", Map.of("a", better, "b", 0.11 - better));
      assertThat(decision.table().at(Bandwidth.mbps(0.05)).plan().isLocal()).isTrue();
      told.add(decision.servers().get(PlanInForce.serverOf(decision.table()) - 1));
    }
    long changes =
        IntStream.range(1, told.size()).filter(i -> !told.get(i).equals(told.get(i - 1))).count();
    assertThat(changes).as("%s", told).isLessThanOrEqualTo(2); // leases of 10 s
  }
}
