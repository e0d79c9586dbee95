package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What changes at a site on the way: servers die, devices come and go. */
class SiteCourseTest {
  private static final double LOSS_SECONDS = 10;
  private static final double SECONDS = 20;

  private static final Scenario PROTOTYPE =
      Worlds.scenario(
          Worlds.workload(Arrivals.PERIODIC, 2, SECONDS),
          0.02,
          LoadSeries.IDLE,
          Worlds.trace(1, 0.01, 2),
          Worlds.trace(1, 0.01, 2));

  @Test
  void whatADyingServerHadIsFinishedByTheDeviceAndNobodyGoesThereAnyMore() {
    for (Planner planner : List.of(Worlds.always(Worlds.cut(1, 1)), Worlds.hedgedTable())) {
      for (int seed = 0; seed < 20; seed++) {
        List<FrameRecord> frames = new ArrayList<>();
        RunTally tally = run(cameras(5, 1), Map.of("server1", LOSS_SECONDS), planner, seed, frames);
        assertThat(frames).hasSize((int) tally.frames()).hasSize(200);
        assertThat(frames)
            .filteredOn(frame -> frame.arrivalSeconds() < LOSS_SECONDS - 2)
            .anyMatch(frame -> !frame.plan().isLocal());
        assertThat(frames)
            .filteredOn(frame -> frame.arrivalSeconds() > LOSS_SECONDS)
            .allMatch(frame -> frame.plan().isLocal() || frame.outcome().hedgeWon());
        assertThat(frames)
            .filteredOn(frame -> frame.arrivalSeconds() > LOSS_SECONDS + 2)
            .allMatch(frame -> frame.plan().isLocal());
        assertThat(frames).allMatch(frame -> frame.latencySeconds() < 5);
      }
    }
  }

  @Test
  void whoLivesHelpsInstead() {
    List<FrameRecord> frames = new ArrayList<>();
    Planner first = Worlds.always(Worlds.cut(1, 1)); // of those who are there
    run(cameras(3, 2), Map.of("server1", LOSS_SECONDS), first, 1, frames);
    assertThat(frames)
        .filteredOn(frame -> frame.arrivalSeconds() > LOSS_SECONDS + 2)
        .noneMatch(frame -> frame.outcome().hedgeWon())
        .noneMatch(frame -> frame.plan().isLocal());
  }

  @Test
  void framesAndReportsComeFromWhoIsThere() {
    for (Arrivals arrivals : Arrivals.values()) {
      List<Scenario> there = cameras(5, 2, device -> workload(arrivals, Presence.ALWAYS));
      Function<Integer, Presence> presence =
          device -> Presence.random(2, 2, SECONDS, new SplittableRandom(device));
      List<Scenario> churning = cameras(5, 2, device -> workload(arrivals, presence.apply(device)));
      Planner planner = Worlds.hedgedTable();
      List<List<FrameRecord>> frames = new ArrayList<>();
      for (int device = 0; device < 5; device++) {
        frames.add(new ArrayList<>());
      }
      RunTally all = run(there, Map.of(), planner, 1, new ArrayList<>());
      RunTally some =
          new SimulatedWorld()
              .run(
                  new SiteScenario(churning),
                  PlannerFactory.of(planner),
                  Control.none(),
                  1,
                  device -> frames.get(device)::add);
      assertThat(some.frames()).isBetween(all.frames() / 4, all.frames() * 3 / 4);
      assertThat(some.control().reports()).isLessThan(all.control().reports() * 9 / 10);
      for (int device = 0; device < 5; device++) {
        Presence own = presence.apply(device);
        assertThat(frames.get(device))
            .isNotEmpty()
            .allMatch(frame -> own.at(frame.arrivalSeconds()));
        assertThat(frames.get(device).stream().map(FrameRecord::frame).collect(Collectors.toSet()))
            .hasSameSizeAs(frames.get(device));
      }
    }
  }

  private static RunTally run(
      List<Scenario> devices,
      Map<String, Double> losses,
      Planner planner,
      long seed,
      List<FrameRecord> frames) {
    return new SimulatedWorld()
        .run(
            new SiteScenario(devices, losses),
            PlannerFactory.of(planner),
            Control.none(),
            seed,
            device -> frames::add);
  }

  private static Scenario.Workload workload(Arrivals arrivals, Presence presence) {
    return new Scenario.Workload(arrivals, PROTOTYPE.workload().demand(), SECONDS, presence);
  }

  private static List<Scenario> cameras(int count, int servers) {
    return cameras(count, servers, device -> PROTOTYPE.workload());
  }

  private static List<Scenario> cameras(
      int count, int servers, Function<Integer, Scenario.Workload> workloads) {
    List<Scenario> cameras = new ArrayList<>();
    for (int device = 0; device < count; device++) {
      Machine machine = PROTOTYPE.device();
      cameras.add(
          new Scenario(
              PROTOTYPE.graph(),
              new Machine("camera" + device, machine.profile(), machine.power()),
              PROTOTYPE.servers().subList(0, servers),
              workloads.apply(device),
              PROTOTYPE.reporting()));
    }
    return cameras;
  }
}
