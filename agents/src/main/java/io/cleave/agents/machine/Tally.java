package io.cleave.agents.machine;

/**
 * What a machine did since it was made.
 *
 * @param finished runs that came to their end
 * @param overruns of those, longer than on the emulated machine
 * @param failed runs that could not be run
 * @param expired work that was dropped since it waited too long
 * @param cancelledWaiting work called off before it began
 * @param cancelledRunning work called off while it ran
 * @param busySeconds for which the machine was occupied by all of these
 * @param lostSeconds of those, by work that was called off
 * @param savedSeconds that work called off would have taken beyond that, as predicted
 */
public record Tally(
    long finished,
    long overruns,
    long failed,
    long expired,
    long cancelledWaiting,
    long cancelledRunning,
    double busySeconds,
    double lostSeconds,
    double savedSeconds) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** With one more piece of work. */
  Tally plus(Outcome outcome, boolean began, double expectedSeconds) {
    double busy = outcome.times().computeSeconds();
    boolean cancelled = outcome instanceof Outcome.Cancelled;
    return new Tally(
        finished + (outcome instanceof Outcome.Finished ? 1 : 0),
        overruns + (outcome instanceof Outcome.Finished run && run.overrun() ? 1 : 0),
        failed + (outcome instanceof Outcome.Failed ? 1 : 0),
        expired + (outcome instanceof Outcome.Expired ? 1 : 0),
        cancelledWaiting + (cancelled && !began ? 1 : 0),
        cancelledRunning + (cancelled && began ? 1 : 0),
        busySeconds + busy,
        lostSeconds + (cancelled ? busy : 0),
        savedSeconds + (cancelled ? Math.max(0, expectedSeconds - busy) : 0));
  }
}
