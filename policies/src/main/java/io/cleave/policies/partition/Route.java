package io.cleave.policies.partition;

import io.cleave.policies.plan.Plan;
import java.util.List;

/** What a search under limits answers. */
public sealed interface Route permits Route.Within, Route.Nearest {
  Plan plan();

  Expense expense();

  /** False if the search left out ways for lack of room, of which one may be better. */
  boolean proven();

  /** The best way of those that keep the limits. */
  record Within(Plan plan, Expense expense, boolean proven) implements Route {}

  /**
   * No way keeps the limits; this one comes nearest.
   *
   * @param excess the greatest share by which a limit is exceeded, above 0; no way has a lesser
   * @param broken what is exceeded, in words
   */
  record Nearest(Plan plan, Expense expense, boolean proven, double excess, List<String> broken)
      implements Route {
    public Nearest {
      broken = List.copyOf(broken);
    }
  }
}
