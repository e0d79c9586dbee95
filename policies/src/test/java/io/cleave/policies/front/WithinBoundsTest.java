package io.cleave.policies.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomExits;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerEntry;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.exits.LastExit;
import io.cleave.policies.plan.Bounds;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every planner of the catalogue under bounds that it may know nothing of. */
final class WithinBoundsTest {
  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();

  static Stream<String> planners() {
    return CATALOG.entries().stream().map(PlannerEntry::alias);
  }

  @ParameterizedTest
  @MethodSource("planners")
  void keepsBoundsIfAnyPlanDoesAndElseTakesTheNearest(String name) {
    for (long seed = 1; seed <= 12; seed++) {
      Planner made = CATALOG.create(PlannerSpec.parse(name), plan -> 1);
      Observation free =
          made.knowsExits() ? RandomExits.problem(seed) : RandomProblems.chain(seed, 8);
      List<Candidate> all = PlanSpace.of(free, List.of(Codec.FP32, Codec.FP16));
      for (Bounds bounds : bounds(all, free)) {
        Observation seen = free.with(free.demand().within(bounds));
        Planner planner = WithinBounds.around(made.knowsExits() ? made : LastExit.around(made));
        Costs costs = Costs.of(planAt(planner.plan(seen), seen), seen);
        boolean possible = all.stream().anyMatch(one -> Keeping.keeps(one.costs(), seen));
        if (possible) {
          assertThat(Keeping.keeps(costs, seen)).as("%s, seed %d", name, seed).isTrue();
          assertThat(Keeping.broken(costs, seen)).isEmpty();
        } else if (!Keeping.keeps(costs, seen)) { // shared layers may do what no cut can
          double least =
              all.stream()
                  .mapToDouble(one -> Keeping.overrun(one.costs(), seen))
                  .min()
                  .orElseThrow();
          assertThat(Keeping.overrun(costs, seen)).as("%s, seed %d", name, seed).isEqualTo(least);
          assertThat(Keeping.broken(costs, seen)).contains(" instead of ");
        }
      }
    }
  }

  private static Plan planAt(PlanTable table, Observation seen) {
    return table.at(table.uplink(seen)).plan();
  }

  /** Some that can be kept, some that cannot. */
  private static List<Bounds> bounds(List<Candidate> all, Observation seen) {
    double least = all.stream().mapToDouble(one -> one.costs().seconds()).min().orElseThrow();
    double thrifty = all.stream().mapToDouble(one -> one.costs().watts(seen)).min().orElseThrow();
    double seconds = Math.max(1e-9, least);
    return List.of(
        new Bounds(1.01 * seconds, ANY, ANY),
        new Bounds(0.5 * seconds, ANY, ANY),
        new Bounds(ANY, 0, ANY),
        new Bounds(ANY, ANY, 1.01 * thrifty),
        new Bounds(ANY, ANY, 0.5 * thrifty));
  }

  @Test
  void withoutBoundsTheAnswerIsThePlanners() {
    Observation seen = RandomProblems.chain(1, 8);
    PlanTable table = PlanTable.constant(new PlanTable.Entry(Plan.local(seen.graph()), 1, 0));
    assertThat(WithinBounds.around(any -> table).plan(seen)).isSameAs(table);
  }
}
