package io.cleave.testbed.bench;

import io.cleave.broker.BrokerProcess;
import io.cleave.broker.BrokerSettings;
import io.cleave.testbed.live.CleaveHome;
import io.cleave.transport.mqtt.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The controller under load, against its targets. */
public final class ControllerBench {
  private static final double TARGET_MILLIS = 20;
  private static final double WARM_UP_SECONDS = 30; // until the compiler has seen it all
  private static final double SEARCH_SECONDS = 15;
  private static final double SEARCH_STEP = 1.25;
  private static final double MOST_PER_SECOND = 50_000;
  private static final String SITE = "bench";

  private ControllerBench() {}

  /**
   * What to measure.
   *
   * @param agents simulated devices
   * @param perSecond reports of all together
   * @param seconds of the main measurement
   * @param search whether to look for the highest rate, too
   */
  public record Plan(int agents, double perSecond, double seconds, boolean search) {}

  /** Starts broker and controller, measures, prints a line for each measurement, stops them. */
  public static void run(Plan plan, PrintWriter out) {
    Path folder = folder();
    try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.local())) {
      Crowd.Address address = new Crowd.Address(broker.address(), broker.port());
      LatencySample latencies = new LatencySample();
      try (ControllerUnderTest controller =
              new ControllerUnderTest(CleaveHome.ofLauncher().controller(), folder, address, SITE);
          Crowd crowd = new Crowd(address, new Topics(SITE), plan.agents())) {
        crowd.join(latencies);
        ControllerLoad load = new ControllerLoad(controller, crowd, latencies);
        head(out);
        line(out, "warm-up", load.measure(plan.perSecond(), WARM_UP_SECONDS));
        ControllerLoad.Round main = load.measure(plan.perSecond(), plan.seconds());
        line(out, "measured", main);
        if (plan.search()) {
          search(plan, load, out);
        }
      }
    }
  }

  private static void search(Plan plan, ControllerLoad load, PrintWriter out) {
    double sustained = 0;
    for (double rate = plan.perSecond(); rate <= MOST_PER_SECOND; rate *= SEARCH_STEP) {
      ControllerLoad.Round round = load.measure(rate, SEARCH_SECONDS);
      line(out, "search", round);
      if (!met(round)) {
        break;
      }
      sustained = rate;
    }
    out.printf(Locale.ROOT, "highest rate sustained: %,.0f reports/s%n", sustained);
    out.flush();
  }

  private static boolean met(ControllerLoad.Round round) {
    return round.lost() == 0 && round.sent().refused() == 0 && round.p99Millis() <= TARGET_MILLIS;
  }

  private static void head(PrintWriter out) {
    out.printf(
        "%-9s %10s %9s %7s %9s %9s %9s %9s%n",
        "what", "reports/s", "sent", "lost", "answered", "p50 ms", "p99 ms", "live MB");
  }

  private static void line(PrintWriter out, String what, ControllerLoad.Round round) {
    out.printf(
        Locale.ROOT,
        "%-9s %,10.0f %,9d %,7d %,9d %9.2f %9.2f %9.1f  %s%n",
        what,
        round.perSecond(),
        round.sent().sent(),
        round.lost(),
        round.answered(),
        round.p50Millis(),
        round.p99Millis(),
        round.liveMegabytes(),
        met(round) ? "met" : "NOT MET");
    if (round.sent().late() > 0) {
      out.printf(
          "          (%,d reports went out late: the crowd itself was too slow)%n",
          round.sent().late());
    }
    out.flush();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("cleave-bench");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder can be made.", e);
    }
  }
}
