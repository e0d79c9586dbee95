package io.cleave.policies.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeighsEnergyTest {
  private final PlannerCatalog catalog = PlannerCatalog.standard();

  /** An experiment runs those that do not weigh energy once for all its prices. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoDoesNotDecidesTheSameAtAnyPrice(long seed) {
    for (Observation seen : List.of(RandomProblems.chain(seed, 12), RandomProblems.dag(seed, 12))) {
      for (PlannerEntry entry : catalog.entries()) {
        PlannerSpec spec = PlannerSpec.of(entry.alias(), Map.of());
        if (!catalog.weighsEnergy(spec)) {
          Set<List<PlanTable.Entry>> decided =
              Stream.of(0.0, 0.1, 10.0)
                  .map(price -> seen.with(new Demand(1, 10, price)))
                  .map(priced -> decided(spec, priced))
                  .collect(Collectors.toSet());
          assertThat(decided).as(entry.alias()).hasSize(1);
        }
      }
    }
  }

  private List<PlanTable.Entry> decided(PlannerSpec spec, Observation seen) {
    return catalog
        .create(spec, plan -> CostModel.estimate(plan, seen).seconds())
        .plan(seen)
        .entries();
  }
}
