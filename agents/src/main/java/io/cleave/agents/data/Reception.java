package io.cleave.agents.data;

import io.cleave.transport.tensor.ByteBudget;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * What the calls of one server share.
 *
 * @param executions work under way and answers kept
 * @param budget for the tensors of all calls
 * @param open the calls under way
 * @param executor decodes and encodes tensors
 */
record Reception(
    DataLimits limits,
    DataCounts counts,
    Workbench workbench,
    Executions executions,
    ByteBudget budget,
    Set<CallGuard> open,
    Executor executor) {
  private static final Logger LOG = Logger.getLogger(Reception.class);

  Reception(DataLimits limits, Workbench workbench, Executor executor) {
    this(limits, new DataCounts(), workbench, executor);
  }

  private Reception(DataLimits limits, DataCounts counts, Workbench workbench, Executor executor) {
    this(
        limits,
        counts,
        workbench,
        new Executions(workbench, counts, limits, System::nanoTime),
        new ByteBudget(limits.bytesUnderWay()),
        ConcurrentHashMap.newKeySet(),
        executor);
  }

  /** Turns away all calls that are open. */
  void stop() {
    open.forEach(guard -> guard.stop());
  }

  /** Gives up the calls that are silent or too long, and answers that were kept long enough. */
  void sweep() {
    long now = System.nanoTime();
    for (CallGuard guard : open) {
      try {
        guard.check(now);
      } catch (RuntimeException e) {
        LOG.error("A call could not be given up; the others are watched all the same.", e);
      }
    }
    executions.forget();
  }
}
