package io.cleave.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** trace-formats section 2, mahimahi; a chance is 1504 B = 12,032 bits. */
class MahimahiReaderTest {
  private static final double CHANCE = 12_032;
  private static final ReadingOptions BY_MILLISECOND = ReadingOptions.DEFAULT.withBinMillis(1);

  @TempDir private Path folder = Path.of("");

  private Written written() {
    return new Written(folder);
  }

  @Test
  void theFileThatSaysOneIsTwelveMegabits() {
    Trace trace = written().read("1\n").trace();
    assertThat(trace.periodSeconds()).isEqualTo(0.001);
    assertThat(trace.down().meanBitsPerSecond()).isCloseTo(12.032e6, within(1e-3));
  }

  @Test
  void aLineIs1504BytesAndThePeriodIsTheLastTime() {
    // 4 lines in 500 ms: 4 x 12,032 bits / 0.5 s
    Capacity capacity = written().down("100\n100\n350\n500\n");
    assertThat(capacity.periodSeconds()).isEqualTo(0.5);
    assertThat(capacity.bitsPerLap()).isCloseTo(4 * CHANCE, within(1e-6));
    assertThat(capacity.steps()).isEqualTo(5);
  }

  @Test
  void manyLinesOfOneMillisecondAreManyPackets() {
    // 43 chances in one ms would be 517 Mbit/s; over a bin of 100 ms they are 5.17
    Capacity capacity = written().down("50\n".repeat(43) + "200\n");
    assertThat(capacity.bitsPerSecond(0)).isCloseTo(43 * CHANCE / 0.1, within(1e-3));
  }

  @Test
  void aLeadingGapBelongsToTheTrace() {
    Capacity capacity = written().down("637\n700\n");
    assertThat(capacity.rateAt(0.55)).isZero();
    assertThat(capacity.finish(0, 1)).isBetween(0.6, 0.7);
  }

  @Test
  void theZeroOfTheNextLapFallsOnTheEndOfThisOne() {
    Capacity capacity = written().read("0\n50\n100\n", BY_MILLISECOND).trace().down();
    // the chances at 50 and 100 ms, then that of the next lap's 0
    assertThat(capacity.finish(0.001, CHANCE)).isCloseTo(0.050, within(1e-9));
    assertThat(capacity.finish(0.001, 2 * CHANCE)).isCloseTo(0.100, within(1e-9));
    assertThat(capacity.finish(0.001, 3 * CHANCE)).isCloseTo(0.101, within(1e-9));
  }

  @Test
  void whatIsLeftAtTheEndJoinsTheLastBin() {
    Capacity capacity = written().down("50\n150\n202\n");
    assertThat(Written.steps(capacity)).isEqualTo("0:0.12032 0.1:0.235922 |0.202");
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void binsMeetTheScheduleAtTheirEdgesAndTrailItByLessThanOneBin(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] times = LongStream.range(0, 300).map(i -> random.nextLong(0, 1500)).sorted().toArray();
    String text = LongStream.of(times).mapToObj(t -> t + "\n").collect(Collectors.joining());
    Capacity binned = written().down(text);
    Capacity exact = written().read(text, BY_MILLISECOND).trace().down();
    for (long edge = 100; edge <= times[times.length - 1] - 100; edge += 100) {
      long bound = edge;
      double due = LongStream.of(times).filter(t -> t <= bound).count() * CHANCE;
      assertThat(binned.bitsUntil(edge / 1e3)).isCloseTo(due, within(1e-3));
      assertThat(exact.bitsUntil(edge / 1e3)).isCloseTo(due, within(1e-3));
    }
    for (int chances = 1; chances < times.length; chances++) {
      // one chance by the millisecond ends exactly at its time
      assertThat(exact.finish(0, chances * CHANCE - 1e-3) * 1e3)
          .isBetween(times[chances - 1] - 1.0, Math.max(1, times[chances - 1]) + 1e-6);
      assertThat(binned.finish(0, chances * CHANCE))
          .isCloseTo(times[chances - 1] / 1e3, within(0.2)); // the last bin may last 199 ms
    }
  }

  @Test
  void aPairRunsOnOneClockAndInventsNoOutage() {
    written().file("lte.up", "100\n200\n300\n400\n");
    written().file("lte.down", "100\n200\n314\n");
    Recording recording =
        TraceFile.read("lte", List.of(folder.resolve("lte")), ReadingOptions.DEFAULT);
    Trace trace = recording.trace();
    assertThat(trace.periodSeconds()).isEqualTo(0.314);
    assertThat(trace.up().bitsPerLap()).isCloseTo(3 * CHANCE, within(1e-6));
    assertThat(trace.down().bitsPerLap()).isCloseTo(3 * CHANCE, within(1e-6));
    assertThat(CapacityFigures.of(trace.up()).zeroShare()).isZero();
    assertThat(recording.notes()).anyMatch(note -> note.contains("shorter period, 0.314 s"));
  }

  @Test
  void aPairMayBeGivenInAnyOrder() {
    Path up = written().file("a.up", "100\n");
    Path down = written().file("a.down", "50\n100\n");
    for (List<Path> files : List.of(List.of(up, down), List.of(down, up))) {
      Trace trace = TraceFile.read("a", files, ReadingOptions.DEFAULT).trace();
      assertThat(trace.up().bitsPerLap()).isCloseTo(CHANCE, within(1e-6));
      assertThat(trace.down().bitsPerLap()).isCloseTo(2 * CHANCE, within(1e-6));
    }
  }

  @Test
  void twoFilesThatAreNoPairAreRefused() {
    Path one = written().file("a.down", "50\n");
    Path two = written().file("b.down", "50\n");
    assertThatThrownBy(() -> TraceFile.read("a", List.of(one, two), ReadingOptions.DEFAULT))
        .hasMessageContaining("one file that ends in .up");
  }

  @Test
  void oneFileServesBothDirections() {
    assertThat(written().read("50\n100\n").trace().oneWay()).isTrue();
  }

  @Test
  void refusesWhatTheEmulatorRefuses() {
    refused("1\n2\n\n3\n", 3, "must not be empty");
    refused("1\n2\n\n", 3, "must not be empty");
    refused("5\n4\n", 2, "earlier than the 5 ms");
    refused("0\n", 1, "period of 0 ms");
    refused("0\n0\n", 2, "period of 0 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2.5", "x", "# comment", "99999999999999999999"})
  void refusesWhatIsNoMillisecond(String line) {
    refused("1\n" + line + "\n", 2, "not a whole number");
  }

  private void refused(String content, long line, String problem) {
    assertThatThrownBy(() -> written().read(content))
        .isInstanceOfSatisfying(
            TraceFormatException.class,
            error -> {
              assertThat(error.line()).isEqualTo(line);
              assertThat(error.column()).isEqualTo(1);
            })
        .hasMessageContaining("recording:" + line)
        .hasMessageContaining(problem);
  }
}
