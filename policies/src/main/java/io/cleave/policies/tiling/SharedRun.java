package io.cleave.policies.tiling;

import io.cleave.policies.plan.Stage;

/**
 * A run of layers and how it is run.
 *
 * @param seconds until all of what it makes is at the device
 */
record SharedRun(Stage stage, double seconds) {}
