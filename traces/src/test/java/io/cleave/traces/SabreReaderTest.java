package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, sabre JSON. */
class SabreReaderTest {
  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  private static String row(Object duration, Object rate, Object latency) {
    return "{\"duration_ms\": %s, \"bandwidth_kbps\": %s, \"latency_ms\": %s}"
        .formatted(duration, rate, latency);
  }

  @Test
  void intervalsFollowEachOtherHoweverLong() {
    // a short first row of 725 ms, and an outage of 994.9 s in a single row
    String json =
        "[\n  "
            + row(725, 16823, 20)
            + ",\n"
            + row(994_887, 0, 20)
            + ",\n"
            + row(1000, 500, 20)
            + "]";
    assertThat(Written.steps(written().down(json)))
        .isEqualTo("0:16.823 0.725:0 995.612:0.5 |996.612");
  }

  @Test
  void theLatencyIsAConstantAndNotMeasured() {
    RoundTrip rtt =
        written().read("[" + row(1000, 1, 100) + "," + row(1000, 2, 100) + "]").trace().roundTrip();
    assertThat(rtt.isMeasured()).isFalse();
    assertThat(rtt.at(0)).isEqualTo(0.1);
  }

  @Test
  void aLatencyThatVariesIsAMeasurement() {
    RoundTrip rtt =
        written().read("[" + row(1000, 1, 100) + "," + row(1000, 2, 80) + "]").trace().roundTrip();
    assertThat(rtt.isMeasured()).isTrue();
    assertThat(rtt.at(1.5)).isEqualTo(0.08);
  }

  @Test
  void refusesBadValuesWithTheirPlace() {
    refused("[\n" + row(1000, -5, 20) + "]", ":2 column 41: '-5' must be at least 0");
    refused("[" + row("\"a\"", 5, 20) + "]", ":1 column 18: 'a' is not a number (duration_ms)");
    refused("[\n{\"duration_ms\": 1000}]", ":2", "without duration_ms or bandwidth_kbps");
    refused("[\n" + row(1000, 5, 20), ":2", "is no JSON");
    refused("[]", "no interval");
    refused("[3]", ":1 column 2: '3' is not an interval");
    refused("[" + row(1000, 0, 20) + "]", "carries nothing");
  }

  private void refused(String content, String... problems) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContainingAll(problems);
  }
}
