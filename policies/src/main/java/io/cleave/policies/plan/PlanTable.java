package io.cleave.policies.plan;

import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The best plan for every uplink rate at once: a plan's cost is a line in x = seconds per bit, so
 * the best plans are the lower envelope of lines and a decision is a short list of breakpoints. A
 * planner that answers for one rate only makes a table with one entry.
 *
 * <p>A table decides about one server's uplink; which server is part of its plans.
 */
public final class PlanTable {
  /**
   * A plan and its cost line.
   *
   * @param plan what to do
   * @param fixedSeconds predicted latency without the uplink
   * @param uplinkBits that cross the uplink, all transfers together
   */
  public record Entry(Plan plan, double fixedSeconds, double uplinkBits) {
    /** Predicted latency in seconds at this uplink rate; a plan that sends nothing ignores it. */
    public double seconds(Bandwidth up) {
      return secondsAt(up.secondsPerBit());
    }

    /** Predicted latency in seconds at x seconds per bit. */
    public double secondsAt(double x) {
      return uplinkBits == 0 ? fixedSeconds : fixedSeconds + uplinkBits * x;
    }
  }

  /**
   * Where an entry takes over from the one before, found when somebody asks.
   *
   * @param from seconds per bit above 0 before which it does not
   * @param to from which on it has; above {@code from}
   * @param exactly finds it, from {@code from} up to, not including, {@code to}; always the same,
   *     on any thread
   */
  public record Change(double from, double to, DoubleSupplier exactly) {
    public Change {
      if (!(from > 0 && from < to)) {
        throw new IllegalArgumentException(
            "An entry takes over between two ascending values above 0, not %s and %s."
                .formatted(from, to));
      }
    }
  }

  private final Entry[] entries;
  private final List<Change> changes; // one for each breakpoint, or none if they are known

  // [entries - 1] ascending x at which the next entry takes over; found at most once by each thread
  private volatile double @Nullable [] breakpoints;

  private PlanTable(List<Entry> entries, List<Change> changes, double @Nullable [] breakpoints) {
    this.entries = entries.toArray(Entry[]::new);
    this.changes = List.copyOf(changes);
    this.breakpoints = breakpoints;
  }

  /** One plan, whatever the rate. */
  public static PlanTable constant(Entry entry) {
    return new PlanTable(List.of(entry), List.of(), new double[0]);
  }

  /**
   * One plan for each range of rates, whose exact ends are only found if a look-up depends on them:
   * of the tables that are decided, most are replaced before a frame comes.
   *
   * @param entries from the fastest link to the slowest
   * @param changes ascending and apart; entry i holds from change i-1 up to, not including, change
   *     i
   */
  public static PlanTable changing(List<Entry> entries, List<Change> changes) {
    checkCount(entries, changes.size());
    for (int i = 1; i < changes.size(); i++) {
      if (!(changes.get(i).from() >= changes.get(i - 1).to())) {
        throw new IllegalArgumentException("Changes must ascend and lie apart.");
      }
    }
    return new PlanTable(entries, changes, null);
  }

  /**
   * One plan for each range of rates.
   *
   * @param entries from the fastest link to the slowest
   * @param breakpoints ascending seconds per bit; entry i holds from breakpoint i-1 up to, not
   *     including, breakpoint i
   */
  public static PlanTable of(List<Entry> entries, double[] breakpoints) {
    checkCount(entries, breakpoints.length);
    for (int i = 0; i < breakpoints.length; i++) {
      if (!(breakpoints[i] > (i == 0 ? 0 : breakpoints[i - 1]))) {
        throw new IllegalArgumentException("Breakpoints must ascend from above 0.");
      }
    }
    return new PlanTable(entries, List.of(), breakpoints.clone());
  }

  private static void checkCount(List<Entry> entries, int breakpoints) {
    if (entries.size() != breakpoints + 1) {
      throw new IllegalArgumentException(
          "%d entries need %d breakpoints, not %d."
              .formatted(entries.size(), entries.size() - 1, breakpoints));
    }
  }

  /** The same ranges of rates with other entries, as many. */
  public PlanTable with(List<Entry> others) {
    checkCount(others, entries.length - 1);
    return new PlanTable(others, changes, breakpoints);
  }

  /** What to do at this uplink rate. Time O(log entries), no allocation. */
  public Entry at(Bandwidth up) {
    return entries[indexAt(up.secondsPerBit())];
  }

  /** Place of the entry that holds at x seconds per bit. */
  public int indexAt(double x) {
    double[] known = breakpoints;
    int low = 0;
    int high = entries.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (known == null ? before(x, middle) : x < known[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** True if x is before the place where the next entry takes over. */
  private boolean before(double x, int place) {
    Change change = changes.get(place);
    return x < change.from() || (x < change.to() && x < change.exactly().getAsDouble());
  }

  public List<Entry> entries() {
    return List.of(entries);
  }

  /**
   * The server whose uplink the table decides about: the first that its plans use; {@link
   * Stage#DEVICE} if none. Stages that several machines share do not count: no one uplink decides
   * about them.
   */
  public int server() {
    for (Entry entry : entries) {
      for (Stage stage : entry.plan().stages()) {
        if (stage.node() != Stage.DEVICE) {
          return stage.node();
        }
      }
    }
    return Stage.DEVICE;
  }

  /** Rate of that uplink as it is seen; of the first server's if none is used. */
  public Bandwidth uplink(Observation seen) {
    return seen.server(Math.max(1, server())).link().up();
  }

  /** A copy of the breakpoints, ascending seconds per bit. */
  public double[] breakpoints() {
    double[] known = breakpoints;
    if (known == null) {
      known = changes.stream().mapToDouble(change -> change.exactly().getAsDouble()).toArray();
      breakpoints = known;
    }
    return known.clone();
  }

  /**
   * The same for other numbers of nodes; empty if one of its nodes has none.
   *
   * @param map [old node] new node, or -1 for none
   */
  public Optional<PlanTable> renumbered(int[] map) {
    List<Entry> others = new ArrayList<>();
    boolean same = true;
    for (Entry entry : entries) {
      List<Stage> stages = new ArrayList<>();
      for (Stage stage : entry.plan().stages()) {
        for (int node : stage.nodes()) {
          if (node >= map.length || map[node] < 0) {
            return Optional.empty();
          }
          same &= map[node] == node;
        }
        stages.add(stage.renumbered(map));
      }
      others.add(new Entry(entry.plan().with(stages), entry.fixedSeconds(), entry.uplinkBits()));
    }
    return Optional.of(same ? this : with(others));
  }
}
