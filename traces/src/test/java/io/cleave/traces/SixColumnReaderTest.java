package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, Ghent and Norway original: rate = 8 x bytes / (1000 x ms) Mbit/s. */
class SixColumnReaderTest {
  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void ghentCountsItsEpochInMillisecondsAndPadsWithZeros() {
    String log =
        """
        1453121790686 1000 51.03 3.72 125000 1000
        1453121791685 1999 51.03 3.72 999000 0999
        """;
    // 8 x 125,000 / (1000 x 1000) = 1 Mbit/s; 8 x 999,000 / (1000 x 999) = 8 Mbit/s
    assertThat(Written.steps(written().down(log))).isEqualTo("0:1 1:8 |1.999");
  }

  @Test
  void norwayCountsItsEpochInSecondsAndMeansTheSame() {
    String log =
        """
        1453121790 4001000 59.8 10.7 125000 1000
        1453121791 4001999 59.8 10.7 999000 999
        """;
    assertThat(Written.steps(written().down(log))).isEqualTo("0:1 1:8 |1.999");
  }

  @Test
  void aLongRowIsAMeasuredOutageButAGapWithoutRowsSplits() {
    String log =
        """
        1453121790 1000 59 10 125000 1000
        1453121791 2000 59 10 125000 1000
        1453121851 62000 59 10 0 60000
        1453121852 63000 59 10 125000 1000
        1453122852 1063000 59 10 250000 1000
        """;
    Recording recording = written().read(log);
    assertThat(recording.sessions()).isEqualTo(2);
    assertThat(Written.steps(recording.trace().down()))
        .isEqualTo("0:1 1:1 2:0 62:1 63:2 |64"); // end to end: the gap of 999 s is no outage
    Recording second = written().read(log, ReadingOptions.DEFAULT.withSession(2));
    assertThat(Written.steps(second.trace().down())).isEqualTo("0:2 |1");
  }

  @Test
  void bytesOfARowWithoutAnIntervalGoToTheNext() {
    String log =
        """
        1453121790 1000 59 10 125000 1000
        1453121790 1000 59 10 100000 0
        1453121791 2000 59 10 25000 1000
        """;
    assertThat(Written.steps(written().down(log))).isEqualTo("0:1 1:1 |2");
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    String first = "1453121790 2000 59 10 125000 1000\n";
    refused(first + "1453121791 1000 59 10 1 1000\n", ":2 column 2: '1000' is earlier");
    refused(first + "1453121791 3000 59 10 -1 1000\n", ":2 column 5: '-1' must be at least 0");
    refused(first + "1453121791 3000 59 10 1 -1\n", ":2 column 6: '-1' must be at least 0");
    refused(first + "1453121791 3000 59 10 1\n", ":2: ", "needs 6 columns");
  }

  private void refused(String content, String... problems) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContainingAll(problems);
  }
}
