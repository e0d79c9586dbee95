package io.cleave.agents.frame;

import io.cleave.agents.loop.Loop;
import io.cleave.policies.control.PlanInForce;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.wire.Decision;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * From a decision that arrives to a table in force. A decision takes force when every part that its
 * plans need is ready, here and at the servers, or was tried and failed, or after {@value
 * #PATIENCE_SECONDS} s at the latest; until then the table before it holds. A plan whose parts are
 * still not ready then, or whose server is gone, is not run: the safe plan is, until they are.
 * Decisions that come twice, late or in disorder change nothing. Owned by the loop.
 */
final class Adoption {
  static final double PATIENCE_SECONDS = 15;
  private static final int MOST_PENDING = 8;
  private static final Logger LOG = Logger.getLogger(Adoption.class);

  private final Loop loop;
  private final Courses courses;
  private final PlanInForce inForce;
  private final Preparation preparation;
  private final AdoptionCounts counts = new AdoptionCounts();
  private final TreeMap<Long, Pending> pending = new TreeMap<>(); // by version
  private Map<PlanTable.Entry, Course> current = Map.of();
  private Optional<Decision> taken = Optional.empty();
  private Set<Part> parts = Set.of(); // of the table in force
  private Instant newestUntil = Instant.MIN;

  private record Pending(
      Decision decision, Map<PlanTable.Entry, Course> courses, Set<Part> parts, double since) {}

  /**
   * @param inForce that starts with {@link Courses#safe}'s entry
   */
  Adoption(Loop loop, Courses courses, PlanInForce inForce, Preparation preparation) {
    this.loop = loop;
    this.courses = courses;
    this.inForce = inForce;
    this.preparation = preparation;
  }

  AdoptionCounts counts() {
    return counts;
  }

  /** Version of the decision in force; 0 before the first. */
  long version() {
    return inForce.version();
  }

  /** Name of the server whose uplink counts for the next look-up; empty if none does. */
  String server() {
    int node = inForce.server();
    return taken
        .filter(any -> node > 0)
        .map(decision -> decision.servers().get(node - 1))
        .orElse("");
  }

  /** A decision came in. */
  void offer(Decision decision) {
    long newest = pending.isEmpty() ? inForce.version() : pending.lastKey();
    if (decision.version() < newest) {
      counts.stale.incrementAndGet();
      return;
    }
    if (decision.version() > newest) {
      if (!await(decision)) {
        return;
      }
      newestUntil = decision.validUntil();
    } else {
      counts.renewed.incrementAndGet();
      newestUntil =
          decision.validUntil().isAfter(newestUntil) ? decision.validUntil() : newestUntil;
    }
    settle();
    renew();
  }

  /**
   * The course of the frame that starts now, before it is known whether it can be run; empty if no
   * decision is in force.
   */
  Optional<Course> at(double upBitsPerSecond) {
    double now = loop.now();
    return inForce.holds(now) // the safe plan may equal one of the table's, whose time is over
        ? Optional.ofNullable(current.get(inForce.at(upBitsPerSecond, now)))
        : Optional.empty();
  }

  /**
   * True if all that a course needs of a machine is ready.
   *
   * @param server empty for this device
   */
  boolean ready(Course course, Optional<String> server) {
    return course.isLocal()
        || preparation.ready(
            course.parts().stream().filter(part -> part.server().equals(server)).toList());
  }

  /** Takes what became ready, or ripe, into force. */
  void settle() {
    for (Pending next : List.copyOf(pending.descendingMap().values())) {
      boolean patient = loop.now() < next.since() + PATIENCE_SECONDS;
      if (!patient || preparation.settled(next.parts())) {
        take(next);
        pending.headMap(next.decision().version(), true).clear();
        return;
      }
    }
  }

  private boolean await(Decision decision) {
    try {
      Map<PlanTable.Entry, Course> worked = courses.of(decision);
      Set<Part> needed = new LinkedHashSet<>();
      worked.values().forEach(course -> needed.addAll(course.parts()));
      pending.put(decision.version(), new Pending(decision, worked, needed, loop.now()));
    } catch (IllegalArgumentException unusable) {
      counts.refused.incrementAndGet();
      LOG.warnf("Decision %d is refused: %s", decision.version(), unusable.getMessage());
      return false;
    }
    if (pending.size() > MOST_PENDING) {
      pending.pollFirstEntry();
    }
    wantParts();
    loop.after(PATIENCE_SECONDS, this::settle);
    return true;
  }

  private void wantParts() {
    Set<Part> wanted = new LinkedHashSet<>();
    pending.descendingMap().values().forEach(each -> wanted.addAll(each.parts()));
    wanted.addAll(parts);
    preparation.want(wanted);
  }

  private void take(Pending next) {
    counts.adopted.incrementAndGet();
    counts.switches.addAndGet(next.decision().grounds().reason().switches() ? 1 : 0);
    if (!preparation.ready(next.parts())) {
      counts.incomplete.incrementAndGet();
      LOG.warnf("Decision %d takes force with plans that are not ready", next.decision().version());
    }
    current = next.courses();
    taken = Optional.of(next.decision());
    parts = next.parts();
    inForce.adopt(next.decision());
    renew();
    wantParts();
  }

  /** The controller is there: what it said last but one holds until the last can. */
  private void renew() {
    taken.ifPresent(
        old ->
            inForce.adopt(
                new Decision(
                    old.agent(),
                    old.version(),
                    old.servers(),
                    old.table(),
                    newestUntil,
                    old.grounds())));
  }
}
