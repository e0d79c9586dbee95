package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SabreReaderTest {
  @TempDir private Path folder;

  private static String step(int duration, int bandwidth, int latency) {
    return "{\"duration_ms\": %d, \"bandwidth_kbps\": %d, \"latency_ms\": %d}"
        .formatted(duration, bandwidth, latency);
  }

  private Trace read(String... steps) {
    return Written.read(folder, "[", String.join(",\n", steps), "]");
  }

  @Test
  void putsDurationsEndToEnd() {
    Trace trace = read(step(725, 4000, 20), step(1000, 0, 20), step(275, 8000, 20));
    assertThat(trace.periodSeconds()).isEqualTo(2);
    assertThat(trace.down().startSeconds(1)).isEqualTo(0.725); // a short first row stays short
    assertThat(trace.down().rateAt(1)).isZero();
    // 0.725 s x 4 + 0.275 s x 8 = 5.1 Mbit
    assertThat(trace.down().bitsPerLap()).isEqualTo(5.1e6, within(1e-3));
  }

  @Test
  void keepsARowOfManyMinutes() {
    Trace trace = read(step(1000, 4000, 100), step(994_887, 0, 100));
    assertThat(TraceSummary.down(trace).longestOutageSeconds()).isEqualTo(994.887, within(1e-9));
  }

  @Test
  void takesAConstantLatencyAsGivenAndAChangingOneAsMeasured() {
    Trace constant = read(step(1000, 1, 20), step(1000, 2, 20));
    assertThat(constant.roundTrip().isMeasured()).isFalse();
    assertThat(constant.roundTrip().at(1.5)).isEqualTo(0.02);
    Trace changing = read(step(1000, 1, 20), step(1000, 2, 30));
    assertThat(changing.roundTrip().isMeasured()).isTrue();
    assertThat(changing.roundTrip().at(1.5)).isEqualTo(0.03);
    Trace without = Written.read(folder, "[{\"duration_ms\":5,\"bandwidth_kbps\":9.5,\"x\":[1]}]");
    assertThat(without.roundTrip().at(0)).isEqualTo(0.05);
  }

  @Test
  void leavesOutARowOfNoDuration() {
    assertThat(read(step(0, 9, 20), step(1000, 2, 20)).down().steps()).isEqualTo(1);
  }

  static List<Arguments> badSteps() {
    return List.of(
        arguments("{\"duration_ms\": -1, \"bandwidth_kbps\": 2}", "duration_ms: '-1'"),
        arguments("{\"duration_ms\": 5, \"bandwidth_kbps\": \"2\"}", "bandwidth_kbps: '2'"),
        arguments("{\"duration_ms\": 5, \"bandwidth_kbps\": null}", "bandwidth_kbps: 'null'"),
        arguments("{\"duration_ms\": 5}", "bandwidth_kbps: ''"),
        arguments("7", "json: 'VALUE_NUMBER_INT'"),
        arguments("{\"duration_ms\" 5}", "column "));
  }

  @ParameterizedTest
  @MethodSource("badSteps")
  void refusesABadStepWithItsPlace(String bad, String rest) {
    Path file = Written.lines(folder, "bad", "[", step(1000, 1, 20) + ",", bad, "]");
    Written.refused(file, 3, rest);
  }

  @Test
  void refusesAnArrayThatNeverEnds() {
    Path file = Written.lines(folder, "cut", "[", step(1000, 1, 20) + ",");
    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining("not JSON");
  }
}
