package io.cleave.testbed.live;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Precision;
import io.cleave.testbed.experiment.CutView;
import io.cleave.testbed.experiment.Fixed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Tells people what happens, and, on a terminal, one line that is written over and over with where
 * things stand.
 */
public final class Narrator {
  private static final String ERASE = "\r\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private boolean statusShown;

  /**
   * @param out where it is told
   * @param terminal true if a line can be written over
   */
  public Narrator(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** One line; from any thread. */
  public synchronized void say(String text) {
    out.println((statusShown ? ERASE : "") + text);
    out.flush();
    statusShown = false;
  }

  void up(String what, String where, Duration took) {
    say("%-12s%s (%s s)".formatted(what, where, Fixed.text(took.toMillis() / 1e3, 1)));
  }

  /**
   * Where a plan runs what.
   *
   * @param servers names by node number minus one
   */
  static String sentence(DnnGraph graph, Plan plan, List<String> servers) {
    CutView view = CutView.of(graph, plan, servers);
    if (plan.stages().stream().anyMatch(stage -> stage.sharing().isPresent())) {
      return "shared with " + view.node();
    }
    int at = view.label().indexOf(" @");
    String cut = at < 0 ? view.label() : view.label().substring(0, at);
    String exits = at < 0 ? "" : ", exits " + view.label().substring(at + 2);
    boolean eightBits = plan.stages().get(0).precision() == Precision.INT8;
    return where(cut, view.node()) + (eightBits ? ", the device in eight bits" : "") + exits;
  }

  private static String where(String cut, String node) {
    return switch (cut) {
      case "local" -> "all on the device";
      case "remote" -> "all on " + node;
      default -> "up to %s on the device, the rest on %s".formatted(cut, node);
    };
  }

  /**
   * That a plan promises more latency than is allowed; nothing if it does not.
   *
   * @param promised in seconds
   * @param bound in seconds
   */
  static String over(double promised, double bound) {
    return promised > bound
        ? "; its plan promised %s ms, over the bound of %s"
            .formatted(Fixed.text(1e3 * promised, 0), Fixed.text(1e3 * bound, 0))
        : "";
  }

  /** Where things stand; on a terminal only. */
  synchronized void status(double seconds, String text) {
    if (terminal) {
      out.print("%s%s  %s ".formatted(ERASE, time(seconds), text));
      out.flush();
      statusShown = true;
    }
  }

  static String time(double seconds) {
    long whole = (long) Math.max(0, seconds);
    return "%3d:%02d".formatted(whole / 60, whole % 60);
  }
}
