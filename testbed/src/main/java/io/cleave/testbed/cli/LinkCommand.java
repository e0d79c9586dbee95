package io.cleave.testbed.cli;

import io.cleave.testbed.UserError;
import io.cleave.testbed.link.Link;
import io.cleave.testbed.link.QueueBound;
import io.cleave.testbed.link.Route;
import io.cleave.testbed.tracestore.Recordings;
import io.cleave.traces.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave link}: an access link as a program of its own. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description = {
      "Carries TCP connections as a recorded network would have, until Ctrl-C.",
      "Connect to the ports it prints instead of to the targets; all routes share the link.",
      "Lines on standard input steer it: begin [UNIX_SECONDS], cut, restore, reset, stats, quit."
    })
final class LinkCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReadingFlags reading = new ReadingFlags();

  @Option(
      names = "--trace",
      required = true,
      paramLabel = "TRACE",
      description = "A recording: built-in, imported, or a file.")
  private String trace = "";

  @Option(
      names = "--route",
      required = true,
      paramLabel = "[LISTEN=]HOST:PORT",
      description = "Where to listen (else any free port) and where connections end up; repeat.")
  private List<String> routes = new ArrayList<>();

  @Option(
      names = "--bind",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "Address to listen at (default: ${DEFAULT-VALUE}; 0.0.0.0 is all of them).")
  private String bind = "";

  @Option(
      names = "--from",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description = "Where in the recording to begin (default: ${DEFAULT-VALUE}).")
  private double fromSeconds;

  @Option(
      names = "--begin",
      paramLabel = "UNIX_SECONDS",
      description = "When the recording begins, on this machine's clock (else now).")
  private Optional<Double> begin = Optional.empty();

  @Option(
      names = "--wait",
      description = "Stand still at the recording's first rate until a line says begin.")
  private boolean wait;

  @Option(
      names = "--queue-bytes",
      defaultValue = "16384",
      paramLabel = "N",
      description = "Bytes that may wait in each direction (default: ${DEFAULT-VALUE}), or ...")
  private int queueBytes;

  @Option(
      names = "--queue-ms",
      defaultValue = "50",
      paramLabel = "N",
      description = "... milliseconds of the present rate, if more (default: ${DEFAULT-VALUE}).")
  private double queueMillis;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Trace recording = TracesCommand.trace(Recordings.ofUser(), trace, reading);
    if (!(fromSeconds >= 0 && fromSeconds <= recording.periodSeconds())) {
      throw new UserError(
          "--from %s does not lie within %s, which lasts %s s."
              .formatted(fromSeconds, recording.name(), recording.periodSeconds()));
    }
    List<RouteOption> wanted = routes.stream().map(RouteOption::of).toList();
    try (Link link = Link.open(bind, recording, bound())) {
      PrintWriter out = spec.commandLine().getOut();
      for (RouteOption option : wanted) {
        Route route = open(link, option);
        out.printf("route %d -> %s:%d%n", route.localPort(), option.host(), option.port());
      }
      Duration from = Duration.ofNanos(Math.round(fromSeconds * 1e9));
      LinkConsole console = new LinkConsole(link, from, out);
      if (!wait) {
        console.begin(begin.map(LinkConsole::moment).orElseGet(Instant::now));
      }
      out.println("ready");
      out.flush();
      run(console);
    }
    return 0;
  }

  private static void run(LinkConsole console) throws IOException, InterruptedException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    if (!console.obey(lines)) {
      new CountDownLatch(1).await(); // nobody steers any more: until Ctrl-C
    }
  }

  private Route open(Link link, RouteOption option) {
    try {
      return link.route(option.listenPort(), new InetSocketAddress(option.host(), option.port()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }

  private QueueBound bound() {
    try {
      return new QueueBound(queueBytes, queueMillis / 1e3);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()));
    }
  }
}
