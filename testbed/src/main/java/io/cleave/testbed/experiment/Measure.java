package io.cleave.testbed.experiment;

import java.util.function.ToDoubleBiFunction;

/** The columns of summary.csv: what is said of a cell, given the oracle's figures for the same. */
@SuppressWarnings("ImmutableEnumChecker") // the functions here hold no state
public enum Measure {
  MEAN("mean_latency_ms", 3, (own, oracle) -> own.latency().meanMs()),
  P50("p50_latency_ms", 3, (own, oracle) -> own.latency().p50Ms()),
  P95("p95_latency_ms", 3, (own, oracle) -> own.latency().p95Ms()),
  P99("p99_latency_ms", 3, (own, oracle) -> own.latency().p99Ms()),
  MISSED("deadline_miss_percent", 3, (own, oracle) -> 100 * own.cost().missed()),
  ENERGY("energy_j_per_frame", 5, (own, oracle) -> own.cost().joules()),
  HEDGE_ENERGY("hedge_energy_j_per_frame", 5, (own, oracle) -> own.cost().hedgeJoules()),
  HEDGE_WON("hedge_won_percent", 3, (own, oracle) -> 100 * own.cost().hedgeWon()),
  UPLINK("uplink_bytes_per_frame", 1, (own, oracle) -> own.cost().uplinkBytes()),
  SWITCHES("plan_switches", 2, (own, oracle) -> own.switches()),
  REGRET("regret_ms", 3, (own, oracle) -> own.latency().meanMs() - oracle.latency().meanMs()),
  REGRET_PERCENT(
      "regret_percent",
      3,
      (own, oracle) -> 100 * (own.latency().meanMs() / oracle.latency().meanMs() - 1)),
  ACCURACY("accuracy_percent", 3, (own, oracle) -> 100 * own.answers().right()),
  RIGHT_IN_TIME("right_in_time_percent", 3, (own, oracle) -> 100 * own.answers().rightInTime()),
  EXIT("mean_exit", 3, (own, oracle) -> own.answers().exit());

  private final String column;
  private final int decimals;
  private final ToDoubleBiFunction<CellFigures, CellFigures> value;

  Measure(String column, int decimals, ToDoubleBiFunction<CellFigures, CellFigures> value) {
    this.column = column;
    this.decimals = decimals;
    this.value = value;
  }

  /** Name in CSV files; the spread over seeds has {@code _sd} behind it. */
  public String column() {
    return column;
  }

  String text(double number) {
    return Fixed.text(number, decimals);
  }

  double of(CellFigures own, CellFigures oracle) {
    return value.applyAsDouble(own, oracle);
  }
}
