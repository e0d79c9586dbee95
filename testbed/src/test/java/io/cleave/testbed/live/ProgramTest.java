package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;

  static Launch java(Path folder, Class<?> program, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(words));
    return new Launch(program.getSimpleName(), command, folder.resolve("logs/program.log"));
  }

  static Program talker(Path folder, String... words) {
    return Program.start(java(folder, Talker.class, words), Pattern.compile("^up(?: (\\d+))?$"));
  }

  @Test
  void tellsWhatTheProgramSaidWhenReadyAndKeepsItsLog() throws IOException {
    try (Program program = talker(folder, "hello", "up 4711")) {
      assertThat(program.ready(LIMIT, new Stop()).group(1)).isEqualTo("4711");
      assertThat(program.alive()).isTrue();
      program.check();
    }
    assertThat(Files.readAllLines(folder.resolve("logs/program.log")))
        .containsExactly("hello", "up 4711");
  }

  @Test
  void programThatEndsBeforeItIsReadyIsQuoted() {
    try (Program program = talker(folder, "--fail", "port 8080 is taken")) {
      assertThatThrownBy(() -> program.ready(LIMIT, new Stop()))
          .isInstanceOf(ProgramFailed.class)
          .hasMessageContaining("Talker ended before it was ready, with exit code 3")
          .hasMessageEndingWith("port 8080 is taken");
    }
  }

  @Test
  void programThatEndsLaterIsNoticed() {
    try (Program program = talker(folder, "up")) {
      program.ready(LIMIT, new Stop());
      program.kill();
      assertThatThrownBy(program::check)
          .isInstanceOf(ProgramFailed.class)
          .hasMessageContaining("ended by itself, with exit code 137");
    }
  }

  @Test
  void stopLetsTheProgramSayGoodbye() {
    Path farewell = folder.resolve("farewell");
    Program program = talker(folder, "--farewell", farewell.toString(), "up");
    program.ready(LIMIT, new Stop());
    program.stop(Duration.ofMinutes(1));
    assertThat(program.alive()).isFalse();
    assertThat(farewell).hasContent("bye");
  }

  @Test
  void interruptOfTheTerminalDoesNotReachIt() throws IOException, InterruptedException {
    Program program = talker(folder, "up");
    program.ready(LIMIT, new Stop());
    assertThat(signal("INT", program.pid())).isZero();
    program.stop(LIMIT);
    // A Java program ends with 128 and the number of the first signal that it heard: 15 is TERM.
    assertThat(program.exitCode()).isEqualTo(128 + 15);
  }

  @Test
  void childDiesWithAParentThatIsKilled() throws Exception {
    Program parent =
        Program.start(
            java(folder.resolve("parent"), Forebear.class, folder.resolve("child").toString()),
            Pattern.compile("^child (\\d+)$"));
    long pid = Long.parseLong(parent.ready(LIMIT, new Stop()).group(1));
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
    assertThat(child.isAlive()).isTrue();
    parent.kill();
    child.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }

  private static int signal(String name, long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }
}
