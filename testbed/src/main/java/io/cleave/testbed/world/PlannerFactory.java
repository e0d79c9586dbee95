package io.cleave.testbed.world;

import io.cleave.policies.baseline.Forecast;
import io.cleave.policies.plan.Planner;

/** Makes the planner of a run. */
public interface PlannerFactory {
  /**
   * Makes a planner for one run.
   *
   * @param forecast of the run's world; only a clairvoyant planner may ask it
   */
  Planner make(Forecast forecast);

  /**
   * True if the planner is asked anew at the start of every frame, and may ask the forecast; false
   * if it is asked by the control loop, which knows reports only.
   */
  boolean byFrame();

  /** A planner that knows what reports tell. */
  static PlannerFactory of(Planner planner) {
    return new PlannerFactory() {
      @Override
      public Planner make(Forecast forecast) {
        return planner;
      }

      @Override
      public boolean byFrame() {
        return false;
      }
    };
  }

  /** Makes a planner that knows the future. */
  static PlannerFactory clairvoyant(java.util.function.Function<Forecast, Planner> maker) {
    return new PlannerFactory() {
      @Override
      public Planner make(Forecast forecast) {
        return maker.apply(forecast);
      }

      @Override
      public boolean byFrame() {
        return true;
      }
    };
  }
}
