package io.cleave.testbed.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.testbed.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60) // a bound for what hangs, no measure of speed
class LinkCommandTest {
  @Test
  void carriesAndObeysAsAProgramOfItsOwn() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process program =
          program("--trace", "lte-tmobile", "--route", "0=127.0.0.1:" + server.getLocalPort());
      try (BufferedReader out = program.inputReader();
          PrintWriter in = new PrintWriter(program.outputWriter(), true)) {
        String route = out.readLine();
        assertThat(route).matches("route \\d+ -> 127.0.0.1:" + server.getLocalPort());
        assertThat(out.readLine()).isEqualTo("ready");
        int port = Integer.parseInt(route.replaceFirst("route (\\d+) .*", "$1"));
        try (Socket near = new Socket(InetAddress.getLoopbackAddress(), port);
            Socket far = server.accept()) {
          near.getOutputStream().write(42);
          assertThat(far.getInputStream().read()).isEqualTo(42);
          assertThat(asked(in, out, "cut")).isEqualTo("ok cut");
          assertThat(asked(in, out, "restore")).isEqualTo("ok restore");
          assertThat(asked(in, out, "begin 1764100800.5")).isEqualTo("ok begin 1764100800.5");
          assertThat(asked(in, out, "begin soon")).startsWith("error: 'soon'");
          assertThat(asked(in, out, "stats"))
              .contains("\"enteredBytes\":1,\"arrivedBytes\":1", "\"connections\":1");
          assertThat(asked(in, out, "cat")).startsWith("error: 'cat'").contains("restore");
        }
        in.println("quit");
        assertThat(program.waitFor()).isZero();
      } finally {
        program.destroyForcibly();
      }
    }
  }

  private static String asked(PrintWriter in, BufferedReader out, String command)
      throws IOException {
    in.println(command);
    return out.readLine();
  }

  private static Process program(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path", ""),
                "io.cleave.testbed.cli.Cleave",
                "link"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void readsRoutesAsPeopleWriteThem() {
    assertThat(RouteOption.of("edge-1:9000")).isEqualTo(new RouteOption(0, "edge-1", 9000));
    assertThat(RouteOption.of("7001=10.0.0.7:9000"))
        .isEqualTo(new RouteOption(7001, "10.0.0.7", 9000));
    for (String text : List.of("", "9000", "a:", "a:0", "a:65536", "70000=a:1", "x=a:b")) {
      assertThatThrownBy(() -> RouteOption.of(text))
          .as(text)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("HOST:PORT");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--trace lte-tmobil --route a:1, lte-tmobile",
    "--trace lte-tmobile --route a, is no route",
    "--trace lte-tmobile --from 999 --route a:1, 138",
    "--trace lte-tmobile --queue-bytes 0 --route a:1, 0 bytes",
    "--trace lte-tmobile --route no-such-host.invalid:1, no-such-host.invalid",
    "--route a:1, --trace"
  })
  void saysInOneLineWhatIsWrong(String line, String named) {
    Spoken spoken = Spoken.to(("link " + line).split(" "));
    assertThat(spoken.isOneLineOfRefusal()).as(spoken.toString()).isTrue();
    assertThat(spoken.err()).contains(named);
  }
}
