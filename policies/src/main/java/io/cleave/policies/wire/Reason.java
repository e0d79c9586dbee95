package io.cleave.policies.wire;

/** Why a decision says what it says. */
public enum Reason {
  /** There was none before. */
  FIRST(true),
  /** The new plan gains more than its switch costs, and the old one had its time. */
  BETTER(true),
  /** The rule is to follow the planner at each report. */
  FOLLOWED(true),
  /** The site is better off if another server helps the device, or none. */
  MOVED(true),
  /** The server of the plan in force is no longer heard of. */
  SERVER_LOST(true),
  /** No server is heard of, or no link to one has been measured: run locally. */
  NO_SERVER(true),
  /** The same plan at the reported rate; the other rates and the predictions are brought up. */
  REFRESHED(false),
  /** Another plan would be better, but the one in force has not had its time. */
  HELD(false),
  /** Another plan would be better, but by less than a switch is worth. */
  SMALL_GAIN(false),
  /** The planner failed, which only a live controller survives. */
  PLANNER_FAILED(false);

  private final boolean switches;

  Reason(boolean switches) {
    this.switches = switches;
  }

  /** True if the plan at the reported rate changes. */
  public boolean switches() {
    return switches;
  }
}
