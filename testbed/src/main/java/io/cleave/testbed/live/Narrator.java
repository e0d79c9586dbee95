package io.cleave.testbed.live;

import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import io.cleave.testbed.experiment.Cell;
import io.cleave.testbed.experiment.CutView;
import io.cleave.testbed.experiment.Fixed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Tells people what happens: who is up, how the plan of the frames changes, and, on a terminal, one
 * line that is written over and over with where things stand.
 */
public final class Narrator {
  private static final String ERASE = "\r\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private List<Stage> last = List.of();
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

  /** A new cell's frames: nothing is known of the plan before them. */
  void begin() {
    last = List.of();
  }

  /**
   * A frame was answered; told if it ran otherwise than the one before.
   *
   * @param servers names by node number minus one
   */
  void frame(Cell cell, List<String> servers, MeasuredFrame frame, Moment moment) {
    List<Stage> stages = frame.promise().plan().stages();
    if (!stages.equals(last)) {
      CutView view = CutView.of(cell.network().graph(), frame.promise().plan(), servers);
      say(
          "%s  %s; link %s Mbit/s, %s ms"
              .formatted(
                  time(moment.seconds()),
                  sentence(view, frame.promise().plan()),
                  Fixed.text(moment.linkBitsPerSecond() / 1e6, 1),
                  Fixed.text(1e3 * frame.latencySeconds(), 0)));
      last = stages;
    }
  }

  /**
   * When a frame came in.
   *
   * @param seconds since the trace's start
   * @param linkBitsPerSecond that the trace gave then
   */
  record Moment(double seconds, double linkBitsPerSecond) {}

  private static String sentence(CutView view, Plan plan) {
    if (plan.stages().stream().anyMatch(stage -> stage.sharing().isPresent())) {
      return "shared with " + view.node();
    }
    int at = view.label().indexOf(" @");
    String cut = at < 0 ? view.label() : view.label().substring(0, at);
    String exits = at < 0 ? "" : ", exits " + view.label().substring(at + 2);
    return where(cut, view.node()) + exits;
  }

  private static String where(String cut, String node) {
    return switch (cut) {
      case "local" -> "all on the device";
      case "remote" -> "all on " + node;
      default -> "up to %s on the device, the rest on %s".formatted(cut, node);
    };
  }

  /** Where things stand; on a terminal only. */
  synchronized void status(
      double seconds, long frames, double meanSeconds, double linkBitsPerSecond) {
    if (terminal) {
      out.print(
          "%s%s  %d frames, %s ms on average; link %s Mbit/s "
              .formatted(
                  ERASE,
                  time(seconds),
                  frames,
                  Fixed.text(1e3 * meanSeconds, 0),
                  Fixed.text(linkBitsPerSecond / 1e6, 1)));
      out.flush();
      statusShown = true;
    }
  }

  private static String time(double seconds) {
    long whole = (long) Math.max(0, seconds);
    return "%3d:%02d".formatted(whole / 60, whole % 60);
  }
}
