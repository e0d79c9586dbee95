package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.wire.Capacity;
import io.cleave.traces.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SiteWorldTest {
  private static final Trace FAST = Worlds.trace(1, 0.001, 80);

  @Test
  void devicesWaitForEachOtherAtAServer() {
    // Ten frames a second of 0.06 s each from both devices: more than the server can do, and more
    // than either alone would ask of it.
    Planner remote = Worlds.always(Worlds.cut(1, 1));
    double alone = meanSeconds(List.of(camera("a", 10, "server1")), remote);
    double together =
        meanSeconds(List.of(camera("a", 10, "server1"), camera("b", 10, "server1")), remote);
    double apart =
        meanSeconds(List.of(camera("a", 10, "server1"), camera("b", 10, "server2")), remote);
    assertThat(apart).isCloseTo(alone, offset(0.02));
    assertThat(together).isGreaterThan(3 * alone);
  }

  @Test
  void framesShareTheServersOwnLink() {
    Planner remote = Worlds.always(Worlds.cut(1, 1)); // 800 kbit there, 8 kbit back
    double wide = seconds(List.of(camera("a", 1, "server1")), remote).min().orElseThrow();
    double narrow =
        seconds(List.of(behind(8e6, camera("a", 1, "server1"))), remote).min().orElseThrow();
    assertThat(narrow - wide).isCloseTo(0.101, offset(1e-9));
    Scenario busy = behind(8e6, camera("a", 4, "server1"));
    double alone = meanSeconds(List.of(busy), remote);
    double together = meanSeconds(List.of(busy, behind(8e6, camera("b", 4, "server1"))), remote);
    assertThat(together).isGreaterThan(1.5 * alone);
  }

  /** The same, its servers behind a link of their own. */
  private static Scenario behind(double bitsPerSecond, Scenario scenario) {
    Capacity capacity = new Capacity(10, Long.MAX_VALUE, bitsPerSecond);
    return new Scenario(
        scenario.graph(),
        scenario.device(),
        scenario.servers().stream()
            .map(
                each ->
                    new RemoteMachine(
                        each.machine(), each.link(), each.load(), each.calls(), capacity))
            .toList(),
        scenario.workload(),
        scenario.reporting());
  }

  @Test
  void answersEveryFrameOfEveryDevice() {
    List<Scenario> devices = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      devices.add(camera("camera" + i, 1 + i % 3, "server" + (1 + i % 4)));
    }
    List<List<FrameRecord>> frames = new ArrayList<>();
    devices.forEach(device -> frames.add(new ArrayList<>()));
    RunTally tally =
        new SimulatedWorld()
            .run(
                new SiteScenario(devices),
                PlannerFactory.of(Worlds.hedgedTable()),
                Control.none(),
                3,
                device -> frames.get(device)::add);
    assertThat(frames.stream().mapToInt(List::size).sum()).isEqualTo((int) tally.frames());
    assertThat(frames).allSatisfy(own -> assertThat(own).isNotEmpty());
  }

  @Test
  void doesNotConfuseServersThatADeviceCannotReach() {
    // The second device knows server2 only, which is its node 1 and the site's node 2.
    List<Scenario> devices = List.of(camera("a", 1, "server1"), camera("b", 1, "server2"));
    Planner remote = Worlds.always(Worlds.cut(1, 1));
    assertThat(meanSeconds(devices, remote)).isLessThan(0.1);
  }

  @Test
  void refusesTwoServersOfOneName() {
    Scenario other =
        Worlds.scenario(
            Worlds.workload(Arrivals.PERIODIC, 1, 20), 0, new LoadSeries(1, List.of(2.0)), FAST);
    assertThatThrownBy(
            () -> new SiteScenario(List.of(camera("a", 1, "server1"), named("b", other))))
        .hasMessageContaining("two servers server1");
  }

  private static Scenario named(String name, Scenario scenario) {
    Machine device = scenario.device();
    return new Scenario(
        scenario.graph(),
        new Machine(name, device.profile(), device.power()),
        scenario.servers(),
        scenario.workload(),
        scenario.reporting());
  }

  private static final Scenario PROTOTYPE =
      Worlds.scenario(
          Worlds.workload(Arrivals.PERIODIC, 1, 20), 0, LoadSeries.IDLE, FAST, FAST, FAST, FAST);

  /** A camera that can reach one server of the prototype's. */
  private static Scenario camera(String name, double framesPerSecond, String server) {
    Scenario.Workload workload =
        new Scenario.Workload(
            Arrivals.POISSON, new Demand(framesPerSecond, Double.POSITIVE_INFINITY, 0), 20);
    List<RemoteMachine> reached =
        PROTOTYPE.servers().stream().filter(each -> each.machine().name().equals(server)).toList();
    Machine device = PROTOTYPE.device();
    return new Scenario(
        PROTOTYPE.graph(),
        new Machine(name, device.profile(), device.power()),
        reached,
        workload,
        PROTOTYPE.reporting());
  }

  private static double meanSeconds(List<Scenario> devices, Planner planner) {
    return seconds(devices, planner).average().orElseThrow();
  }

  private static DoubleStream seconds(List<Scenario> devices, Planner planner) {
    List<FrameRecord> frames = new ArrayList<>();
    new SimulatedWorld()
        .run(
            new SiteScenario(devices),
            PlannerFactory.of(planner),
            Control.none(),
            1,
            device -> frames::add);
    return frames.stream()
        .filter(frame -> !frame.plan().isLocal()) // the first, before any decision
        .mapToDouble(FrameRecord::latencySeconds);
  }
}
