package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trace-formats section 2, Pensieve "cooked"; section 4, rules 3, 4, 5 and 7. */
class CookedReaderTest {
  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void aRateBelongsToTheIntervalThatEndsAtItsTimeAndTheFirstRowHasNone() {
    Capacity capacity = written().down("0.0\t99\n0.5\t4\n2.0\t1\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:4 0.5:1 |2");
  }

  @Test
  void aPartThatStartsLateIsMovedToZero() {
    // otherwise 240.42 s of idle head would be replayed
    Capacity capacity = written().down("240.42\t3.0\n240.92\t2.0\n241.92\t1.0\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:2 0.5:1 |1.5");
  }

  @Test
  void rowsOfEqualTimeAreMergedAndTheFirstCounts() {
    Capacity capacity = written().down("0 1\n1 2\n1 9\n2 3\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:2 1:3 |2");
  }

  @Test
  void zeroRatesAreAnOutageAndNotMissing() {
    Capacity capacity = written().down("0 1\n1 2\n3 0\n4 1\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:2 1:0 3:1 |4");
    assertThat(capacity.finish(0.5, 1.5e6)).isEqualTo(3.5); // 1 Mbit until 1 s, the rest from 3 s
  }

  @Test
  void aLongRowIsKeptButNoted() {
    String rows = "0 1\n5 2\n10 2\n15 2\n20 2\n292 1\n300 1\n";
    Recording recording = written().read(rows);
    assertThat(recording.trace().periodSeconds()).isEqualTo(300);
    assertThat(recording.notes()).anyMatch(note -> note.contains("one rate covers 272.0 s"));
  }

  @Test
  void theUnitIsMegabitsUnlessAPersonSaysOtherwise() {
    String rows = "0.0 3.17\n0.5 3.05\n1.0 3.17\n";
    assertThat(written().down(rows).rateAt(0.7)).isEqualTo(3.17e6);
    ReadingOptions kilo = ReadingOptions.DEFAULT.withUnit(RateUnit.KBPS);
    assertThat(written().read(rows, kilo).trace().down().rateAt(0.7)).isEqualTo(3170);
  }

  @Test
  void refusesBadRowsWithTheirPlace() {
    refused("0 1\n1 -0.5\n2 1\n", ":2 column 2: '-0.5' must be at least 0");
    refused("0 1\n2 1\n1 1\n", ":3 column 1: '1' is earlier");
    refused("0 1\n1 x\n", ":2 column 2: 'x' is not a number");
    refused("0 1\n1 NaN\n", ":2 column 2: 'NaN' is not a number");
    refused("0 1\n1 1e999\n", ":2 column 2: '1e999' is not a number");
    refused("0 1\n1\n2 1\n", ":2: '1' needs 2 columns");
    refused("0 1\n\n2 1\n", ":2: '' needs 2 columns");
    refused("0 1\n", "at least two rows");
    refused("0 0\n1 0\n2 0\n", "carries nothing");
    refused("0 1\n0 1\n", "no interval");
  }

  @Test
  void aBlankEndIsNoRow() {
    assertThat(written().down("0 1\n1 2\n\n\n").periodSeconds()).isEqualTo(1);
  }

  private void refused(String content, String problem) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOf(TraceFormatException.class)
        .hasMessageContaining(problem);
  }
}
