package io.cleave.testbed.live;

/**
 * An agent that was started.
 *
 * @param ready waits until it is up; complains if it does not come up
 * @param end ends it before the others
 * @param kill ends it as a power cut would
 */
record Hand(Runnable ready, Runnable end, Runnable kill) {}
