package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClairvoyanceTest {
  private static final List<Plan> PLANS =
      List.of(
          Plan.local(Worlds.GRAPH),
          Worlds.cut(3, 1),
          Worlds.cut(2, 2),
          Worlds.cut(2, 1),
          Worlds.cut(1, 1));

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyFrameTakesWhatTheForecastSaid(long seed) {
    List<Double> said = new ArrayList<>();
    Planner[] made = new Planner[1];
    List<FrameRecord> frames = new ArrayList<>();
    new SimulatedWorld()
        .run(
            scenario(seed),
            PlannerFactory.clairvoyant(
                forecast -> {
                  made[0] = new Best(forecast, said);
                  return made[0];
                }),
            SwitchRule.none(),
            seed,
            frames::add);

    assertThat(frames).hasSameSizeAs(said).isNotEmpty();
    for (FrameRecord frame : frames) {
      double promised = said.get((int) frame.frame());
      assertThat(frame.latencySeconds())
          .as("frame %d", frame.frame())
          .isCloseTo(promised, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seesTheTrueRateOfTheMoment(long seed) {
    Scenario scenario = scenario(seed);
    List<Double> rates = new ArrayList<>();
    List<FrameRecord> frames = new ArrayList<>();
    new SimulatedWorld()
        .run(
            scenario,
            PlannerFactory.clairvoyant(
                forecast ->
                    observation -> {
                      rates.add(observation.server(1).link().up().bitsPerSecond());
                      return Worlds.always(Plan.local(Worlds.GRAPH)).plan(observation);
                    }),
            SwitchRule.none(),
            seed,
            frames::add);

    for (FrameRecord frame : frames) {
      double start = frame.arrivalSeconds() + frame.latencySeconds() - 0.6; // local takes 0.6 s
      assertThat(rates.get((int) frame.frame()))
          .isIn(
              scenario.servers().get(0).link().up().rateAt(start - 1e-6),
              scenario.servers().get(0).link().up().rateAt(start + 1e-6));
    }
  }

  private static Scenario scenario(long seed) {
    Scenario scenario =
        Worlds.scenario(
            Worlds.workload(Arrivals.POISSON, 1 + 0.2 * (seed % 20), 60),
            0,
            new LoadSeries(1.5, List.of(1.0, 3.0, 12.0)),
            Worlds.randomTrace(seed),
            Worlds.randomTrace(seed + 1000));
    return Worlds.calling(scenario, new CallBytes(50.0 * seed, 20.0 * seed));
  }

  /** Takes the plan with the least latency. */
  private record Best(Forecast forecast, List<Double> said) implements Planner {
    @Override
    public PlanTable plan(Observation observation) {
      Plan best = PLANS.get(0);
      for (Plan plan : PLANS) {
        best = forecast.latencySeconds(plan) < forecast.latencySeconds(best) ? plan : best;
      }
      said.add(forecast.latencySeconds(best));
      return PlanTable.constant(new PlanTable.Entry(best, 0, 0));
    }
  }
}
