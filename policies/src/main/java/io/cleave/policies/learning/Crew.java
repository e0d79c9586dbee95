package io.cleave.policies.learning;

import java.util.List;

/** Does tasks that do not concern each other, in whatever order. */
@FunctionalInterface
public interface Crew {
  /** One after the other. */
  Crew ALONE = tasks -> tasks.forEach(Runnable::run);

  /** Returns when all are done; throws what one of them threw. */
  void run(List<Runnable> tasks);
}
