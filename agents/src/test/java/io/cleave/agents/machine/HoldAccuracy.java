package io.cleave.agents.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures how late runs end that are held to a pace, on this machine as it is loaded now. The wait
 * is no unit test: it depends on what else runs.
 */
final class HoldAccuracy {
  private static final int HOLDS = 400;
  private static final double SECONDS = 0.02;

  private HoldAccuracy() {}

  public static void main(String[] arguments) {
    double[] lateMicros = new double[HOLDS];
    for (int i = 0; i < HOLDS; i++) {
      long due = System.nanoTime() + (long) (SECONDS * 1e9);
      Hold.until(due, System::nanoTime, () -> false);
      lateMicros[i] = (System.nanoTime() - due) / 1e3;
    }
    Arrays.sort(lateMicros);
    List<String> quantiles = new ArrayList<>();
    for (double quantile : new double[] {0.5, 0.95, 0.99}) {
      quantiles.add(
          "p%.0f %.0f us".formatted(100 * quantile, lateMicros[(int) (quantile * HOLDS)]));
    }
    System.out.printf("Late by %s, worst %.0f us%n", quantiles, lateMicros[HOLDS - 1]);
  }
}
