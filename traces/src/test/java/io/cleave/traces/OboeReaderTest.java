package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, Oboe: "t_ms kbit/s", two lines a chunk. */
class OboeReaderTest {
  private static final ReadingOptions OBOE = ReadingOptions.DEFAULT.withFormat(TraceFormat.OBOE);

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void aPairIsOneIntervalThatGoesOnUntilTheNextBegins() {
    // chunks 15-515 ms at 3000 kbit/s and 615-1015 ms at 1500: the gap of 100 ms goes to the first
    Capacity capacity = written().down("15.0 3000\n515.0 3000\n615.0 1500\n1015.0 1500\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:3 0.6:1.5 |1");
  }

  @Test
  void aConstantSecondsFileIsNotTakenForPairs() {
    Path file = written().file("x", "0 3\n5 3\n10 3\n15 3\n");
    assertThat(TraceFormat.sniff(file)).isEqualTo(TraceFormat.COOKED);
  }

  @Test
  void pairsOfSecondsAreNotTakenForMilliseconds() {
    Path file = written().file("x", "0 3\n5 3\n10 2\n15 2\n");
    assertThat(TraceFormat.sniff(file)).isEqualTo(TraceFormat.COOKED);
  }

  @Test
  void theUnitCanBeGiven() {
    String rows = "15 3\n515 3\n615 1.5\n1015 1.5\n";
    Recording recording = written().read(rows, OBOE.withUnit(RateUnit.MBPS));
    assertThat(Written.steps(recording.trace().down())).isEqualTo("0:3 0.6:1.5 |1");
  }

  @Test
  void refusesBadPairsWithTheirPlace() {
    refused("15 3000\n515 2000\n", ":2 column 2: '2000' differs from its partner 3000");
    refused("15 3000\n515 3000\n600 1\n", ":3 column 1: '600' has no partner");
    refused("15 3000\n515 3000\n500 1\n600 1\n", ":3 column 1: '500' is earlier");
    refused("15 3000\n5 3000\n", ":2 column 1: '5' is earlier");
    refused("15 -3\n515 -3\n", ":1 column 2: '-3' must be at least 0");
  }

  private void refused(String content, String problem) {
    assertThatThrownBy(() -> written().read(content, OBOE))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(problem);
  }
}
