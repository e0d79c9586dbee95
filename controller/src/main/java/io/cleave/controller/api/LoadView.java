package io.cleave.controller.api;

import io.cleave.policies.wire.LoadReport;
import java.util.OptionalLong;

/**
 * How busy a machine is.
 *
 * @param queueSeconds that new work waits
 * @param slowdown of work beside the unloaded machine
 * @param memoryBytes that one plan may take; absent if any plan may
 */
record LoadView(double queueSeconds, double slowdown, OptionalLong memoryBytes) {
  static LoadView of(LoadReport load) {
    return new LoadView(
        load.queueSeconds(),
        load.slowdown(),
        load.memoryBytes() == LoadReport.UNLIMITED
            ? OptionalLong.empty()
            : OptionalLong.of(load.memoryBytes()));
  }
}
