package io.cleave.testbed.world;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Runs a scenario by discrete events in virtual time: frames pass through the device, the links and
 * the servers as the recordings and profiles say, while the control loop that ships decides by what
 * reports tell it. See docs/simulation.md for what is modelled and what is not.
 *
 * <p>Deterministic: scenario, planner, rule and seed fix every record. Memory depends on how many
 * frames are under way at once, not on the length of the run or of the recordings. One run is one
 * thread's; runs share nothing.
 */
public final class SimulatedWorld {
  /**
   * Runs until every frame is answered.
   *
   * @param scenario what there is and what is asked
   * @param factory makes the planner
   * @param rule when the plan is changed, for the controller and for the look-ups on the device
   * @param seed of arrivals, report phases and load
   * @param sink takes each frame as it is answered
   */
  public RunTally run(
      Scenario scenario, PlannerFactory factory, SwitchRule rule, long seed, FrameSink sink) {
    Control control = new Control(rule, Targeting.EACH);
    return run(new SiteScenario(List.of(scenario)), factory, control, seed, device -> sink);
  }

  /**
   * Runs a site with several devices.
   *
   * @param factory makes the planner of all, or one for each device if it knows the future
   * @param sinks take each frame as it is answered, one for each device
   */
  public RunTally run(
      SiteScenario site,
      PlannerFactory factory,
      Control control,
      long seed,
      IntFunction<FrameSink> sinks) {
    return new Run(new Cast(site, factory, control, seed), sinks).toEnd();
  }

  /**
   * Runs frames again that ran elsewhere, each under the plan that it had there: what is left of a
   * difference is none of the decisions'.
   *
   * @param scenario machines and links; its workload gives the deadline only
   * @param frames in the order in which they came in
   * @param seed by which images were shown
   * @param sink takes each frame as it is answered, under the number that it had
   */
  public RunTally rerun(Scenario scenario, List<Scripted> frames, long seed, FrameSink sink) {
    return new Run(Cast.scripted(scenario, frames, seed), device -> sink).toEnd();
  }
}
