package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.wire.Decision;
import io.cleave.policies.wire.Report;
import io.cleave.policies.wire.Status;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireJsonTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheReportThatItWrote(long seed) {
    Report report = new RandomMessages(seed).report();
    assertThat(WireJson.readReport(WireJson.write(report))).isEqualTo(report);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheStatusThatItWrote(long seed) {
    Status status = new RandomMessages(seed).status();
    assertThat(WireJson.readStatus(WireJson.write(status))).isEqualTo(status);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheDecisionThatItWrote(long seed) {
    Decision decision = new RandomMessages(seed).decision();
    Decision read =
        WireJson.readDecision(WireJson.write(decision, RandomMessages.NOW), RandomMessages.NOW);
    // A table has no equality of its own.
    assertThat(read.table().entries()).isEqualTo(decision.table().entries());
    assertThat(read.table().breakpoints()).isEqualTo(decision.table().breakpoints());
    assertThat(read).usingRecursiveComparison().ignoringFields("table").isEqualTo(decision);
  }
}
