package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person starts and ends it: no process may stay behind. */
class LiveCommandTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  private Program live(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcleave.checkout=" + CleaveHome.ofLauncher().folder(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.cleave.testbed.cli.Cleave",
                "live",
                "--port",
                "0",
                "--model",
                "zoo:mobilenetv2",
                "--out",
                folder.resolve("run").toString()));
    command.addAll(List.of(more));
    return Program.start(
        new Launch("live", command, folder.resolve("live.log")),
        Pattern.compile("^ +0:\\d\\d +(all|up to)"));
  }

  @Test
  void interruptEndsEverythingInOrderAndKeepsTheResults() throws Exception {
    BuiltPrograms.assume();
    try (Program live = live()) {
      live.ready(LIMIT, new Stop());
      List<ProcessHandle> children = descendants(live);
      // Broker, controller, two servers and a device.
      assertThat(children).hasSize(5);
      // A terminal interrupts everybody in its foreground; of ours only the first is to listen, but
      // it is shielded here as every program is, and so told by the signal of kill.
      for (ProcessHandle child : children) {
        signal("INT", child.pid());
      }
      signal("TERM", live.pid());
      assertThat(live.exitCode()).isEqualTo(128 + 15);
      assertGone(children);
    }
    assertThat(folder.resolve("run/frames.csv")).exists();
    assertThat(folder.resolve("run/report.html")).exists();
    assertThat(folder.resolve("live.log")).content().doesNotContain("did not end well");
  }

  @Test
  void nobodyOutlivesAWorldThatIsKilled() throws Exception {
    BuiltPrograms.assume();
    try (Program live = live("--seconds", "600")) {
      live.ready(LIMIT, new Stop());
      List<ProcessHandle> children = descendants(live);
      assertThat(children).hasSize(5);
      live.kill();
      assertGone(children);
    }
  }

  private static List<ProcessHandle> descendants(Program program) {
    return ProcessHandle.of(program.pid()).orElseThrow().descendants().toList();
  }

  private static void assertGone(List<ProcessHandle> children)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (ProcessHandle child : children) {
      child.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
