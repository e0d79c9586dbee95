package io.cleave.agents.frame;

import io.cleave.agents.loop.Loop;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Gets parts ready ahead of need, here and at servers: one at a time on each machine, in the
 * background. A part that fails is tried again, after a time that doubles. Owned by the loop.
 */
final class Preparation {
  static final double FIRST_RETRY_SECONDS = 1;
  static final double LONGEST_RETRY_SECONDS = 30;

  private static final Logger LOG = Logger.getLogger(Preparation.class);

  private final Loop loop;
  private final Function<Part, CompletionStage<Void>> asker;
  private final Runnable onChange;
  private final Set<Part> ready = new HashSet<>();
  private final Set<Optional<String>> busy = new HashSet<>();
  private final Map<Part, Failure> failures = new HashMap<>();
  private Set<Part> wanted = Set.of();

  private record Failure(int times, double notBefore) {}

  /**
   * @param asker begins to get a part ready, on another thread, and says when it is
   * @param onChange called on the loop when a part became ready or failed
   */
  Preparation(Loop loop, Function<Part, CompletionStage<Void>> asker, Runnable onChange) {
    this.loop = loop;
    this.asker = asker;
    this.onChange = onChange;
  }

  /**
   * From now on these are seen to, in this order. What was wanted before is let go: who keeps it
   * may do so, too, so it is asked for again when it is wanted again.
   */
  void want(Collection<Part> parts) {
    wanted = new LinkedHashSet<>(parts);
    ready.retainAll(wanted);
    pump();
  }

  boolean ready(Collection<Part> parts) {
    return ready.containsAll(parts);
  }

  /** True if each of them is ready or has failed at least once since. */
  boolean settled(Collection<Part> parts) {
    return parts.stream().allMatch(part -> ready.contains(part) || failures.containsKey(part));
  }

  /** A server came anew and holds nothing; what failed there may go well now. */
  void forget(String server) {
    Optional<String> there = Optional.of(server);
    ready.removeIf(part -> part.server().equals(there));
    failures.keySet().removeIf(part -> part.server().equals(there));
    pump();
  }

  private void pump() {
    for (Part part : wanted) {
      Failure failure = failures.get(part);
      boolean waits = failure != null && loop.now() < failure.notBefore();
      if (!ready.contains(part) && !waits && busy.add(part.server())) {
        asker.apply(part).whenComplete((done, error) -> loop.execute(() -> finish(part, error)));
      }
    }
  }

  private void finish(Part part, Throwable error) {
    busy.remove(part.server());
    if (error == null) {
      ready.add(part);
      failures.remove(part);
    } else {
      retryLater(part, error);
    }
    onChange.run();
    pump();
  }

  private void retryLater(Part part, Throwable error) {
    Failure before = failures.get(part);
    int times = before == null ? 0 : before.times();
    double wait = Math.min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * Math.pow(2, times));
    failures.put(part, new Failure(times + 1, loop.now() + wait));
    loop.after(wait, this::pump);
    LOG.warnf(
        "Layers %s are not ready at %s; next try in %.0f s: %s",
        part.layers(),
        part.server().orElse("this device"),
        wait,
        String.valueOf(error.getMessage()));
  }
}
